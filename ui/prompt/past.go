package prompt

import "notturno/ui/part"

// How much of the tasks of before is kept.
const (
	maxTasks     = 500
	maxTaskBytes = 4 << 20
)

// past is the tasks of before, the oldest first, and where in them the person
// looks. Entry len(tasks) is the draft. As in a shell, an entry that is edited
// keeps its edit, beside the task as it was sent, until the next task is sent.
type past struct {
	tasks []string
	entry int
	edits map[int]content // by entry; the draft's too
}

// add appends a task, unless it is the one before again.
func (h *past) add(task string) {
	if n := len(h.tasks); n == 0 || h.tasks[n-1] != task {
		h.tasks = append(h.tasks, task)
	}
	size, first := 0, len(h.tasks)
	for first > 0 && len(h.tasks)-first < maxTasks {
		size += len(h.tasks[first-1])
		if size > maxTaskBytes && first < len(h.tasks) {
			break
		}
		first--
	}
	if first > 0 {
		h.tasks = append([]string(nil), h.tasks[first:]...)
	}
}

// leave goes back to the draft, and forgets all edits.
func (h *past) leave() { h.entry, h.edits = len(h.tasks), nil }

// draft is what was left, unsent, to look at the tasks of before.
func (h *past) draft() (content, bool) {
	c, ok := h.edits[len(h.tasks)]
	return c, ok && h.entry != len(h.tasks) && !c.empty()
}

// look goes by so many entries from one that holds now, and returns what the
// next one holds.
func (h *past) look(by int, now content) (content, bool) {
	next := h.entry + by
	if next < 0 || next > len(h.tasks) {
		return content{}, false
	}
	if h.edits == nil {
		h.edits = map[int]content{}
	}
	h.edits[h.entry] = now
	h.entry = next
	if c, ok := h.edits[next]; ok {
		return c, true
	}
	if next == len(h.tasks) {
		return contentOf(""), true
	}
	return contentOf(h.tasks[next]), true
}

// older goes up a row; on the first one, to the task before.
func (p *Prompt) older() part.Intent {
	if !p.moveRow(-1) {
		p.look(-1)
	}
	return nil
}

// newer goes down a row; on the last one, to the task after, and in the end
// to the draft.
func (p *Prompt) newer() part.Intent {
	if !p.moveRow(1) {
		p.look(1)
	}
	return nil
}

// look shows another task of before. The cursor stands on the row from which
// the same key goes on.
func (p *Prompt) look(by int) {
	before := p.state()
	c, ok := p.past.look(by, before.content)
	if !ok {
		return
	}
	p.undo.record(before, looking)
	if by > 0 {
		c.at = len(c.texts) - 1
		c.offset = len(c.texts[c.at])
		p.put(c)
		return
	}
	c.at, c.offset = 0, 0
	p.put(c)
	p.endOfRow()
}
