package browse

import (
	"slices"
	"time"

	"notturno/api"
	"notturno/ui/part"
)

// maxEntries is how many entries a list shows.
const maxEntries = 500

// list is what is known of one of the two lists.
type list struct {
	agents   bool
	all      bool      // also those that have ended
	asked    part.List // the last page that was asked for
	loading  bool      // it has not come yet
	loaded   bool      // one has come since the list was begun
	at       time.Time // when the last one came
	problem  string    // why the last one did not come, or empty
	entries  []entry
	page     int  // the last of the pages that make the entries
	more     bool // the service has more
	selected int  // place of the selected entry
	id       string
	from     int // first line that shows
}

// ask asks for a page; the first one begins the list anew once it comes.
func (l *list) ask(page int) part.Intent {
	l.asked = part.List{Agents: l.agents, All: l.all, Page: page}
	l.loading, l.problem = true, ""
	return l.asked
}

// empty forgets what was listed, which was not what is asked for next.
func (l *list) empty() {
	*l = list{agents: l.agents, all: l.all}
}

// awaits reports whether what was asked for is what the list waits for.
// Anything else is late: the person has gone on.
func (l *list) awaits(asked part.List) bool { return l.loading && asked == l.asked }

// fail takes in that a page did not come.
func (l *list) fail(err error) {
	l.loading = false
	l.problem = api.Clean(err.Error()).Line()
}

// take takes in a page. One that was there before, because the list has moved
// on between two pages, is left out.
func (l *list) take(entries []entry, more bool, now time.Time) {
	if l.asked.Page == 1 {
		l.entries = nil
	}
	there := make(map[string]bool, len(l.entries))
	for _, e := range l.entries {
		there[e.id()] = true
	}
	for _, e := range entries {
		if len(l.entries) == maxEntries {
			more = true
			break
		}
		if id := e.id(); id == "" || !there[id] {
			there[id] = true
			l.entries = append(l.entries, e)
		}
	}
	l.loading, l.loaded, l.at = false, true, now
	l.page, l.more = l.asked.Page, more
	if i := l.find(l.id); i >= 0 {
		l.selected = i
	}
	l.choose(l.selected)
}

// full reports whether the list takes no further page.
func (l *list) full() bool { return len(l.entries) >= maxEntries }

// find is the place of the entry with the id, or -1.
func (l *list) find(id string) int {
	if id == "" {
		return -1
	}
	return slices.IndexFunc(l.entries, func(e entry) bool { return e.id() == id })
}

// choose selects the entry at the place i, or the nearest one.
func (l *list) choose(i int) {
	l.selected = max(0, min(i, len(l.entries)-1))
	if len(l.entries) > 0 {
		l.id = l.entries[l.selected].id()
	}
}

// entry is the selected entry, if there is one.
func (l *list) entry() (entry, bool) {
	if l.selected >= len(l.entries) {
		return entry{}, false
	}
	return l.entries[l.selected], true
}

// lines is how many lines the list has: its entries, and one that says that
// there are more.
func (l *list) lines() int {
	if l.more {
		return len(l.entries) + 1
	}
	return len(l.entries)
}

// reveal scrolls as little as it takes for the selected entry to show; with the
// last one, what comes after it shows too.
func (l *list) reveal(room int) {
	room = max(room, 1)
	last := l.selected
	if last == len(l.entries)-1 && room > 1 {
		last = l.lines() - 1
	}
	l.from = max(l.from, last-room+1)
	l.from = max(0, min(l.from, l.selected, l.lines()-room))
}
