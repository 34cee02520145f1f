package find

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
)

// maxQuery is how many characters a query may have.
const maxQuery = 200

// Bar is the row in which a query is typed. It is a part.Dialog that types.
//
// It finds nothing by itself. Its parent asks for the Query after each Update,
// finds, and tells what came of it with SetCount or SetStatus. The keys for the
// next place and the one before come back as part.Perform of part.NextMatch
// and part.PrevMatch, which here do not close the dialog.
type Bar struct {
	theme  *themes.Theme
	hints  []string
	line   textinput.Model // only for editing: it counts characters, not cells
	query  Query
	status string
	w, h   int
	rows   []string // nil when they must be put together again
}

// NewBar is an empty bar that has the keyboard.
func NewBar(theme *themes.Theme) *Bar {
	line := textinput.New()
	line.CharLimit = maxQuery
	line.SetVirtualCursor(false)
	line.KeyMap.Paste.SetKeys()             // the parent brings what is pasted
	line.KeyMap.DeleteWordForward.SetKeys() // it panics on the last character
	line.Focus()
	b := &Bar{theme: theme, line: line}
	keys := part.NewKeys()
	for _, a := range []part.Action{part.NextFound, part.PrevFound} {
		key, short := keys.Hint(a)
		b.hints = append(b.hints, arrow(key)+" "+short)
	}
	b.hints = append(b.hints, keys.Label(part.Back)+" close")
	return b
}

// arrow is the name of a key, short.
func arrow(key string) string {
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	}
	return key
}

// Resize sets the size of the bar; it fills one row.
func (b *Bar) Resize(w, h int) {
	if w != b.w || h != b.h {
		b.w, b.h, b.rows = w, h, nil
	}
}

// Want is the one row.
func (b *Bar) Want() int { return 1 }

// SetTheme draws in the theme's colours.
func (b *Bar) SetTheme(theme *themes.Theme) { b.theme, b.rows = theme, nil }

// Contexts are where the keys are looked up.
func (b *Bar) Contexts() []part.Context { return []part.Context{part.InFind, part.Global} }

// Typing says that keys that are text come as they are.
func (b *Bar) Typing() bool { return true }

// Query is what is typed.
func (b *Bar) Query() Query { return b.query }

// SetQuery replaces what is typed by the first line of text.
func (b *Bar) SetQuery(text string) {
	b.line.SetValue(clean(text))
	b.line.CursorEnd()
	b.sync()
}

// SetCount tells how many places there are, and which of them, from 1, is the
// current one; 0 is none of them.
func (b *Bar) SetCount(at, n int) {
	switch {
	case b.query.Empty():
		b.SetStatus("")
	case n == 0:
		b.SetStatus("nothing found")
	case at == 0:
		b.SetStatus(fmt.Sprintf("%d found", n))
	default:
		b.SetStatus(fmt.Sprintf("%d of %d", at, n))
	}
}

// SetStatus tells what came of the query where numbers do not say it.
func (b *Bar) SetStatus(text string) {
	if text != b.status {
		b.status, b.rows = text, nil
	}
}

// Update edits the query.
func (b *Bar) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	switch msg := msg.(type) {
	case part.Do:
		return b.do(msg.Action), nil
	case tea.PasteMsg:
		b.line, _ = b.line.Update(tea.PasteMsg{Content: clean(msg.Content)})
	case tea.KeyPressMsg:
		b.line, _ = b.line.Update(msg)
		if value := b.line.Value(); clean(value) != value {
			b.line.SetValue(clean(value))
		}
	default:
		return nil, nil
	}
	b.sync()
	return nil, nil
}

func (b *Bar) do(a part.Action) part.Intent {
	switch a {
	case part.NextFound, part.Find:
		return part.Perform{Action: part.NextMatch}
	case part.PrevFound:
		return part.Perform{Action: part.PrevMatch}
	case part.Back, part.Interrupt:
		return part.Close{}
	default:
		return nil
	}
}

// sync takes over what is in the line. What was found is of another query then.
func (b *Bar) sync() {
	b.rows = nil
	if text := b.line.Value(); text != b.query.Text() {
		b.query, b.status = NewQuery(text), ""
	}
}

// clean is the first line of text that says anything, in the form in which the
// screen shows what comes from outside; so it finds what it looks like.
func clean(text string) string {
	text = strings.TrimLeft(text, "\r\n")
	if end := strings.IndexAny(text, "\r\n"); end >= 0 {
		text = text[:end]
	}
	return strings.ReplaceAll(string(api.Clean(part.Head(text, maxQuery))), "\t", " ")
}
