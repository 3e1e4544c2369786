// Channels: six senders, one receiver, one second.
package main

import (
	"fmt"
	"time"
)

// #region senders
func wait(n int, c chan<- string) {
	time.Sleep(time.Second)
	c <- fmt.Sprintf("Number %d", n)
}

func main() {
	c := make(chan string)
	list := []int{1, 2, 3, 4, 5, 6}
	for i := range list { // i is an index: 0 to 5
		go wait(i, c)
	}
	for range list {
		fmt.Println(<-c)
	}
}

// #endregion senders
