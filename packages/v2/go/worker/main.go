// v2 in Go: one routine at a time, and a stop channel that a cancel closes.
package main

import (
	"fmt"
	"time"
)

const steps = 10

type job struct{ area, shirt string }

type cancel struct{ area, consumerID string }

type routine struct {
	job  job
	stop chan struct{}
}

func worker(consumerID string, jobs <-chan job, cancels <-chan cancel, broadcast func(cancel)) {
	done := make(chan *routine)
	var running *routine
	busy := false
	for jobs != nil || busy {
		ready := jobs
		if busy {
			ready = nil // a nil channel is never ready: one routine at a time
		}
		select {
		case j, ok := <-ready:
			if !ok {
				jobs = nil
				break
			}
			broadcast(cancel{j.area, consumerID})
			running = &routine{j, make(chan struct{})}
			busy = true
			go dowork(running, done)
		case c, ok := <-cancels:
			if !ok {
				return
			}
			if c.consumerID != consumerID && running != nil && running.job.area == c.area {
				close(running.stop)
				running = nil
			}
		case <-done:
			running = nil
			busy = false
		}
	}
}

// #region dowork
func dowork(r *routine, done chan<- *routine) {
	defer func() { done <- r }()
	for step := 0; step < steps; step++ {
		select {
		case <-r.stop:
			fmt.Printf("stops %s after %d steps\n", r.job.shirt, step)
			return
		case <-time.After(20 * time.Millisecond):
			fmt.Printf("paints %s, step %d\n", r.job.shirt, step)
		}
	}
}

// #endregion dowork

func main() {
	jobs, cancels := make(chan job), make(chan cancel)
	ended := make(chan struct{})
	go func() {
		worker("n1", jobs, cancels, func(cancel) {})
		close(ended)
	}()
	jobs <- job{"north-america", "PURPLE"}
	time.Sleep(70 * time.Millisecond)
	cancels <- cancel{"north-america", "n2"}
	close(jobs)
	<-ended
}
