package prompt

import (
	"slices"
	"strings"
)

// content is what the prompt holds: texts with large pastes between them, so
// that there is one text more than pastes, and where the cursor is. Its parts
// are shared by the steps of undo and are never changed in place.
type content struct {
	texts  []string
	pastes []*paste
	at     int // the text that the cursor is in
	offset int // bytes of that text before the cursor
}

// paste is a text that came as a whole and is too large to be edited here.
type paste struct {
	text  string
	lines int
}

// contentOf is text, with the cursor after it.
func contentOf(text string) content {
	empty := content{texts: []string{""}}
	if large(text) {
		return empty.fold(text)
	}
	return empty.insert(text)
}

// text is all that is written and pasted, in order, each paste on lines of its
// own.
func (c content) text() string {
	var b strings.Builder
	fresh := true // at the start of a line
	write := func(s string) {
		if s == "" {
			return
		}
		if !fresh {
			b.WriteByte('\n')
		}
		b.WriteString(s)
		fresh = strings.HasSuffix(s, "\n")
	}
	for i, text := range c.texts {
		write(text)
		if i < len(c.pastes) {
			write(c.pastes[i].text)
		}
	}
	return b.String()
}

func (c content) empty() bool { return len(c.pastes) == 0 && c.texts[0] == "" }

// around is the text of the cursor, before and after it.
func (c content) around() (before, after string) {
	return c.texts[c.at][:c.offset], c.texts[c.at][c.offset:]
}

// insert puts text in at the cursor.
func (c content) insert(text string) content {
	before, after := c.around()
	c.texts = slices.Clone(c.texts)
	c.texts[c.at] = before + text + after
	c.offset += len(text)
	return c
}

// fold puts text in at the cursor as a paste. A line break on either side is
// dropped, because a paste has lines of its own.
func (c content) fold(text string) content {
	before, after := c.around()
	before, after = strings.TrimSuffix(before, "\n"), strings.TrimPrefix(after, "\n")
	p := &paste{text: text, lines: strings.Count(strings.TrimSuffix(text, "\n"), "\n") + 1}
	c.texts = slices.Replace(slices.Clone(c.texts), c.at, c.at+1, before, after)
	c.pastes = slices.Insert(slices.Clone(c.pastes), c.at, p)
	c.at, c.offset = c.at+1, 0
	return c
}

// drop takes paste i away. The texts on either side of it keep lines of their
// own; the cursor stands where the paste was.
func (c content) drop(i int) content {
	before, after := c.texts[i], c.texts[i+1]
	if before != "" && after != "" {
		before += "\n"
	}
	c.texts = slices.Replace(slices.Clone(c.texts), i, i+2, before+after)
	c.pastes = slices.Delete(slices.Clone(c.pastes), i, i+1)
	c.at, c.offset = i, len(before)
	return c
}
