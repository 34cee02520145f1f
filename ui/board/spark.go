package board

import (
	"fmt"
	"strings"

	"notturno/state"
	"notturno/themes"
)

// How far back the events per second show, and from which width on further.
const (
	seconds     = 20
	moreSeconds = 30
	moreFrom    = 140
)

// bars are the heights of a sparkline. The lowest is for nothing at all.
const bars = "▁▂▃▄▅▆▇█"

func busyColumn(width int) column {
	c := column{title: "Events per second", seconds: seconds, cell: (*scene).busy}
	if width >= moreFrom {
		c.seconds = moreSeconds
	}
	c.width = c.seconds + 1 + numberWidth
	return c
}

// busy is the events per second of the last seconds as a sparkline, and those
// of the last second as a number. What waits or has been quiet since its end
// shows nothing.
func (s *scene) busy(e entry, _ int) string {
	line, quiet := spark(e.counts, s.top)
	idle := e.run.Phase == state.Queued || e.run.Phase.Ended()
	switch {
	case quiet && idle:
		return ""
	case quiet:
		line = themes.Paint(s.theme.Faint, line)
	default:
		line = themes.Paint(s.theme.Running, line)
	}
	if idle {
		return line
	}
	number := fmt.Sprintf("%*s", numberWidth, perSecond(e.counts[len(e.counts)-1]))
	return line + " " + themes.Paint(s.theme.Muted, number)
}

// spark draws counts as bars of at most the height of top, and says whether
// all are zero. Only nothing is drawn as nothing: one event among thousands
// still stands out.
func spark(counts []int, top int) (line string, quiet bool) {
	heights := []rune(bars)
	var b strings.Builder
	quiet = true
	for _, n := range counts {
		height := 0
		if n > 0 {
			quiet = false
			steps := len(heights) - 1
			height = min(steps, (n*steps+top-1)/top)
		}
		b.WriteRune(heights[height])
	}
	return b.String(), quiet
}

// perSecond is a rate in few cells: 12/s, 1.2k/s, 12k/s.
func perSecond(n int) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d/s", n)
	case n < 10_000:
		return fmt.Sprintf("%d.%dk/s", n/1000, n/100%10)
	case n < 1_000_000:
		return fmt.Sprintf("%dk/s", n/1000)
	}
	return fmt.Sprintf("%dM/s", n/1_000_000)
}
