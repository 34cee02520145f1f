package markdown

import (
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// pen is what a cell is written with.
type pen struct {
	sgr  string // one SGR sequence, empty for none
	link string // the address of an OSC 8 link, empty for none
	inks bool   // a space shows: underlined, struck through, or in a link
}

// cell is one character as a person sees it: a grapheme cluster. Text "\n" is
// a line break and has no width.
type cell struct {
	text  string
	width int
	pen   *pen // nil is plain
}

// line is one row, not yet padded.
type line struct {
	text  string
	width int
}

const newline = "\n"

// decoder reads what Glamour writes. It is not for concurrent use.
type decoder struct {
	parser  *ansi.Parser
	address pen // of an address beside a link's text
}

func newDecoder(address *pen) decoder {
	p := ansi.NewParser()
	p.SetParamsSize(32)
	// An address that is cut off here is too long to become a link.
	p.SetDataSize(2 * maxLink)
	d := decoder{parser: p}
	if address != nil {
		d.address = *address
	}
	return d
}

// cells reads text with SGR and OSC 8 sequences into cells. This is the only
// way from Glamour's output to the screen. Any other sequence is
// dropped, backgrounds too; other control characters become visible; and a
// link stays only if its address is one that we follow.
func (d decoder) cells(styled string) []cell {
	out := make([]cell, 0, len(styled))
	var style uv.Style
	var link string
	beside := false // the text is an address beside a link's text
	var current *pen
	text := 0 // start of the text not yet taken
	for i := 0; i < len(styled); {
		if styled[i] != ansi.ESC {
			i++
			continue
		}
		out = appendText(out, styled[text:i], current)
		seq, _, n, _ := ansi.DecodeSequence(styled[i:], ansi.NormalState, d.parser)
		i += max(n, 1)
		text = i
		switch {
		case ansi.HasCsiPrefix(seq) && d.parser.Command() == 'm':
			uv.ReadStyle(d.parser.Params(), &style)
			style.Bg = nil
		case ansi.HasOscPrefix(seq) && d.parser.Command() == 8:
			var l uv.Link
			uv.ReadLink(d.parser.Data(), &l)
			link, beside = strings.CutPrefix(l.URL, addressMark)
			link = checkedLink(strings.TrimPrefix(link, mailMark))
		default:
			continue
		}
		if current = newPen(&style, link); beside {
			current = d.besideText(link)
		}
	}
	return join(appendText(out, styled[text:], current))
}

// besideText is the pen of an address beside a link's text, whatever the text
// around it looks like.
func (d decoder) besideText(link string) *pen {
	p := d.address
	p.link, p.inks = link, p.inks || link != ""
	return &p
}

func newPen(style *uv.Style, link string) *pen {
	if style.IsZero() && link == "" {
		return nil
	}
	p := &pen{link: link}
	if !style.IsZero() {
		p.sgr = style.String()
	}
	const shows = uv.AttrReverse | uv.AttrStrikethrough
	p.inks = link != "" || style.Underline != 0 || style.Attrs&shows != 0
	return p
}

func (p *pen) shown() bool { return p != nil && p.inks }

func samePen(a, b *pen) bool { return a == b || a != nil && b != nil && *a == *b }

// appendText cuts plain text into cells.
func appendText(out []cell, s string, p *pen) []cell {
	s = visible(s)
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\n':
			out = append(out, cell{text: newline})
			i++
		case c == '\t':
			out = append(out, cell{text: " ", width: 1, pen: p})
			i++
		case c < 0x80 && (i+1 == len(s) || s[i+1] < 0x80):
			out = append(out, cell{text: s[i : i+1], width: 1, pen: p})
			i++
		default:
			cluster, width := ansi.FirstGraphemeCluster(s[i:], ansi.GraphemeWidth)
			out = append(out, cell{text: cluster, width: width, pen: p})
			i += len(cluster)
		}
	}
	return out
}

// join makes one cell of neighbours that a terminal would draw as one
// character, although they came as two pieces of text with the same pen.
func join(in []cell) []cell {
	out := in[:0]
	for _, c := range in {
		if k := len(out) - 1; k >= 0 && c.text != newline && out[k].text != newline &&
			(c.text[0] >= 0x80 || out[k].text[len(out[k].text)-1] >= 0x80) && samePen(c.pen, out[k].pen) {
			both := out[k].text + c.text
			if cluster, width := ansi.FirstGraphemeCluster(both, ansi.GraphemeWidth); len(cluster) == len(both) {
				out[k].text, out[k].width = both, width
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

// draw writes cells as one row that can be shown alone: what it switches on it
// switches off. A space where only letters would show the pen is written with
// the pen that is in hand.
func draw(row []cell) line {
	var b strings.Builder
	width := 0
	var current *pen
	for _, c := range row {
		blank := c.text == " " && !c.pen.shown() && !current.shown()
		if !blank && !samePen(c.pen, current) {
			change(&b, current, c.pen)
			current = c.pen
		}
		b.WriteString(c.text)
		width += c.width
	}
	change(&b, current, nil)
	return line{text: b.String(), width: width}
}

func change(b *strings.Builder, from, to *pen) {
	if from == nil {
		from = &pen{}
	}
	if to == nil {
		to = &pen{}
	}
	if from.sgr != to.sgr && from.sgr != "" {
		b.WriteString(ansi.ResetStyle)
	}
	if from.link != to.link {
		if to.link == "" {
			b.WriteString(ansi.ResetHyperlink())
		} else {
			b.WriteString(ansi.SetHyperlink(to.link, linkID(to.link)))
		}
	}
	if from.sgr != to.sgr {
		b.WriteString(to.sgr)
	}
}

// pad makes l exactly width cells wide.
func pad(l line, width int) string {
	if !ascii(l.text) {
		// What neighbours do to each other (a mark after a prefix, a selector
		// after a digit) can change a row's width.
		l.width = ansi.StringWidth(l.text)
	}
	if l.width > width {
		l.text = ansi.Truncate(l.text, width, "")
		l.width = ansi.StringWidth(l.text)
	}
	return l.text + strings.Repeat(" ", width-l.width)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
