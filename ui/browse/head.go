package browse

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
	"notturno/ui/part"
)

// tabGap is between the names of the two lists.
const tabGap = " │ "

// tabs are the names of the two lists.
func tabs() [2]string { return [...]string{"Sessions", "Agents"} }

// head names the lists, says what shows of them, and counts. The name of the
// service goes first where there is no room.
func (b *Browse) head(f frame) string {
	l := b.shown()
	names := tabs()
	if b.onAgents {
		names[0], names[1] = themes.Paint(b.theme.Muted, names[0]), themes.Bold(b.theme.Accent, names[1])
	} else {
		names[0], names[1] = themes.Bold(b.theme.Accent, names[0]), themes.Paint(b.theme.Muted, names[1])
	}
	filter := "only active"
	if l.all {
		filter = "all"
	}
	left := " " + names[0] + themes.Paint(b.theme.Faint, tabGap) + names[1] + "   " + themes.Paint(b.theme.Text, filter)
	words := b.counts(f)
	right := strings.Join(words, " · ")
	room := b.w - ansi.StringWidth(left) - len(gap)
	if ansi.StringWidth(right) >= room && len(words) > 0 {
		right = words[0]
	}
	if backend := " · " + b.backend; ansi.StringWidth(backend)+len(gap)+ansi.StringWidth(right) < room {
		left += themes.Paint(b.theme.Muted, backend)
	}
	return part.Sides(left, themes.Paint(b.theme.Muted, right+" "), b.w)
}

// counts say how many entries there are and how old the list is, or that it is
// being asked for.
func (b *Browse) counts(f frame) []string {
	l := b.shown()
	var words []string
	if l.loading {
		words = append(words, "asking…")
	}
	if !l.loaded {
		return words
	}
	n := part.Count(len(l.entries), l.thing())
	if l.more {
		n = fmt.Sprintf("%d+ %ss", len(l.entries), l.thing())
	}
	if len(l.entries) > f.list {
		n = fmt.Sprintf("%d–%d of %s", l.from+1, min(l.from+f.list, len(l.entries)), n)
	}
	words = append(words, n)
	if !l.loading && !l.at.IsZero() {
		words = append(words, "as of "+since(l.at, b.now)+" ago")
	}
	return words
}

// thing is the word for an entry of the list.
func (l *list) thing() string {
	if l.agents {
		return "agent"
	}
	return "session"
}
