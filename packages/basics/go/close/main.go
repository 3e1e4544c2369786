// Close: a receiver closes under three blocked senders; then the senders' side closes, and range ends by itself.
package main

import (
	"fmt"
	"sync"
	"time"
)

// #region recover
func wait(n int, c chan<- string, senders *sync.WaitGroup) {
	defer senders.Done()
	defer func() {
		if r := recover(); r != nil {
			fmt.Printf("sender %d: panic: %v\n", n, r)
		}
	}()
	time.Sleep(time.Second)
	c <- fmt.Sprintf("Number %d", n)
}

// #endregion recover

func start() (chan string, *sync.WaitGroup) {
	c := make(chan string)
	senders := new(sync.WaitGroup)
	senders.Add(6)
	for i := 0; i < 6; i++ {
		go wait(i, c, senders)
	}
	return c, senders
}

func receiverCloses() {
	c, senders := start()
	for n := 0; n < 3; n++ {
		fmt.Println(<-c)
	}
	time.Sleep(time.Second)
	close(c)
	senders.Wait()
}

func sendersClose() {
	c, senders := start()
	go func() {
		senders.Wait()
		close(c)
	}()
	for text := range c {
		fmt.Println(text)
	}
}

func main() {
	receiverCloses()
	sendersClose()
}
