package prompt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"notturno/ui/part"
)

// Update edits the text.
func (p *Prompt) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	switch msg := msg.(type) {
	case part.Do:
		p.touch()
		return p.do(msg.Action), nil
	case tea.PasteMsg:
		p.touch()
		p.paste(msg.Content)
	case tea.KeyPressMsg:
		p.touch()
		p.key(msg)
	case part.Click:
		p.touch()
		p.click(msg.X, msg.Y)
	case part.Wheel:
		p.scroll(msg.Rows)
	}
	return nil, nil
}

// touch is for all that acts at the cursor: the cursor shows again.
func (p *Prompt) touch() { p.rows, p.scrolled = nil, false }

func (p *Prompt) do(a part.Action) part.Intent {
	switch a {
	case part.Send:
		return p.send()
	case part.Newline:
		p.write(func(c content) content { return c.insert("\n") })
	case part.Older:
		return p.older()
	case part.Newer:
		return p.newer()
	case part.Editor:
		return part.Edit{Text: p.content().text()}
	case part.Undo:
		return p.restore(p.undo.back, "nothing to undo")
	case part.Redo:
		return p.restore(p.undo.forward, "nothing to do again")
	default:
	}
	return nil
}

// send hands the task over, once: the prompt lets go of it.
func (p *Prompt) send() part.Intent {
	task := strings.TrimSpace(p.content().text())
	if task == "" {
		return part.Say{Text: "describe a task first"}
	}
	draft, left := p.past.draft()
	p.past.add(task)
	p.past.leave()
	p.undo = undo{}
	if left { // it must not be sent by a second enter, nor be lost
		p.undo.record(state{content: draft, entry: p.past.entry}, other)
	}
	p.put(contentOf(""))
	return part.Submit{Task: task}
}

// restore makes a step of undo in one direction.
func (p *Prompt) restore(step func(now state) (state, bool), none string) part.Intent {
	s, ok := step(p.state())
	if !ok {
		return part.Say{Text: none}
	}
	p.past.entry = s.entry
	p.put(s.content)
	return nil
}

// key edits the text or moves in it.
func (p *Prompt) key(msg tea.KeyPressMsg) {
	p.column = -1
	if !p.area.HasSelection() && p.atEdge(msg) {
		return
	}
	before := p.state()
	p.press(msg)
	was, is := before.texts[before.at], p.area.Value()
	if was == is {
		p.undo.pause()
		return
	}
	p.undo.record(before, kind(msg, len(is)-len(was)))
}

// atEdge does what a key does beyond the text that the cursor is in, if it
// does.
func (p *Prompt) atEdge(msg tea.KeyPressMsg) bool {
	keys := p.area.KeyMap
	by := direction(msg)
	switch {
	case erases(msg):
		return p.erase(by)
	case key.Matches(msg, keys.CharacterBackward, keys.CharacterForward, keys.WordBackward, keys.WordForward):
		if key.Matches(msg, keys.CharacterBackward, keys.WordBackward) {
			by = -1
		} else {
			by = 1
		}
		return p.leave(by)
	case key.Matches(msg, keys.InputBegin):
		p.enter(0)
	case key.Matches(msg, keys.InputEnd):
		p.enter(len(p.held.texts) - 1)
	}
	return false
}

// kind is what a key has changed, when the text is longer by so many bytes.
func kind(msg tea.KeyPressMsg, longer int) edit {
	r, _ := utf8.DecodeLastRuneInString(msg.Text)
	switch {
	case longer < 0 && erases(msg):
		return erasing
	case longer <= 0 || msg.Text == "":
		return other
	case unicode.IsSpace(r):
		return space
	}
	return word
}
