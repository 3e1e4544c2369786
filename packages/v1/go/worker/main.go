// v1 in Go: a worker is a loop over a channel of jobs. Two of them on one channel show the bug.
package main

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

const steps = 10

// #region worker
type job struct {
	shirt string
	ack   func()
}

// worker works until jobs is closed.
func worker(jobs <-chan job, pace time.Duration, area *area) {
	for j := range jobs {
		for step := 0; step < steps; step++ {
			time.Sleep(pace)
			area.paint(step, j.shirt)
		}
		j.ack()
	}
}

// #endregion worker

func main() {
	area := newArea()
	jobs := make(chan job)
	var soldiers, open sync.WaitGroup
	for _, pace := range []time.Duration{60 * time.Millisecond, 15 * time.Millisecond} {
		pace := pace
		soldiers.Add(1)
		go func() {
			defer soldiers.Done()
			worker(jobs, pace, area)
		}()
		// One job for the soldier who has just come; the next one comes 150 ms later.
		open.Add(1)
		shirt := map[bool]string{true: "PURPLE", false: "BLUE"}[pace == 60*time.Millisecond]
		jobs <- job{shirt, open.Done}
		time.Sleep(150 * time.Millisecond)
	}
	close(jobs)
	open.Wait()
	soldiers.Wait()
	fmt.Println(area)
}

// area is what the people of each step wear.
type area struct {
	mu     sync.Mutex
	people []string
}

func newArea() *area {
	return &area{people: strings.Split(strings.Repeat(".", steps), "")}
}

func (t *area) paint(step int, shirt string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.people[step] = shirt[:1]
}

func (t *area) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(t.people, "")
}
