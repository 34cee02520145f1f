//go:build unix

package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// ticking is an answer that goes on for ever, a word at a time.
func ticking(gone chan<- struct{}) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		says(object("thinking_delta", "delta", "Let me see."), object("tool_start", "name", "open_page"))(w, r)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for n := 0; ; n++ {
			select {
			case <-tick.C:
				tell(w, delta(fmt.Sprintf("word%d 世界 ", n)))
			case <-r.Context().Done():
				close(gone)
				return
			}
		}
	}
}

// Any size can come in the middle of a run. The run goes on, and esc cancels
// it where there is nothing left to see.
func TestResizeWhileStreaming(t *testing.T) {
	t.Parallel()
	sizes := [][2]int{
		{160, 45}, {120, 40}, {119, 40}, {100, 30}, {90, 30}, {89, 30}, {60, 20}, {59, 20}, {40, 10},
		{39, 10}, {40, 9}, {20, 5}, {8, 4}, {1, 1}, {120, 40},
	}
	gone := make(chan struct{})
	s := newService(t, ticking(gone))
	x := startTerminal(t, 120, 40, s.env())
	x.submit("look around")
	x.waitText("word3", "open_page")
	for _, size := range sizes {
		cols, rows := size[0], size[1]
		x.resize(cols, rows)
		shown := x.waitFor(fmt.Sprintf("the screen of %d×%d", cols, rows), func(s screen) bool { return settled(s, cols, rows) })
		for i, row := range shown {
			if width := ansi.StringWidth(row); width > cols {
				t.Errorf("at %d×%d row %d is %d cells wide: %q", cols, rows, i, width, row)
			}
		}
	}
	x.resize(1, 1)
	x.waitFor("the screen of 1×1", func(s screen) bool { return settled(s, 1, 1) })
	x.send(escape)
	await(t, "cancelling at 1×1", gone)
	x.resize(120, 40)
	x.waitText("cancelled", "open_page")
	x.quit()
}

// settled reports whether the screen has the shape that its size asks for. Rows
// that were too wide would wrap, and nothing would be where it belongs.
func settled(s screen, cols, rows int) bool {
	last := s[rows-1]
	full := func(row string) bool { return strings.HasPrefix(row, "──") && ansi.StringWidth(row) == cols }
	switch {
	case cols < 8 || rows < 4:
		return s[0] != ""
	case cols < 40 || rows < 10: // a card
		return strings.Contains(s[0], "run") // cut off at 8 columns
	case cols < 90:
		return strings.Contains(s[0], "☾") && s.has("Answer", "Timeline", "Links", "word") && strings.Contains(last, "running") && full(lastRule(s))
	}
	return strings.Contains(s[0], "☾ notturno") && full(s[1]) && full(lastRule(s)) && strings.Contains(last, "running") &&
		s.has("Timeline", "open_page", "Browser", "word")
}

// lastRule is the line above the prompt.
func lastRule(s screen) string {
	for i := len(s) - 1; i >= 0; i-- {
		if strings.HasPrefix(s[i], "──") {
			return s[i]
		}
	}
	return ""
}
