package form

import (
	"slices"
	"strings"
)

// choosing reports whether left and right choose here: nothing is typed that
// they could move in.
func (l *line) choosing() bool { return l.chosen && len(l.choices) > 0 }

// found are the choices that have what was typed in them, the one that
// nothing is chosen first when nothing was typed. When none has it, all are
// there to be gone through.
func (l *line) found() []choice {
	if len(l.choices) == 0 {
		return nil
	}
	if l.stem != "" {
		if found := l.matching(); len(found) > 0 {
			return found
		}
	}
	return slices.Concat([]choice{l.fallback}, l.choices)
}

// matching are the choices that have what was typed in them, in any case.
func (l *line) matching() []choice {
	var found []choice
	stem := strings.ToLower(l.stem)
	for _, c := range l.choices {
		if strings.Contains(strings.ToLower(c.value), stem) || strings.Contains(strings.ToLower(c.label), stem) {
			found = append(found, c)
		}
	}
	return found
}

// next is what right takes behind what was typed, or nil.
func (l *line) next() *choice {
	if l.stem == "" || l.chosen || !l.atEnd || l.held != "" {
		return nil
	}
	if found := l.matching(); len(found) > 0 && found[0].value != l.value() {
		return &found[0]
	}
	return nil
}

// recall puts the value among the choices, beside the one that nothing is
// chosen, so that there is a way back to it.
func (l *line) recall() {
	if value := l.value(); value != "" && !l.offers(value) {
		l.choices = slices.Concat([]choice{{value: value, label: plain(value)}}, l.choices)
	}
}

// step goes through what was found.
func (l *line) step(by int) {
	if l.recalls && l.stem != "" && len(l.matching()) == 0 {
		l.recall()
		l.stem = ""
	}
	found := l.found()
	if len(found) == 0 {
		return
	}
	at := slices.IndexFunc(found, func(c choice) bool { return c.value == l.value() })
	switch {
	case at >= 0:
		at = (at + by + len(found)) % len(found)
	case by < 0:
		at = len(found) - 1
	default:
		at = 0
	}
	l.take(found[at])
}

// take takes a choice. What was typed goes on finding.
func (l *line) take(c choice) {
	stem := l.stem
	l.set(c.value)
	l.stem, l.chosen, l.atEnd = stem, true, true
}
