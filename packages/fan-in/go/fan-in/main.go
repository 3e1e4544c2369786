// The fan-in worker: jobs and pushed states in one select. A change of mind ends the shirt that is half sewn.
package main

import (
	"fmt"
	"time"
)

type piece struct {
	job   int
	cloth string
	stop  chan struct{}
}

// #region fan-in
func fanIn(jobs <-chan int, states <-chan string, results chan<- string) {
	defer close(results)
	shirt := <-states
	sewn := make(chan *piece)
	var now *piece
	begin := func(job int) {
		now = &piece{job, shirt, make(chan struct{})}
		go sew(now, sewn)
	}
	for jobs != nil || now != nil {
		ready := jobs
		if now != nil {
			ready = nil // a nil channel is never ready: one shirt at a time
		}
		select {
		case job, ok := <-ready:
			if !ok {
				jobs = nil
				break
			}
			begin(job)
		case shirt = <-states:
			if now != nil {
				close(now.stop)
				begin(now.job)
			}
		case done := <-sewn:
			if done != now {
				break // dropped in its last moment
			}
			results <- fmt.Sprintf("shirt %d: %s", done.job, done.cloth)
			now = nil
		}
	}
}

// #endregion fan-in

func sew(p *piece, sewn chan<- *piece) {
	select {
	case <-p.stop:
		return
	case <-time.After(220 * time.Millisecond):
	}
	select {
	case <-p.stop:
	case sewn <- p:
	}
}

func main() {
	jobs, states, results := make(chan int, 8), make(chan string), make(chan string)
	go fanIn(jobs, states, results)
	go func() {
		states <- "purple"
		for job := 1; job <= 8; job++ {
			if job == 4 {
				states <- "blue"
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
