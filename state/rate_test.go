package state

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"notturno/api"
)

// heard is a run that has heard an event at each of the times, in
// milliseconds after the start.
func heard(milliseconds ...int) *Run {
	r := begun()
	for i, ms := range milliseconds {
		at := start.Add(time.Duration(ms) * time.Millisecond)
		r.Apply([]Arrival{{Seq: i + 1, At: at, Event: api.Event{Data: api.TextDelta{Delta: "x"}}}})
	}
	return r
}

func TestRateCountsWholeSeconds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		at      []int // milliseconds
		now     int
		seconds int
		want    []int
	}{
		{"nothing came", nil, 9000, 3, []int{0, 0, 0}},
		{"oldest first", []int{0, 1000, 1500, 2000, 2001, 2999}, 3000, 3, []int{1, 2, 3}},
		{"the second that goes on does not count", []int{1000, 2000, 2100}, 2900, 2, []int{0, 1}},
		{"zeros where nothing came", []int{0, 3999}, 5000, 5, []int{1, 0, 0, 1, 0}},
		{"older than asked for", []int{0, 5000}, 6000, 2, []int{0, 1}},
		{"a minute back", []int{0, 59_999}, 60_000, 60, append(append([]int{1}, make([]int, 58)...), 1)},
		{"more than is remembered", []int{0}, 60_000, 62, append([]int{0, 0, 1}, make([]int, 59)...)},
		{"long after", []int{0, 1}, 3_600_000, 2, []int{0, 0}},
		{"the ring comes round", []int{0, 61_000, 122_000, 122_500}, 123_000, 2, []int{0, 2}},
		{"time goes back a little", []int{5000, 4000, 5100}, 6000, 2, []int{1, 2}},
		{"time goes back, on a place that is taken", []int{61_000, 0}, 62_000, 1, []int{1}},
		{"time goes back behind everything", []int{90_000, 4000}, 5000, 1, []int{1}},
		{"asked for a time before", []int{5000}, 1000, 2, []int{0, 0}},
		{"no seconds", []int{0}, 1000, 0, nil},
		{"less than none", []int{0}, 1000, -1, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			now := start.Add(time.Duration(test.now) * time.Millisecond)
			if got := heard(test.at...).Rate(now, test.seconds); !slices.Equal(got, test.want) {
				t.Errorf("the rate is %v, want %v", got, test.want)
			}
		})
	}
}

func TestRateCountsEventsAlone(t *testing.T) {
	t.Parallel()
	r := begun()
	r.Apply(arrivals(api.Connected{}, api.Comment{}, nil, api.Status{}, api.Done{}, api.TextDelta{Delta: "late"}))
	if got, want := r.Rate(start.Add(7*time.Second), 6), []int{1, 0, 0, 1, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("the rate is %v, want %v", got, want)
	}
}

// Times from anywhere, from before 1970 too, are counted or forgotten, and
// never in the wrong second.
func TestRateOfAnyTimes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		run, base := begun(), time.Unix(r.Int64N(400)-200, 0)
		truth := map[int64]int{}
		newest := int64(-1 << 62)
		for range 300 {
			at := base.Add(time.Duration(r.Int64N(90_000)) * time.Millisecond)
			base = base.Add(time.Duration(r.Int64N(2000)-500) * time.Millisecond)
			run.Apply([]Arrival{{At: at, Event: api.Event{Data: api.Status{}}}})
			truth[at.Unix()]++
			newest = max(newest, at.Unix())
		}
		counts := run.Rate(time.Unix(newest+1, 0), RateSeconds)
		for i, got := range counts {
			second := newest + 1 - int64(len(counts)-i)
			if want := truth[second]; got > want {
				t.Fatalf("seed %d: %d events in second %d, want at most %d", seed, got, second, want)
			}
		}
		if got, want := counts[len(counts)-1], truth[newest]; got != want {
			t.Fatalf("seed %d: %d events in the newest second, want %d", seed, got, want)
		}
	}
}

func TestAnySplitGivesTheSameRate(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 4))
		all := randomEvents(r, 120)
		for i := range all {
			all[i].At = start.Add(time.Duration(r.Int64N(40_000)) * time.Millisecond)
		}
		whole, split := begun(), begun()
		whole.Apply(all)
		for rest := all; len(rest) > 0; {
			n := 1 + r.IntN(len(rest))
			split.Apply(rest[:n])
			rest = rest[n:]
		}
		for s := range 45 {
			now := start.Add(time.Duration(s) * time.Second)
			if a, b := whole.Rate(now, 20), split.Rate(now, 20); !slices.Equal(a, b) {
				t.Fatalf("seed %d: in one batch %v, split %v", seed, a, b)
			}
		}
	}
}
