//go:build unix

package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// A burst of 20,000 deltas shows whole, and costs the terminal a few frames
// and not one per delta.
func TestFlood(t *testing.T) {
	t.Parallel()
	const deltas = 20_000
	var burst strings.Builder
	for n := range deltas {
		text := fmt.Sprintf("w%d ", n)
		if n%10 == 9 {
			text += "\n\n"
		}
		burst.WriteString(frames(delta(text)))
	}
	s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = w.Write([]byte(burst.String()))
		tell(w, delta("the end marker"), doneEvent)
	})
	x := startTerminal(t, 120, 40, s.env())
	x.submit("say a lot")
	x.waitText("done", "the end marker", fmt.Sprintf("w%d", deltas-1))
	if written := len(x.output()); written > 10*deltas {
		t.Errorf("%d deltas took %d bytes to the terminal", deltas, written)
	}
	x.send("\x1b[H") // home
	x.waitText("› say a lot", "w0 w1 w2")
	x.send("\x1b[F") // end
	x.waitText("the end marker")
	x.quit()
}
