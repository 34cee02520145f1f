package prompt

// How far back undo reaches.
const (
	maxSteps     = 200
	maxUndoBytes = 4 << 20
)

// edit is a kind of change. Changes of one kind in a row are one step of undo.
type edit int

const (
	other   edit = iota // always a step of its own
	word                // typing within a word
	space               // typing space; it belongs to the word before it
	erasing             // taking single characters away
	looking             // moving through the tasks of before
)

// joins reports whether a change belongs to the same step as the one before.
func (e edit) joins(before edit) bool {
	return e != other && (e == before || (e == space && before == word))
}

// state is what a step of undo brings back.
type state struct {
	content
	entry int // the task of before that is edited, see past
}

// undo is the steps that were done and can be undone, and the other way round.
// Its zero value is ready.
type undo struct {
	done, undone []state
	last         edit
}

// record keeps the state before a change of a kind.
func (u *undo) record(before state, e edit) {
	joined := e.joins(u.last) && len(u.done) > 0
	u.last, u.undone = e, nil
	if !joined {
		u.done = bounded(append(u.done, before))
	}
}

// pause ends the step: the next change begins another.
func (u *undo) pause() { u.last = other }

// back is the state before the last step.
func (u *undo) back(now state) (state, bool) { return u.step(&u.done, &u.undone, now) }

// forward is the state after the step that was undone last.
func (u *undo) forward(now state) (state, bool) { return u.step(&u.undone, &u.done, now) }

func (u *undo) step(from, to *[]state, now state) (state, bool) {
	u.pause()
	n := len(*from)
	if n == 0 {
		return state{}, false
	}
	s := (*from)[n-1]
	(*from)[n-1] = state{} // let go of its text
	*from, *to = (*from)[:n-1], append(*to, now)
	return s, true
}

// bounded is the newest of the steps, as many as may be kept. Pastes that
// several steps share count once; the newest step is kept whatever its size.
func bounded(steps []state) []state {
	seen := map[*paste]bool{}
	size := 0
	for i := len(steps) - 1; i >= 0; i-- {
		for _, text := range steps[i].texts {
			size += len(text)
		}
		for _, p := range steps[i].pastes {
			if !seen[p] {
				seen[p] = true
				size += len(p.text)
			}
		}
		if i < len(steps)-1 && (size > maxUndoBytes || len(steps)-i > maxSteps) {
			return append([]state(nil), steps[i+1:]...)
		}
	}
	return steps
}
