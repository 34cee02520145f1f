package form

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"notturno/state/options"
	"notturno/ui/part"
)

// tooLong is what is wrong with a value that is not taken.
const tooLong = "too long; the limit is 1 MB"

// Update handles keys, the mouse, and what comes back from the parent.
func (f *Form) Update(msg tea.Msg) (part.Intent, tea.Cmd) {
	f.rows = nil
	switch msg := msg.(type) {
	case part.Do:
		f.free = false
		return f.do(msg.Action)
	case tea.KeyPressMsg:
		f.free = false
		return f.press(msg), nil
	case tea.PasteMsg:
		f.free = false
		f.paste(msg.Content)
	case Sessions:
		f.offerSessions(msg)
	case Edited:
		f.takeEdited(msg)
	case Checked:
		return f.checked(msg), nil
	case part.Click:
		f.click(msg)
	case part.Wheel:
		f.scroll(msg.Rows)
	}
	return nil, nil
}

func (f *Form) do(a part.Action) (part.Intent, tea.Cmd) {
	switch {
	case f.ask != nil:
		return f.answer(a), nil
	case f.checking != noPurpose && a != part.Back && a != part.Interrupt:
		return nil, nil
	}
	switch a {
	case part.NextField:
		f.move(1)
	case part.PrevField:
		f.move(-1)
	case part.Accept:
		return f.accept(toTake)
	case part.EditField:
		return f.edit(), nil
	case part.SavePreset:
		return f.accept(toKeep)
	case part.DropPreset:
		return f.askDrop(), nil
	case part.Back, part.Interrupt:
		return part.Close{}, nil
	default:
		f.pressed(a)
	}
	return nil, nil
}

// pressed takes the key of an action that it stands for elsewhere: those that
// move in a line, and ctrl+n and ctrl+p, which go through choices.
func (f *Form) pressed(a part.Action) {
	switch a {
	case part.NewTask:
		f.press(tea.KeyPressMsg{Code: 'n', Mod: tea.ModCtrl})
	case part.Palette:
		f.press(tea.KeyPressMsg{Code: 'p', Mod: tea.ModCtrl})
	case part.Find:
		f.press(tea.KeyPressMsg{Code: tea.KeyRight})
	case part.Rail:
		f.press(tea.KeyPressMsg{Code: tea.KeyLeft})
	default:
	}
}

// press hands a key to the field, or to the line at the bottom.
func (f *Form) press(msg tea.KeyPressMsg) part.Intent {
	switch {
	case f.ask != nil:
		return f.pressAsk(msg)
	case f.checking != noPurpose:
		return nil
	}
	switch msg.String() {
	case "pgup":
		f.focusOn(max(f.focus-f.page(), 0))
	case "pgdown":
		f.focusOn(min(f.focus+f.page(), len(f.entries)-1))
	case "ctrl+n":
		f.change(func(c control) { c.step(1) })
	case "ctrl+p":
		f.change(func(c control) { c.step(-1) })
	default:
		f.change(func(c control) { c.press(msg) })
	}
	return nil
}

func (f *Form) paste(text string) {
	switch {
	case f.ask != nil:
		f.pasteAsk(text)
	case f.checking != noPurpose:
	case len(text)+len(f.current().control.value()) > maxValue:
		f.current().fault = tooLong
	default:
		f.change(func(c control) { c.paste(text) })
	}
}

// change does something to the field that has the keyboard. The first one
// takes a preset, which changes the others.
func (f *Form) change(do func(control)) {
	if f.current().change(do) {
		f.fault = ""
		if f.focus == 0 {
			f.takePreset(f.current().control.value())
		}
	}
}

// move goes to another field; behind the last is the first.
func (f *Form) move(by int) {
	n := len(f.entries)
	f.focusOn((f.focus + by + n) % n)
}

// focusOn goes to the field i. What was left is checked then.
func (f *Form) focusOn(i int) {
	if i == f.focus {
		return
	}
	f.current().control.focus(false)
	for n, e := range f.entries {
		// What was wrong with another may not be any more.
		if n > 0 && !e.refused && (n == f.focus || e.fault != "") {
			f.check(e)
		}
	}
	f.focus = i
	f.current().control.focus(true)
}

// page is how many fields a page key goes over.
func (f *Form) page() int { return max(1, f.body()-3) }

// edit hands a field with JSON to the editor.
func (f *Form) edit() part.Intent {
	e := f.current()
	if e.Kind != options.Document {
		return part.Say{Text: "only fields with JSON are written in $EDITOR"}
	}
	text := e.control.value()
	if !isDocument(text) {
		text = "" // the path of a file is not what is to be written
	}
	if !strings.Contains(text, "\n") {
		text = indented(text)
	}
	return part.EditOption{Field: e.Name, Text: text, Ext: "json"}
}

// click goes to what is under the mouse: a field, or a choice of the field.
func (f *Form) click(msg part.Click) {
	f.Rows() // where things are is known when they are drawn
	f.rows = nil
	at := f.under(msg.Y)
	if f.ask != nil || f.checking != noPurpose || at.entry < 0 {
		return
	}
	f.free = false
	switch l := f.current().line(); {
	case at.entry != f.focus:
		f.focusOn(at.entry)
	case at.choice >= 0 && l != nil:
		f.change(func(control) {
			if found := l.found(); at.choice < len(found) {
				l.take(found[at.choice])
			}
		})
	case l == nil && at.choice < 0:
		f.change(func(c control) { c.step(1) })
	}
}

// scroll moves what shows and leaves the focus where it is.
func (f *Form) scroll(rows int) {
	f.Rows() // which rows there are is known when they are drawn
	f.rows, f.free = nil, true
	f.top += rows
}
