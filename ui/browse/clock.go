package browse

import (
	"fmt"
	"image/color"
	"time"

	"notturno/themes"
	"notturno/ui/part"
)

// What stands where the service has not told a time, and where none is left.
const (
	unknown = "—"
	over    = "over"
)

// span is a duration in 8 cells at most: as a clock, or in days. The clocks of
// the service and of this machine may differ: it is never negative.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch d = max(0, d); {
	case d <= day:
		return part.Clock(d)
	case d < 100*day:
		return fmt.Sprintf("%dd %dh", d/day, d%day/time.Hour)
	}
	return fmt.Sprintf("%dd", d/day)
}

// since is how long ago something was.
func since(at, now time.Time) string {
	if at.IsZero() || now.IsZero() {
		return unknown
	}
	return span(now.Sub(at))
}

// idle is what is left until the session ends because nobody uses it.
func (b *Browse) idle(e entry) (string, color.Color) {
	left, known := e.clocks.IdleLeft(b.now)
	return b.limit(e, left, known, e.clocks.IdleLate(b.now))
}

// lifetime is what is left until the session ends in any case.
func (b *Browse) lifetime(e entry) (string, color.Color) {
	left, known := e.clocks.MaxLeft(b.now)
	return b.limit(e, left, known, e.clocks.MaxLate(b.now))
}

// limit tells what is left of a time limit, "over" when nothing is.
func (b *Browse) limit(e entry, left time.Duration, known, late bool) (string, color.Color) {
	switch {
	case !known || b.now.IsZero() || b.ended(e):
		return unknown, b.theme.Muted
	case left == 0:
		return over, b.theme.Warning
	case late:
		return span(left), b.theme.Warning
	}
	return span(left), b.theme.Muted
}

// moment is when something was: the time of day where the person is, or the
// date when that was another day.
func moment(at, now time.Time) string {
	at = at.In(now.Location())
	if at.Format(time.DateOnly) != now.Format(time.DateOnly) {
		return at.Format("2006-01-02 15:04")
	}
	return at.Format("15:04")
}

// number paints text at the right of a column.
func number(c color.Color, text string, width int) string {
	return themes.Paint(c, fmt.Sprintf("%*s", width, text))
}
