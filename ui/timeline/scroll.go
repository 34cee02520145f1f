package timeline

// minFoot is the height from which the pane has a row for what its marks mean.
const minFoot = 8

// room is how many rows there are for entries, below the heading.
func (t *Timeline) room() int {
	room := t.h - 1
	if t.footed() {
		room--
	}
	return max(room, 1)
}

// footed reports whether the last row of the pane names the slowest call.
func (t *Timeline) footed() bool { return t.h >= minFoot && t.ended > 1 }

// settle brings the view back to rows that exist, without empty ones at its
// end while there are others above it.
func (t *Timeline) settle() {
	if len(t.entries) == 0 {
		return
	}
	t.selected, t.top = t.entries.resolve(t.selected), t.entries.resolve(t.top)
	if t.follow {
		t.top = t.entries.bottom()
	}
	_, below := t.entries.move(t.top, t.room()-1)
	t.top, _ = t.entries.move(t.top, below+1-t.room())
}

// shows reports whether a row is in view.
func (t *Timeline) shows(r row) bool {
	if len(t.entries) == 0 {
		return false
	}
	last, _ := t.entries.move(t.top, t.room()-1)
	return !above(r, t.top) && !above(last, r)
}

// reveal moves the view as little as it takes to show the selected row.
func (t *Timeline) reveal() {
	switch {
	case len(t.entries) == 0 || t.shows(t.selected):
	case above(t.selected, t.top):
		t.top = t.selected
	default:
		t.top, _ = t.entries.move(t.selected, 1-t.room())
	}
}

// scroll moves the view and leaves the selection alone. At the end it follows.
func (t *Timeline) scroll(by int) {
	if len(t.entries) == 0 {
		return
	}
	t.follow = false
	t.top, _ = t.entries.move(t.top, by)
	t.settle()
	t.follow = t.shows(t.entries.bottom())
	t.rows = nil
}
