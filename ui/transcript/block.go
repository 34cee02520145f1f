package transcript

import (
	"notturno/state"
	"notturno/themes"
	"notturno/ui/markdown"
	"notturno/ui/structure"
)

// view is what a block needs to know to measure itself.
type view struct {
	run   *state.Run
	theme *themes.Theme
	mode  Mode
	tail  int
	width int
	hints Hints
}

// block is the rows of one item. A row has a number that it keeps whether the
// block is folded or not: its place among the rows of the unfolded block. A line
// that is cut has the number of the first of the rows that it becomes.
type block struct {
	item    *state.Item
	doc     *markdown.Doc        // of reasoning and answers
	fed     int                  // bytes of the item's text that doc has
	answer  *structure.Structure // of an answer that is JSON, in doc's place
	waiting bool                 // for the end of the run: see waits
	long    bool                 // answer has more rows than it is folded to
	result  result               // of a tool call, or an answer that waits
	cut     []bool               // which lines of the result are cut when it is folded
	rest    rest                 // of the result or the answer, which does not show
	head    []string             // rows before doc's, or all rows
	from    int                  // first row of doc that shows
	gap     int                  // empty rows before the block
	height  int
	settled bool // head is final for this width and theme
	choice  choice
	found   bool // unfolded because the current match is in it
	hits    hits
}

func newBlock(item *state.Item) *block { return &block{item: item} }

// begin makes what draws Markdown, once it is known that the item is that.
func (b *block) begin(l looks, width int) {
	b.head = nil
	switch b.item.Kind {
	case state.AnswerItem:
		b.doc = l.answer.New(width)
	case state.ReasoningItem:
		b.doc = l.reasoning.New(max(0, width-reasoningIndent))
	default:
	}
}

// sync takes in what the item has learned.
func (b *block) sync(run *state.Run, l looks, width int) {
	b.settled = false
	b.takeAnswer(run)
	if b.item.Tool != nil {
		b.result.take(b.item.Tool.Result)
	}
	if b.answer != nil || b.waits(run) {
		return
	}
	if b.doc == nil {
		b.begin(l, width)
	}
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
	if b.doc == nil {
		return
	}
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
	if b.doc == nil {
		return
	}
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
		if b.answer != nil {
			b.measureAnswer(v)
			break
		}
		if b.waiting {
			b.measureWaiting(v)
			break
		}
		b.height = b.doc.Len()
		b.settled = !b.item.Open()
		return
	case state.ToolItem:
		b.measureTool(v)
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

// number is the number of the row that shows at the place in the block.
func (b *block) number(place int) int {
	switch {
	case b.cuts() && place > 0:
		return b.hits.begin(place - 1)
	case place < len(b.head):
		return place
	}
	return place + b.from
}

// place is where the row with the number shows in the block.
func (b *block) place(number int) (place int, shows bool) {
	switch {
	case number == 0:
	case b.item.Kind == state.ReasoningItem:
		place = number - b.from
		return max(place, 0), place >= len(b.head) && place < b.height
	case b.cuts():
		line := b.hits.line(number)
		return min(line+1, b.height-1), line < len(b.cut) && !b.cut[line]
	default:
		place = number
	}
	return min(place, b.height-1), place < b.height && !b.isMore(place)
}

// gap is how many empty rows are between two blocks: calls of tools that show
// no result stand close together.
func gap(before, b *block) int {
	if before.item.Kind == state.ToolItem && b.item.Kind == state.ToolItem && before.height == 1 {
		return 0
	}
	return 1
}
