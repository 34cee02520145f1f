package ui

import (
	"slices"

	"notturno/state"
)

// runs are all runs on the screen, in the order of the run bar. The queued
// ones among them wait in that order too.
type runs struct {
	tabs    []*tab
	current int    // index into tabs; -1: the home pane
	max     int    // how many may go on at once
	started int    // so far, for their ids
	editing string // id of the queued run whose task is in the prompt, or empty
}

// tab is the run in view, or nil.
func (r *runs) tab() *tab {
	if r.current < 0 || r.current >= len(r.tabs) {
		return nil
	}
	return r.tabs[r.current]
}

func (r *runs) byID(id string) *tab {
	if i := r.index(id); i >= 0 {
		return r.tabs[i]
	}
	return nil
}

func (r *runs) index(id string) int {
	return slices.IndexFunc(r.tabs, func(t *tab) bool { return t.run.ID == id })
}

// going is how many runs have been sent and have not ended.
func (r *runs) going() int { return r.count((*tab).going) }

// working is how many of them were started here.
func (r *runs) working() int { return r.count((*tab).working) }

// waiting is how many runs are queued.
func (r *runs) waiting() int { return r.count((*tab).queued) }

func (r *runs) count(which func(*tab) bool) int {
	n := 0
	for _, t := range r.tabs {
		if which(t) {
			n++
		}
	}
	return n
}

// nextQueued is the first queued run that may be sent, or nil: there is a free
// place, and the run is not being edited.
func (r *runs) nextQueued() *tab {
	if r.working() >= r.max {
		return nil
	}
	for _, t := range r.tabs {
		if t.queued() && t.run.ID != r.editing {
			return t
		}
	}
	return nil
}

// place is the place of a queued run in the queue, from 1.
func (r *runs) place(id string) int {
	n := 0
	for _, t := range r.tabs {
		if t.queued() {
			n++
		}
		if t.run.ID == id {
			break
		}
	}
	return n
}

// reorder moves a queued run past its neighbours in the queue; the other runs
// keep their places in the run bar.
func (r *runs) reorder(id string, by int) {
	inView := r.tab()
	var queue []int // places in the run bar that queued runs have
	at := -1
	for i, t := range r.tabs {
		if t.queued() {
			if t.run.ID == id {
				at = len(queue)
			}
			queue = append(queue, i)
		}
	}
	if at < 0 {
		return
	}
	step := 1
	if by < 0 {
		step = -1
	}
	for ; by != 0 && at+step >= 0 && at+step < len(queue); by -= step {
		i, k := queue[at], queue[at+step]
		r.tabs[i], r.tabs[k] = r.tabs[k], r.tabs[i]
		at += step
	}
	r.current = slices.Index(r.tabs, inView)
}

// remove closes the tab of a run.
func (r *runs) remove(i int) {
	r.tabs = slices.Delete(r.tabs, i, i+1)
	if r.current > i || r.current == len(r.tabs) {
		r.current--
	}
}

// all are the runs, as the board shows them.
func (r *runs) all() []*state.Run {
	all := make([]*state.Run, len(r.tabs))
	for i, t := range r.tabs {
		all[i] = t.run
	}
	return all
}
