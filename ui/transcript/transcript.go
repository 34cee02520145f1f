// Package transcript is the pane that tells a run in order: the task, blocks
// of reasoning and answer as they stream, tool calls with their results,
// notices, and the outcome.
//
// An item of the run becomes a block of rows. A block that can no longer
// change keeps its rows; on a batch only the blocks that are still open are
// looked at, and only the rows that show are put together, so that the cost of
// an event does not grow with the length of the run.
package transcript

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/markdown"
	"notturno/ui/part"
)

// maxText is the width beyond which lines of text get hard to read.
const maxText = 100

// Transcript is the pane. It is a part.Part.
type Transcript struct {
	run      *state.Run
	theme    *themes.Theme
	looks    looks
	hints    Hints
	keys     keys
	w, h     int
	focused  bool
	blocks   []*block
	starts   []int // row at which each block begins, its gap included
	open     []int // blocks that may still change
	total    int   // rows of all blocks
	scroll   scroll
	selected int // index of an item, or none
	find     finding
	mode     Mode
	rows     []string // what shows, nil when it must be put together again
}

// Hints are the keys that help after the run has ended, as texts.
type Hints func(run *state.Run) []string

// looks are what draws the Markdown of a transcript in a theme.
type looks struct {
	answer, reasoning *markdown.Renderer
}

func newLooks(theme *themes.Theme) looks {
	return looks{markdown.NewRenderer(markdown.AnswerStyle(theme)), markdown.NewRenderer(markdown.ReasoningStyle(theme))}
}

// keys are the names of the keys that the rows speak of.
type keys struct{ fold, read string }

// New is the transcript of a run.
func New(run *state.Run, theme *themes.Theme, hints Hints) *Transcript {
	table := part.NewKeys()
	t := &Transcript{
		run: run, theme: theme, looks: newLooks(theme), hints: hints,
		keys:   keys{fold: table.Label(part.Fold), read: table.Label(part.ReadThis)},
		scroll: scroll{follow: true}, selected: none,
	}
	t.Sync()
	return t
}

// Resize keeps the item at the top where it is.
func (t *Transcript) Resize(w, h int) {
	if w == t.w && h == t.h {
		return
	}
	rewrap := w != t.w
	t.w, t.h = w, h
	if rewrap {
		t.rewrap()
	} else {
		t.layout(0)
	}
	t.fill()
	if rewrap {
		t.searchAgain()
	}
}

// Focus marks the selected item while the pane has the keyboard.
func (t *Transcript) Focus(focused bool) { t.focused, t.rows = focused, nil }

// SetTheme draws everything anew in the theme's colours.
func (t *Transcript) SetTheme(theme *themes.Theme) {
	t.theme, t.looks = theme, newLooks(theme)
	for _, b := range t.blocks {
		b.setLooks(t.looks)
	}
	t.layout(0)
	t.searchAgain()
}

// SetMode changes how reasoning is shown: all of it, also what was folded or
// unfolded by itself.
func (t *Transcript) SetMode(m Mode) {
	was := t.total
	t.mode = m
	for _, b := range t.blocks {
		if b.item.Kind == state.ReasoningItem {
			b.choice, b.settled = unasked, false
		}
	}
	t.layout(0)
	t.scroll.total += t.total - was
	t.scroll.wrapped = place{}
	t.fill()
}

// Sync takes in what the run has learned since the last call.
func (t *Transcript) Sync() {
	first := len(t.blocks)
	for _, i := range t.open {
		first = min(first, i)
	}
	for _, item := range t.run.Items[len(t.blocks):] {
		t.open = append(t.open, len(t.blocks))
		t.blocks = append(t.blocks, newBlock(item))
	}
	for _, i := range t.open {
		t.blocks[i].sync(t.run, t.looks, t.textWidth())
	}
	t.layout(first)
	for _, i := range t.open {
		t.search(i)
	}
	t.open = slices.DeleteFunc(t.open, func(i int) bool { return !t.mayChange(t.blocks[i].item) })
}

// mayChange reports whether the rows of an item may still become others.
func (t *Transcript) mayChange(item *state.Item) bool {
	switch item.Kind {
	case state.TaskItem:
		return t.run.Phase == state.Queued
	case state.OutcomeItem: // the session of an agent can be stopped long after
		return !t.run.Closed || t.run.Agent != nil
	case state.AnswerItem:
		// An agent's answer may turn out to be JSON when the run has ended.
		return item.Open() || t.run.Agent != nil && !t.run.Phase.Ended()
	default:
		return item.Open()
	}
}

// Update scrolls, selects, folds, and copies and opens what the pane is about.
func (t *Transcript) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	switch msg := msg.(type) {
	case part.Do:
		return t.do(msg.Action), nil
	case part.Click:
		t.click(msg.Y)
	case part.Wheel:
		t.move(msg.Rows)
	}
	return nil, nil
}

func (t *Transcript) do(action part.Action) part.Intent {
	switch action {
	case part.Up:
		t.move(-1)
	case part.Down:
		t.move(1)
	case part.PageUp:
		t.move(-max(1, t.h-2))
	case part.PageDown:
		t.move(max(1, t.h-2))
	case part.Top:
		t.move(-t.total)
	case part.End:
		t.selected = none
		t.Follow()
	case part.NextItem:
		t.step(1)
	case part.PrevItem:
		t.step(-1)
	case part.Fold:
		i, ok := t.target()
		if !ok || !t.blocks[i].foldable() {
			return part.Say{Text: "there is nothing to fold here"}
		}
		t.toggle(i)
	case part.NextMatch:
		t.NextMatch()
	case part.PrevMatch:
		t.PrevMatch()
	case part.ReadThis:
		if i, ok := t.target(); ok {
			return part.Read{Item: i}
		}
	case part.CopyThis:
		return t.copyThis()
	case part.OpenThis:
		return part.Open{URL: string(t.run.ViewerURL())}
	case part.QRCode:
		return part.ShowQR{URL: string(t.run.ViewerURL())}
	default:
	}
	return nil
}
