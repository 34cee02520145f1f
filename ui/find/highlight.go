package find

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// How a place found looks, and the current one of them. Reverse video is seen
// in every theme and without colours.
const (
	foundSGR   = "\x1b[7m"
	currentSGR = "\x1b[1;7m"
)

// Highlight marks places in a row that may have styles and links of its own;
// they stay. spans are places in the row's plain text, in their order, and
// current is the index of the one that stands out, or -1. A character is marked
// whole, so that the row stays as wide as it is.
func Highlight(row string, spans []Span, current int) string {
	if len(spans) == 0 {
		return row
	}
	m := marker{spans: spans, current: current}
	m.out.Grow(len(row) + 16*len(spans))
	for i := 0; i < len(row); {
		if row[i] == ansi.ESC {
			n := sequence(row[i:])
			m.sequence(row[i : i+n])
			i += n
			continue
		}
		cluster, _ := ansi.FirstGraphemeCluster(row[i:], ansi.GraphemeWidth)
		m.character(cluster)
		i += len(cluster)
	}
	m.mark("")
	return m.out.String()
}

// marker writes a row anew, with marks.
type marker struct {
	spans   []Span // those that do not lie behind
	current int    // relative to spans
	at      int    // in the plain text
	own     string // the SGR sequences of the row that are in force
	on      string // the mark that is in force
	out     strings.Builder
}

// sequence takes a sequence of the row's own. A mark outlives a change of
// style.
func (m *marker) sequence(seq string) {
	m.out.WriteString(seq)
	if !strings.HasPrefix(seq, "\x1b[") || !strings.HasSuffix(seq, "m") {
		return
	}
	switch params := seq[2 : len(seq)-1]; {
	case params == "" || params == "0":
		m.own = ""
	case strings.HasPrefix(params, "0;"):
		m.own = seq
	default:
		m.own += seq
	}
	m.out.WriteString(m.on)
}

func (m *marker) character(cluster string) {
	for len(m.spans) > 0 && m.spans[0].To <= m.at {
		m.spans = m.spans[1:]
		m.current--
	}
	to := m.at + len(cluster)
	mark := ""
	for i, span := range m.spans {
		if span.From >= to {
			break
		}
		if mark == "" {
			mark = foundSGR
		}
		if i == m.current {
			mark = currentSGR
		}
	}
	m.mark(mark)
	m.out.WriteString(cluster)
	m.at = to
}

// mark changes the mark in force. Switching one off switches everything off,
// because bold may be the row's own too; what the row had comes back.
func (m *marker) mark(mark string) {
	if mark == m.on {
		return
	}
	if m.on != "" {
		m.out.WriteString(ansi.ResetStyle + m.own)
	}
	m.out.WriteString(mark)
	m.on = mark
}

// sequence is the length of the sequence at the start of s.
func sequence(s string) int {
	_, _, n, _ := ansi.DecodeSequence(s, ansi.NormalState, nil)
	return max(n, 1)
}
