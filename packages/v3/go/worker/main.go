// v3 in Go: one routine per area, kept in a map.
package main

import (
	"fmt"
	"time"
)

const steps = 5

type job struct{ area, shirt string }

// routine is one running job. Messages about it carry the pointer, so two routines of one area are never mixed up.
type routine struct {
	job  job
	stop chan struct{}
}

// #region worker
func worker(jobs <-chan job) {
	done := make(chan *routine)
	running := map[string]*routine{}
	for jobs != nil || len(running) > 0 {
		select {
		case j, ok := <-jobs:
			if !ok {
				jobs = nil
				break
			}
			if older := running[j.area]; older != nil {
				close(older.stop)
			}
			r := &routine{j, make(chan struct{})}
			running[j.area] = r
			go dowork(r, done)
		case r := <-done:
			if running[r.job.area] == r {
				delete(running, r.job.area)
			}
		}
	}
}

// #endregion worker

func dowork(r *routine, done chan<- *routine) {
	for step := 0; step < steps; step++ {
		select {
		case <-r.stop:
			fmt.Printf("%s: stops %s after %d steps\n", r.job.area, r.job.shirt, step)
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	fmt.Printf("%s: %s is done\n", r.job.area, r.job.shirt)
	select {
	case done <- r:
	case <-r.stop: // it was replaced in this very moment: nobody waits for its done
	}
}

func main() {
	jobs := make(chan job)
	ended := make(chan struct{})
	go func() {
		worker(jobs)
		close(ended)
	}()
	jobs <- job{"north-america", "PURPLE"}
	jobs <- job{"south-america", "GREEN"}
	time.Sleep(50 * time.Millisecond)
	jobs <- job{"north-america", "BLUE"}
	close(jobs)
	<-ended
}
