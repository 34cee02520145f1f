// Package prompt is where a task is written: a text area that grows with the
// text, with large pastes kept beside it so that they cannot slow it down.
package prompt

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
)

// A paste beyond these bounds becomes one row of the prompt: a text area costs
// as much per key as it has text.
const (
	maxPasteBytes = 8 << 10
	maxPasteLines = 100
)

// Prompt is the pane. It is a part.Part.
type Prompt struct {
	area    textarea.Model
	theme   *themes.Theme
	pastes  []string // large pastes; they follow the text
	stash   string   // text that was cleared
	w, h    int
	maxRows int
	rows    []string // what shows, nil when it must be put together again
}

// New is an empty prompt that has the keyboard.
func New(theme *themes.Theme) *Prompt {
	area := textarea.New()
	area.Placeholder = "Describe a task…"
	area.ShowLineNumbers = false
	area.CharLimit = 0
	area.DynamicHeight = true
	area.MinHeight = 1
	area.EndOfBufferCharacter = ' '
	area.SetVirtualCursor(false)
	area.KeyMap.InsertNewline.SetKeys() // the parent decides what makes a line
	area.KeyMap.Paste.SetKeys()         // and brings what is pasted, to be cleaned
	p := &Prompt{area: area, theme: theme, maxRows: 1}
	p.area.Focus()
	p.SetTheme(theme)
	return p
}

// SetTheme draws in the theme's colours.
func (p *Prompt) SetTheme(theme *themes.Theme) {
	p.theme, p.rows = theme, nil
	plain := lipgloss.NewStyle()
	muted := plain.Foreground(theme.Muted)
	focused := textarea.StyleState{Placeholder: muted, Prompt: plain.Foreground(theme.Accent).Bold(true), Selection: plain.Reverse(true)}
	blurred := textarea.StyleState{Placeholder: muted, Prompt: muted, Text: muted}
	p.area.SetStyles(textarea.Styles{Focused: focused, Blurred: blurred})
	p.area.SetPromptFunc(3, func(info textarea.PromptInfo) string {
		if info.LineNumber == 0 {
			return " › "
		}
		return "   "
	})
}

// Limit sets the width and the greatest height that the prompt may take; see
// Want.
func (p *Prompt) Limit(w, maxRows int) {
	maxRows = max(maxRows, 1)
	if w == p.w && maxRows == p.maxRows {
		return
	}
	p.w, p.maxRows, p.rows = w, maxRows, nil
	p.area.MaxHeight = maxRows
	p.area.MaxContentHeight = 1 << 20 // the view is limited, the text is not
	p.area.SetWidth(max(w, 5))
}

// Want is how many rows the prompt needs for its text, within the limit.
func (p *Prompt) Want() int { return min(p.area.Height()+len(p.pastes), p.maxRows) }

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
func (p *Prompt) Empty() bool { return p.area.Value() == "" && len(p.pastes) == 0 }

// SetText replaces what is written.
func (p *Prompt) SetText(text string) {
	p.Clear()
	p.paste(text)
}

// Clear empties the prompt and keeps the text for Restore.
func (p *Prompt) Clear() {
	if !p.Empty() {
		p.stash = p.text()
	}
	p.reset()
}

func (p *Prompt) reset() {
	p.area.Reset()
	p.pastes, p.rows = nil, nil
}

// Update edits the text.
func (p *Prompt) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	p.rows = nil
	switch msg := msg.(type) {
	case part.Do:
		return p.do(msg.Action), nil
	case tea.PasteMsg:
		p.paste(msg.Content)
		return nil, nil
	case tea.KeyPressMsg:
		if msg.String() == "backspace" && p.area.Value() == "" && len(p.pastes) > 0 {
			p.pastes = p.pastes[:len(p.pastes)-1]
			return nil, nil
		}
	}
	var cmd tea.Cmd
	p.area, cmd = p.area.Update(msg)
	return nil, cmd
}

func (p *Prompt) do(a part.Action) part.Intent {
	switch a {
	case part.Send:
		task := strings.TrimSpace(p.text())
		if task == "" {
			return part.Say{Text: "describe a task first"}
		}
		p.reset()
		return part.Submit{Task: task}
	case part.Newline:
		p.area.InsertRune('\n')
	case part.Restore:
		if p.stash == "" {
			return part.Say{Text: "nothing was cleared"}
		}
		p.SetText(p.stash)
	default:
	}
	return nil
}

// paste inserts text that came as a whole. It never submits, whatever line
// breaks it holds.
func (p *Prompt) paste(text string) {
	p.rows = nil
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	text = string(api.Clean(text))
	if len(text) > maxPasteBytes || strings.Count(text, "\n") > maxPasteLines {
		p.pastes = append(p.pastes, text)
		return
	}
	p.area.InsertString(text)
}

// text is all that is written and pasted.
func (p *Prompt) text() string {
	return strings.Join(append([]string{p.area.Value()}, p.pastes...), "\n")
}

// Rows are the large pastes, then the text.
func (p *Prompt) Rows() []string {
	if p.rows == nil {
		p.rows = p.build()
	}
	return p.rows
}

func (p *Prompt) build() []string {
	rows := []string{}
	for _, text := range p.pastes {
		label := fmt.Sprintf("   [pasted %s · %d KB] backspace on an empty line removes it",
			part.Count(strings.Count(text, "\n")+1, "line"), (len(text)+1023)/1024)
		rows = append(rows, part.Fit(themes.Paint(p.theme.Accent, label), p.w))
	}
	for row := range strings.SplitSeq(p.area.View(), "\n") {
		rows = append(rows, part.Fit(row, p.w))
	}
	return part.Fill(rows[max(0, len(rows)-p.h):], p.w, p.h)
}

// Cursor is where the real cursor belongs, within the piece, or nil.
func (p *Prompt) Cursor() *tea.Cursor {
	c := p.area.Cursor()
	if c == nil || p.h == 0 {
		return nil
	}
	c.Y += min(len(p.pastes), max(0, p.h-p.area.Height()))
	c.X, c.Y = min(c.X, max(p.w-1, 0)), min(c.Y, p.h-1)
	return c
}
