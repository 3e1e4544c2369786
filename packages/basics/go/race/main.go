// The mistake of Promise.race, made in Go: one goroutine per receive. The first answer wins, and the loser waits on.
package main

import (
	"fmt"
	"runtime"
	"time"
)

// #region race
func next(purple, blue <-chan string) string {
	first := make(chan string)
	go func() { first <- <-purple }()
	go func() { first <- <-blue }()
	return <-first // nobody will receive from the other goroutine
}

// #endregion race

func main() {
	purple, blue := make(chan string), make(chan string)
	go func() {
		for n := 1; n <= 3; n++ {
			time.Sleep(10 * time.Millisecond)
			purple <- fmt.Sprintf("P%d", n)
			time.Sleep(10 * time.Millisecond)
			blue <- fmt.Sprintf("B%d", n)
		}
	}()
	for n := 0; n < 3; n++ {
		fmt.Println(next(purple, blue))
	}
	time.Sleep(100 * time.Millisecond)
	fmt.Println(runtime.NumGoroutine()-1, "goroutines still wait for somebody to give a value to")
}
