// The fan-in worker: jobs and pushed states in one select. No lock: only the loop touches the state.
package main

import (
	"fmt"
	"time"
)

// #region fan-in
func fanIn(jobs <-chan int, states <-chan string, results chan<- string) {
	defer close(results)
	shirt := <-states
	sewn := make(chan int)
	isSewing := false
	for jobs != nil || isSewing {
		ready := jobs
		if isSewing {
			ready = nil // a nil channel is never ready: one shirt at a time
		}
		select {
		case job, ok := <-ready:
			if !ok {
				jobs = nil
				break
			}
			isSewing = true
			go func() {
				time.Sleep(100 * time.Millisecond)
				sewn <- job
			}()
		case shirt = <-states:
		case job := <-sewn:
			isSewing = false
			results <- fmt.Sprintf("shirt %d: dyed %s", job, shirt)
		}
	}
}

// #endregion fan-in

func main() {
	jobs, states, results := make(chan int), make(chan string), make(chan string)
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
