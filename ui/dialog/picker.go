package dialog

import (
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"notturno/themes"
	"notturno/ui/part"
)

// Item is something that can be picked.
type Item struct {
	Label   string
	Detail  string // at the right, such as its key
	Note    string // after the label, in a quieter colour
	Intent  part.Intent
	Preview part.Intent // what selecting it shows at once; nil: nothing
}

// Picker is a list in which typing finds and enter takes. It is a part.Dialog.
//
// It hands over the intent of what is taken and leaves it to the parent to
// close it.
type Picker struct {
	// OnCancel takes back what previews did, when the picker is closed without
	// a choice. It may be nil.
	OnCancel part.Intent

	theme     *themes.Theme
	title     string
	items     []Item
	texts     []string // what is searched, by item: the label, a space, the note
	labels    []int    // how many bytes of the text are the label
	query     query
	found     fuzzy.Matches // without a query all items, in their order
	selected  int           // index into found
	top       int           // the first of found that shows
	previewed bool
	w, h      int
	rows      []string // what shows, nil when it must be put together again
}

// The most of an item that is searched and shows, in cells, and how many items
// a picker would like to show.
const (
	maxItemWidth = 200
	wantItems    = 12
)

// NewPicker lets the person pick one of items; the first is selected.
func NewPicker(theme *themes.Theme, title string, items []Item) *Picker {
	p := &Picker{theme: theme, title: title, items: items, texts: make([]string, len(items)), labels: make([]int, len(items))}
	for i, item := range items {
		text := part.Line(item.Label, maxItemWidth)
		p.labels[i] = len(text)
		if note := part.Line(item.Note, maxItemWidth); note != "" {
			text += " " + note
		}
		p.texts[i] = text
	}
	p.find()
	return p
}

// Select selects item i without a preview, such as the one in use. It is for
// the time before anything is typed.
func (p *Picker) Select(i int) { p.moveTo(i) }

// Contexts are where its keys are looked up.
func (p *Picker) Contexts() []part.Context {
	return []part.Context{part.InList, part.InPane, part.Global}
}

// Typing is always true: letters are for the query.
func (p *Picker) Typing() bool { return true }

// Want is how many rows the picker would like.
func (p *Picker) Want() int { return min(len(p.items), wantItems) + 2 }

// Resize sets the size of the area that the picker covers.
func (p *Picker) Resize(w, h int) {
	if w != p.w || h != p.h {
		p.w, p.h, p.rows = w, h, nil
	}
}

// SetTheme draws in the theme's colours.
func (p *Picker) SetTheme(theme *themes.Theme) { p.theme, p.rows = theme, nil }

// Update types, moves and takes.
func (p *Picker) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	switch msg := msg.(type) {
	case part.Do:
		return p.do(msg.Action), nil
	case tea.KeyPressMsg:
		return p.search(p.query.press(msg)), nil
	case tea.PasteMsg:
		return p.search(p.query.insert(msg.Content)), nil
	case part.Wheel:
		return p.move(msg.Rows), nil
	case part.Click:
		if i := p.top + msg.Y - p.head(); msg.Y >= p.head() && msg.Y < p.h && i < len(p.found) {
			p.moveTo(i)
			return p.choose(), nil
		}
	}
	return nil, nil
}

func (p *Picker) do(a part.Action) part.Intent {
	switch a {
	case part.Up:
		return p.move(-1)
	case part.Down:
		return p.move(1)
	case part.PageUp:
		return p.move(-max(1, p.room()))
	case part.PageDown:
		return p.move(max(1, p.room()))
	case part.Top:
		return p.move(-len(p.found))
	case part.End:
		return p.move(len(p.found))
	case part.Choose:
		return p.choose()
	case part.Back, part.Interrupt, part.Palette:
		return p.cancel()
	default:
	}
	return nil
}

func (p *Picker) choose() part.Intent {
	if len(p.found) == 0 {
		return nil
	}
	return p.items[p.found[p.selected].Index].Intent
}

func (p *Picker) cancel() part.Intent {
	if p.previewed && p.OnCancel != nil {
		return part.Both{First: p.OnCancel, Then: part.Close{}}
	}
	return part.Close{}
}

// move moves the selection and returns the preview of what is selected then.
func (p *Picker) move(by int) part.Intent {
	before := p.selected
	p.moveTo(p.selected + by)
	if p.selected == before {
		return nil
	}
	return p.preview()
}

func (p *Picker) moveTo(i int) {
	p.selected = max(0, min(i, len(p.found)-1))
	p.rows = nil
}

func (p *Picker) preview() part.Intent {
	intent := p.items[p.found[p.selected].Index].Preview
	p.previewed = p.previewed || intent != nil
	return intent
}

// search finds again when the query has changed, and returns the preview of
// what is selected then, if that is another item.
func (p *Picker) search(changed bool) part.Intent {
	if !changed {
		return nil
	}
	before := -1
	if len(p.found) > 0 {
		before = p.found[p.selected].Index
	}
	p.find()
	if len(p.found) == 0 || p.found[p.selected].Index == before {
		return nil
	}
	return p.preview()
}

// find looks for the query in all items, the best first.
func (p *Picker) find() {
	p.selected, p.top, p.rows = 0, 0, nil
	if p.query.text != "" {
		p.found = fuzzy.Find(p.query.text, p.texts)
		return
	}
	p.found = make(fuzzy.Matches, len(p.items))
	for i := range p.items {
		p.found[i].Index = i
	}
}
