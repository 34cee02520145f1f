package state

import "time"

// RateSeconds is how far back Run.Rate remembers.
const RateSeconds = 60

// rate counts events by the second in which they arrived. It is a ring of the
// last whole seconds and of the one that has begun, so that counting and memory
// do not grow. Each count knows its second: nothing has to be cleared as time
// passes, and it does not matter when time jumps or goes back.
type rate [RateSeconds + 1]struct {
	second int64
	events int
}

// count notes one arrival. One from so long ago that a newer second has its
// place is left out.
func (r *rate) count(at time.Time) {
	second := at.Unix()
	c := &r[place(second)]
	switch {
	case c.events > 0 && c.second == second:
		c.events++
	case c.events == 0 || c.second < second:
		c.second, c.events = second, 1
	}
}

// in is how many events arrived in a second.
func (r *rate) in(second int64) int {
	if c := r[place(second)]; c.second == second {
		return c.events
	}
	return 0
}

// place is where a second is counted; seconds before 1970 are negative.
func place(second int64) int64 {
	const n = RateSeconds + 1
	return (second%n + n) % n
}

// Rate is how many events arrived in each of the last so many whole seconds
// before now, the oldest first. Comments are not events, and what came more
// than RateSeconds before the newest event is forgotten.
func (r *Run) Rate(now time.Time, seconds int) []int {
	counts := make([]int, max(seconds, 0))
	for i := range counts {
		if back := len(counts) - i; back <= RateSeconds {
			counts[i] = r.rate.in(now.Unix() - int64(back))
		}
	}
	return counts
}
