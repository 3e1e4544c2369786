// Goroutines: go and WaitGroup. Without group.Wait() the program prints nothing: when main ends, everything ends.
package main

import (
	"fmt"
	"sync"
	"time"
)

// #region wait
func wait(group *sync.WaitGroup) {
	defer group.Done()
	time.Sleep(time.Second)
	fmt.Println("Wait for 1 sec")
}

func main() {
	var group sync.WaitGroup
	group.Add(1)
	go wait(&group)
	group.Wait()
}

// #endregion wait
