// Package prompt is where a task is written: a text area that grows with the
// text, with the tasks of before behind it and large pastes folded away, so
// that they cannot slow it down.
package prompt

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/lipgloss/v2"

	"notturno/themes"
)

// Prompt is the pane. It is a part.Part.
//
// What it holds is texts with pastes between them. The text area holds the one
// with the cursor; the others show above and below it.
type Prompt struct {
	area  textarea.Model
	held  content // all but the text in the text area; use content to read it
	past  past
	undo  undo
	theme *themes.Theme
	hint  string

	wrapped  [][]string // the texts that the cursor is not in, as rows
	column   int        // the column that up and down keep to; -1: the cursor's
	w, h     int
	maxRows  int
	top      int // the first row of all that shows
	scrolled bool
	rows     []string // what shows, nil when it must be put together again
}

// New is an empty prompt that has the keyboard.
func New(theme *themes.Theme) *Prompt {
	area := textarea.New()
	area.ShowLineNumbers = false
	area.Prompt = "" // every row of the prompt gets its lead, not only the area's
	area.CharLimit = 0
	area.MaxHeight = 0 // the view is limited here, the text is not
	area.DynamicHeight = true
	area.MinHeight = 1
	area.EndOfBufferCharacter = ' '
	area.SetVirtualCursor(false)
	area.KeyMap.InsertNewline.SetKeys() // the parent decides what makes a line
	area.KeyMap.Paste.SetKeys()         // and brings what is pasted, to be cleaned
	area.KeyMap.CopySelection.SetKeys() // and is the only one to use the clipboard
	area.Focus()
	p := &Prompt{area: area, held: contentOf(""), column: -1, maxRows: 1}
	p.wrap()
	p.SetTheme(theme)
	return p
}

// SetTheme draws in the theme's colours.
func (p *Prompt) SetTheme(theme *themes.Theme) {
	p.theme, p.rows = theme, nil
	plain := lipgloss.NewStyle()
	focused := textarea.StyleState{Selection: plain.Reverse(true)}
	blurred := textarea.StyleState{Text: plain.Foreground(theme.Muted), CursorLine: plain.Foreground(theme.Muted)}
	p.area.SetStyles(textarea.Styles{Focused: focused, Blurred: blurred})
}

// SetHint shows a text on a row of its own above what is written, as long as
// there is more than one row; an empty text shows none.
func (p *Prompt) SetHint(text string) {
	if text != p.hint {
		p.hint, p.rows = text, nil
	}
}

// Limit sets the width and the greatest height that the prompt may take; see
// Want.
func (p *Prompt) Limit(w, maxRows int) {
	maxRows = max(maxRows, 1)
	if w == p.w && maxRows == p.maxRows {
		return
	}
	p.w, p.maxRows, p.rows = w, maxRows, nil
	p.area.SetWidth(max(w-leadWidth, 2)) // a wide character needs two cells
	p.wrap()
}

// Want is how many rows the prompt needs for its text, within the limit.
func (p *Prompt) Want() int {
	n := len(p.held.pastes)
	for i := range p.held.texts {
		n += p.height(i)
	}
	if p.hint != "" {
		n++
	}
	return min(n, p.maxRows)
}

// Resize sets the size that Rows fill.
func (p *Prompt) Resize(w, h int) {
	if w != p.w || h != p.h {
		p.w, p.h, p.rows = w, h, nil
	}
}

// Focus gives or takes the keyboard.
func (p *Prompt) Focus(focused bool) {
	p.rows = nil
	if focused {
		p.area.Focus()
		return
	}
	p.area.Blur()
}

// Empty reports whether there is nothing to lose.
func (p *Prompt) Empty() bool { return p.area.Value() == "" && len(p.held.pastes) == 0 }

// SetText replaces what is written, as one step that undo takes back.
func (p *Prompt) SetText(text string) { p.change(contentOf(clean(text))) }

// Clear empties the prompt, as one step that undo takes back, and leaves the
// tasks of before.
func (p *Prompt) Clear() {
	if !p.Empty() {
		p.change(contentOf(""))
	}
	p.past.leave()
}

// content is what the prompt holds now.
func (p *Prompt) content() content {
	c := p.held
	before, _ := p.line()
	value := p.area.Value()
	for range p.area.Line() {
		c.offset += strings.IndexByte(value[c.offset:], '\n') + 1
	}
	c.offset += len(before)
	c.texts = slices.Clone(c.texts)
	c.texts[c.at] = value
	return c
}

func (p *Prompt) state() state { return state{content: p.content(), entry: p.past.entry} }

// put makes the prompt hold c.
func (p *Prompt) put(c content) {
	before, after := c.around()
	p.area.SetValue(after)
	p.area.MoveToBegin()
	p.area.InsertString(before)
	p.held, p.column, p.rows = c, -1, nil
	p.held.offset = 0
	p.wrap()
}

// change makes the prompt hold c, as one step of undo.
func (p *Prompt) change(c content) {
	p.undo.record(p.state(), other)
	p.put(c)
}

// write puts something in place of what is selected, as one step of undo.
func (p *Prompt) write(edit func(content) content) {
	before := p.state()
	p.area.DeleteSelection()
	p.undo.record(before, other)
	p.put(edit(p.content()))
}
