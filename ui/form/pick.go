package form

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/ui/part"
)

// maxLabel is the most of a choice that shows, in cells.
const maxLabel = 60

// pick is a field in which one of a few values is chosen.
type pick struct {
	look    *look
	choices []choice // the first is that nothing is
	field   *huh.Select[string]
	chosen  string
}

// newPick lets the person choose; unset is the choice that nothing is chosen.
func newPick(look *look, unset string, choices []choice) *pick {
	p := &pick{look: look}
	p.offer(unset, choices)
	return p
}

// offer replaces what can be chosen.
func (p *pick) offer(unset string, choices []choice) {
	p.choices = slices.Concat([]choice{{label: unset}}, choices)
	p.set(p.chosen)
}

// set chooses a value. One that is not offered, such as that of another
// version, can be chosen as long as the form is open.
func (p *pick) set(text string) {
	if !slices.ContainsFunc(p.choices, func(c choice) bool { return c.value == text }) {
		p.choices = append(p.choices, choice{value: text, label: oneLine(part.Head(text, maxLabel))})
	}
	offered := make([]huh.Option[string], len(p.choices))
	for i, c := range p.choices {
		offered[i] = huh.NewOption(part.Line(c.label, maxLabel), c.value)
	}
	p.chosen = text
	p.field = huh.NewSelect[string]().Inline(true)
	p.field.WithTheme(p.look)
	p.field.WithKeyMap(ownKeys())
	p.field.Options(offered...).Value(&p.chosen)
}

func (p *pick) value() string { return p.chosen }

func (p *pick) press(msg tea.KeyPressMsg) {
	switch msg.String() {
	case "left":
		p.step(-1)
	case "right", "space":
		p.step(1)
	case "home", "backspace", "delete":
		p.set("")
	case "end":
		p.set(p.choices[len(p.choices)-1].value)
	}
}

func (p *pick) step(by int) {
	code := tea.KeyRight
	if by < 0 {
		code = tea.KeyLeft
	}
	p.field.Update(tea.KeyPressMsg{Code: code})
}

func (p *pick) paste(string) {}

func (p *pick) focus(on bool) {
	if on {
		p.field.Focus()
	} else {
		p.field.Blur()
	}
}

func (p *pick) shown(width int) string {
	for _, c := range p.choices {
		if c.value == p.chosen {
			return part.Line(c.label, min(width, maxLabel))
		}
	}
	return ""
}

// view is the select's own line, which it would break or pad.
func (p *pick) view(int) (row string, cursor int) {
	const indicators = 4
	p.field.WithWidth(ansi.StringWidth(p.shown(maxLabel)) + indicators)
	return p.field.View(), -1
}
