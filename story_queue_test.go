//go:build unix

package main

import (
	"slices"
	"testing"
)

// More tasks than may go on at once wait, can be changed and moved, and each
// is sent once, when its turn comes.
func TestQueue(t *testing.T) {
	t.Parallel()
	s := newService(t, saysAndHolds(delta("working")))
	x := startTerminal(t, 120, 30, s.env(), "--max-parallel", "1")
	x.submit("first task")
	x.waitText("working")
	x.submit("second task")
	x.waitText("waits for a free place")
	x.submit("third task")
	x.waitText("3 third task ○ queued")
	x.send(alt("0"))
	x.waitText("queued · next", "queued · 2nd")
	x.send("K") // the third is selected, and moves up
	x.waitFor("the third to be the next", func(s screen) bool { return s.has("2 third task ○", "3 second task ○") })
	x.send("jx") // the second is dropped
	x.waitText("cancelled")
	x.send("ke") // the third is changed
	x.waitText("editing a queued task")
	x.send(", changed\r")
	x.waitText("› third task, changed")
	x.send(alt("1"))
	x.waitText("working")
	x.send(escape) // its place is free now
	x.waitText("cancelled ·")
	x.send(alt("2"))
	x.waitText("working", "› third task, changed")
	if asked := s.asked(); !slices.Equal(asked, []string{"first task", "third task, changed"}) {
		t.Errorf("the service was asked %q", asked)
	}
	x.send(escape)
	x.waitText("cancelled ·")
	x.quit()
}
