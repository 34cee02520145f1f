package timeline

import (
	"strings"
	"time"

	"notturno/ui/part"
)

// axis is the time that the bars share: from the start of the run on.
type axis struct {
	start time.Time
	span  time.Duration
	cells int
}

// eighths are bars of one to eight eighths of a cell.
const eighths = "▏▎▍▌▋▊▉█"

// point marks a moment.
const point = "◆"

// spans are how long the axis of a run may be that goes on. It grows in these
// steps: between them only what goes on moves.
var spans = [...]time.Duration{1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 2700}

// spanFor is the length of an axis that holds a run of so long: a step, whole
// hours, or, after a day, the time itself.
func spanFor(elapsed time.Duration) time.Duration {
	for _, seconds := range spans {
		if span := seconds * time.Second; elapsed <= span {
			return span
		}
	}
	if elapsed > 24*time.Hour {
		return elapsed
	}
	return (elapsed + time.Hour - 1).Truncate(time.Hour)
}

// at is the place of a time on the axis, in eighths of a cell.
func (a axis) at(t time.Time) int {
	share := float64(t.Sub(a.start)) / float64(max(a.span, 1))
	return int(min(max(share, 0), 1) * float64(a.cells*8))
}

// bar is a bar between two times, after as many empty cells as it needs. Even
// the shortest can be seen.
func (a axis) bar(from, to time.Time) string {
	if a.cells < 1 {
		return ""
	}
	blocks := []rune(eighths)
	start := min(a.at(from), a.cells*8-1)
	end := max(a.at(to), start+1)
	cell := start / 8
	lead := strings.Repeat(" ", cell)
	if end <= (cell+1)*8 { // blocks fill from the left, so only its length is exact
		return lead + string(blocks[end-start-1])
	}
	bar := lead + strings.Repeat("█", end/8-cell)
	if rest := end % 8; rest > 0 {
		bar += string(blocks[rest-1])
	}
	return bar
}

// moment is a mark at a time, after as many empty cells as it needs.
func (a axis) moment(t time.Time) string {
	if a.cells < 1 {
		return ""
	}
	return strings.Repeat(" ", min(a.at(t)/8, a.cells-1)) + point
}

// labels are the two ends of the axis, where there is room for them.
func (a axis) labels() string {
	end := short(a.span)
	if a.cells < len("0s ")+len(end) {
		return ""
	}
	return part.Sides("0s", end, a.cells)
}

// short is a duration without a fraction or seconds that are zero.
func short(d time.Duration) string {
	text := part.Seconds(d)
	if d == 0 {
		return "0s"
	}
	if whole, ok := strings.CutSuffix(text, ".0s"); ok {
		return whole + "s"
	}
	if minutes, ok := strings.CutSuffix(text, "m00s"); ok {
		return minutes + "m"
	}
	return text
}
