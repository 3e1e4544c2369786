// The fence in Go: the question and the paint under one lock, as the table does it in one statement.
package main

import (
	"fmt"
	"strings"
	"sync"
)

type table struct {
	mu       sync.Mutex
	revision int
	people   []string
}

// accept is the president's: from its return on, no step of an older command lands.
func (t *table) accept() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.revision++
	return t.revision
}

// #region fence
// paint holds the revision while it paints. A Mutex has one queue: a waiting command is not passed for long.
func (t *table) paint(revision, step int, shirt string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.revision != revision {
		return false
	}
	t.people[step] = shirt
	return true
}

// #endregion fence

func main() {
	t := &table{people: strings.Split("....", "")}
	purple := t.accept()
	fmt.Println("PURPLE, step 0:", t.paint(purple, 0, "P"))
	blue := t.accept()
	fmt.Println("PURPLE, step 1:", t.paint(purple, 1, "P"))
	for step := range t.people {
		t.paint(blue, step, "B")
	}
	fmt.Println(strings.Join(t.people, ""))
}
