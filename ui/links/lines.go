package links

import "notturno/ui/part"

// Lines of a card. Every card has as many, and the selected one some more, so
// that what shows is found without looking at the others.
const (
	cardHeight = 2
	linkLine   = 1 // the link of a session
)

// place says what a line of the pane is: a line of a card, or a heading, a
// hint or a gap, of the sessions or the functions.
type place struct {
	kind lineKind
	card bool
	of   card
	line int // of the card
}

type lineKind int

const (
	gap lineKind = iota
	sessionsHeading
	noSession
	hint
	functionsHeading
	ofCard
)

// extra is how many lines the selected card has more than the others: what can
// be done with it, and for a session that its link is a secret.
func (l *Links) extra(functions bool) int {
	if !l.focused || l.cards() == 0 || l.selected.function != functions {
		return 0
	}
	if functions {
		return 1
	}
	return 2
}

// lines is how many lines the pane has.
func (l *Links) lines() int {
	n := l.sessionLines()
	if len(l.run.Functions) > 0 {
		n += 2 + cardHeight*len(l.run.Functions) + l.extra(true)
	}
	return n
}

// sessionLines is how many of them are about sessions.
func (l *Links) sessionLines() int {
	n := 1 + cardHeight*len(l.run.Sessions) + l.extra(false)
	if !l.focused || len(l.run.Sessions) == 0 {
		n++ // the hint, or that there is none
	}
	return n
}

// at is what the line with the number i is.
func (l *Links) at(i int) place {
	if n := l.sessionLines(); i >= n {
		switch i -= n; i {
		case 0:
			return place{kind: gap}
		case 1:
			return place{kind: functionsHeading}
		}
		return l.inCards(i-2, true)
	}
	switch {
	case i == 0:
		return place{kind: sessionsHeading}
	case len(l.run.Sessions) == 0:
		return place{kind: noSession}
	case !l.focused && i == l.sessionLines()-1:
		return place{kind: hint}
	}
	return l.inCards(i-1, false)
}

// inCards is the line i of the cards of the sessions or the functions.
func (l *Links) inCards(i int, functions bool) place {
	if extra := l.extra(functions); extra > 0 {
		own := (l.selected.index + 1) * cardHeight // after the selected card's own lines
		switch {
		case i >= own+extra:
			i -= extra
		case i >= own:
			return place{ofCard, true, l.selected, cardHeight + i - own}
		}
	}
	return place{ofCard, true, card{functions, i / cardHeight}, i % cardHeight}
}

// clamp keeps the view within the lines.
func (l *Links) clamp() {
	l.top = max(0, min(l.top, l.lines()-l.h))
	l.rows = nil
}

// reveal moves the view as little as it takes to show the whole selected card.
func (l *Links) reveal() {
	first := 1 + l.selected.index*cardHeight
	if l.selected.function {
		first += l.sessionLines() + 1
	}
	last := first + cardHeight - 1 + l.extra(l.selected.function)
	l.top = min(max(l.top, last+1-l.h), first)
	if l.number(l.selected) == 0 && last < l.h {
		l.top = 0 // its heading too
	}
	l.clamp()
}

// build draws the lines that show.
func (l *Links) build() {
	rows := make([]string, 0, max(l.h, 0))
	l.drawn = l.drawn[:0]
	for i := l.top; i < min(l.top+l.h, l.lines()); i++ {
		at := l.at(i)
		l.drawn = append(l.drawn, at)
		rows = append(rows, part.Fit(l.draw(at), l.w))
	}
	l.rows = part.Fill(rows, l.w, l.h)
}
