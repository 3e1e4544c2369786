// The workloads of bench/workloads in Go. One workload per process; prints the on-CPU and wall time of the measured part.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
)

func pingPong(n int) {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v
		}
		close(pong)
	}()
	for i := 0; i < n; i++ {
		ping <- i
		<-pong
	}
	close(ping)
	<-pong
}

func produce(n, capacity int) {
	c := make(chan int, capacity)
	go func() {
		for i := 0; i < n; i++ {
			c <- i
		}
		close(c)
	}()
	sum := 0
	for {
		v, ok := <-c
		if !ok {
			break
		}
		sum += v
	}
	check(sum == n*(n-1)/2)
}

func selectTwo(n int) {
	a, b := make(chan int), make(chan int)
	send := func(c chan int) {
		for i := 0; i < n/2; i++ {
			c <- 1
		}
	}
	go send(a)
	go send(b)
	sum := 0
	for i := 0; i < n/2*2; i++ {
		select {
		case v := <-a:
			sum += v
		case v := <-b:
			sum += v
		}
	}
	check(sum == n/2*2)
}

func fibonacci(n int) {
	c, quit := make(chan int), make(chan int)
	go func() {
		for i := 0; i < n; i++ {
			<-c
		}
		quit <- 0
	}()
	x, y := 0, 1
	for {
		select {
		case c <- x:
			x, y = y, (x+y)%1_000_000
		case <-quit:
			return
		}
	}
}

func fanIn(n int) {
	const producers = 100
	c := make(chan int)
	var wg sync.WaitGroup
	for p := 0; p < producers; p++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < n/producers; i++ {
				c <- 1
			}
		}()
	}
	go func() {
		wg.Wait()
		close(c)
	}()
	sum := 0
	for v := range c {
		sum += v
	}
	check(sum == n/producers*producers)
}

func sieve(n int) {
	c := make(chan int)
	go func(out chan<- int) {
		for i := 2; ; i++ {
			out <- i
		}
	}(c)
	prime := 0
	for i := 0; i < n; i++ {
		prime = <-c
		next := make(chan int)
		go func(in <-chan int, out chan<- int, p int) {
			for {
				v := <-in
				if v%p != 0 {
					out <- v
				}
			}
		}(c, next, prime)
		c = next
	}
	check(n != 1000 || prime == 7919)
}

func ring(n int) {
	const size = 503
	first := make(chan int)
	in := first
	done := make(chan int)
	for i := 0; i < size; i++ {
		out := make(chan int)
		if i == size-1 {
			out = first
		}
		go func(in, out chan int) {
			for {
				v := <-in
				if v == 0 {
					done <- 1
					return
				}
				out <- v - 1
			}
		}(in, out)
		in = out
	}
	first <- n
	<-done
}

func routines(n int) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	done := make(chan int)
	var ready, wg sync.WaitGroup
	ready.Add(n)
	wg.Add(n)
	for i := 0; i < n; i++ {
		go func() {
			own := make(chan int)
			ready.Done()
			select {
			case <-own:
			case <-done:
			}
			wg.Done()
		}()
	}
	ready.Wait()
	runtime.GC()
	runtime.ReadMemStats(&after)
	close(done)
	wg.Wait()
	return (after.HeapAlloc + after.StackInuse - before.HeapAlloc - before.StackInuse) / uint64(n)
}

func check(ok bool) {
	if !ok {
		panic("wrong result")
	}
}

func cpu() int64 {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return r.Utime.Nano() + r.Stime.Nano()
}

func main() {
	n, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	cpu0, wall0 := cpu(), time.Now()
	bytes := uint64(0)
	switch os.Args[1] {
	case "ping-pong":
		pingPong(n)
	case "unbuffered":
		produce(n, 0)
	case "buffered", "buffered-try":
		produce(n, 128)
	case "select-two":
		selectTwo(n)
	case "fibonacci":
		fibonacci(n)
	case "fan-in":
		fanIn(n)
	case "sieve":
		sieve(n)
	case "ring":
		ring(n)
	case "routines":
		bytes = routines(n)
	default:
		panic("unknown workload")
	}
	fmt.Printf("{\"cpuMs\":%.3f,\"wallMs\":%.3f,\"bytes\":%d}\n", float64(cpu()-cpu0)/1e6, float64(time.Since(wall0).Microseconds())/1e3, bytes)
}
