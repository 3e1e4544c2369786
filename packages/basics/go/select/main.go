// Select: fibonacci until somebody says quit.
package main

import "fmt"

// #region fibonacci
func fibonacci(c chan<- int, quit <-chan bool) {
	x, y := 0, 1
	for {
		select {
		case c <- x:
			x, y = y, x+y
		case <-quit:
			fmt.Println("quit")
			return
		}
	}
}

func main() {
	c, quit := make(chan int), make(chan bool)
	go func() {
		for n := 0; n < 10; n++ {
			fmt.Println(<-c)
		}
		quit <- true
	}()
	fibonacci(c, quit)
}

// #endregion fibonacci
