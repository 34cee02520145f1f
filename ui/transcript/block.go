package transcript

import (
	"notturno/state"
	"notturno/themes"
	"notturno/ui/markdown"
)

// Mode is how much of the reasoning shows.
type Mode int

// The modes.
const (
	Tail Mode = iota // its end while it streams, one line afterwards
	Full             // all of it
	Fold             // one line
)

// String is the word that people see.
func (m Mode) String() string {
	return [...]string{"its end", "all of it", "folded"}[m]
}

// Next is the mode after m, for a key that goes round.
func (m Mode) Next() Mode { return (m + 1) % 3 }

// view is what a block needs to know to measure itself.
type view struct {
	run   *state.Run
	theme *themes.Theme
	mode  Mode
	tail  int
	width int
	hints Hints
}

// block is the rows of one item.
type block struct {
	item    *state.Item
	doc     *markdown.Doc // of reasoning and answers
	fed     int           // bytes of the item's text that doc has
	head    []string      // rows before doc's, or all rows
	from    int           // first row of doc that shows
	gap     int           // empty rows before the block
	height  int
	settled bool // head is final for this width and theme
}

func newBlock(item *state.Item, l looks, width int) *block {
	b := &block{item: item}
	switch item.Kind {
	case state.AnswerItem:
		b.doc = l.answer.New(width)
	case state.ReasoningItem:
		b.doc = l.reasoning.New(max(0, width-reasoningIndent))
	default:
	}
	return b
}

// sync takes in what the item has learned.
func (b *block) sync() {
	b.settled = false
	if b.doc == nil {
		return
	}
	text := b.item.Text()
	if b.fed < len(text) {
		b.doc.Append(text[b.fed:])
		b.fed = len(text)
	}
	if !b.item.Open() {
		b.doc.Close()
	}
}

func (b *block) resize(width int) {
	b.settled = false
	switch b.item.Kind {
	case state.AnswerItem:
		b.doc.SetWidth(width)
	case state.ReasoningItem:
		b.doc.SetWidth(max(0, width-reasoningIndent))
	default:
	}
}

func (b *block) setLooks(l looks) {
	b.settled = false
	switch b.item.Kind {
	case state.AnswerItem:
		b.doc.SetRenderer(l.answer)
	case state.ReasoningItem:
		b.doc.SetRenderer(l.reasoning)
	default:
	}
}

// measure works out the block's rows as far as its height needs them.
func (b *block) measure(v view) {
	if b.settled {
		return
	}
	b.from = 0
	switch b.item.Kind {
	case state.TaskItem:
		b.head = taskRows(b.item, v)
	case state.ReasoningItem:
		b.measureReasoning(v)
		return
	case state.AnswerItem:
		b.height = b.doc.Len()
		b.settled = !b.item.Open()
		return
	case state.ToolItem:
		b.head = toolRows(b.item.Tool, v)
	case state.NoticeItem:
		b.head = noticeRows(b.item, v)
	case state.OutcomeItem:
		b.head = outcomeRows(v)
	}
	b.height = len(b.head)
	b.settled = true
}

// rows are the rows from, inclusive, to, exclusive.
func (b *block) rows(from, to int) []string {
	if from >= to {
		return nil
	}
	if b.doc == nil {
		return b.head[from:to]
	}
	rows := make([]string, 0, to-from)
	for ; from < to && from < len(b.head); from++ {
		rows = append(rows, b.head[from])
	}
	if from >= to {
		return rows
	}
	skip := b.from - len(b.head)
	for _, row := range b.doc.Rows(from+skip, to+skip) {
		if b.item.Kind == state.ReasoningItem {
			row = reasoningMargin + row
		}
		rows = append(rows, row)
	}
	return rows
}

// gap is how many empty rows are between two blocks: calls of tools that show
// no result stand close together.
func gap(before, b *block) int {
	if before.item.Kind == state.ToolItem && b.item.Kind == state.ToolItem && before.height == 1 {
		return 0
	}
	return 1
}
