// The polling worker. Two goroutines share the state, so it needs a lock: in Go they really run at the same time.
package main

import (
	"fmt"
	"sync"
	"time"
)

type state struct {
	mu    sync.RWMutex
	shirt string
}

func (s *state) set(shirt string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shirt = shirt
}

func (s *state) get() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.shirt
}

// #region worker
func worker(jobs <-chan int, table *state, results chan<- string) {
	held := &state{shirt: table.get()}
	go func() {
		for range time.Tick(time.Second) {
			held.set(table.get())
		}
	}()
	for job := range jobs {
		time.Sleep(100 * time.Millisecond)
		results <- fmt.Sprintf("shirt %d: dyed %s", job, held.get())
	}
	close(results)
}

// #endregion worker

func main() {
	table := &state{shirt: "purple"}
	jobs, results := make(chan int), make(chan string)
	go worker(jobs, table, results)
	go func() {
		for job := 1; job <= 8; job++ {
			if job == 4 {
				table.set("blue")
			}
			jobs <- job
			time.Sleep(200 * time.Millisecond)
		}
		close(jobs)
	}()
	for result := range results {
		fmt.Println(result)
	}
}
