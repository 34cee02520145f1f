package ui

import (
	"math/rand/v2"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// pressable are all keys of the key table, and some that are only text. Those
// that end the program or reach out of it are left out.
func pressable() []string {
	names := []string{"a", "n", "漢", "backspace", "left", "right", "e", "x", "w", "s", "q", "/", "?"}
	for _, b := range part.Bindings() {
		switch b.Action {
		case part.QuitNow, part.Suspend, part.OpenViewer, part.OpenThis, part.Editor, part.Paste, part.Theme, part.SaveThis, part.CopyThis:
		default:
			names = append(names, b.Keys...)
		}
	}
	return names
}

// Whatever is pressed, clicked, resized and heard, in any order, the screen is
// exactly as large as the terminal, and safe to draw.
func TestAnythingAtAnySize(t *testing.T) {
	t.Parallel()
	names := pressable()
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 9))
		s := newScreen(t, 1+r.IntN(160), 1+r.IntN(50), waiting, func(c *Config) { c.MaxParallel = 2 })
		s.start("the task")
		for range 150 {
			s.anything(r, names)
			s.exact()
		}
	}
}

// anything is one thing that may happen to the screen.
func (s *screen) anything(r *rand.Rand, names []string) {
	switch r.IntN(8) {
	case 0:
		s.send(tea.WindowSizeMsg{Width: r.IntN(200), Height: r.IntN(60)})
	case 1:
		s.send(tea.MouseClickMsg{X: r.IntN(200) - 5, Y: r.IntN(60) - 5, Button: tea.MouseLeft})
	case 2:
		s.send(tea.MouseWheelMsg{X: r.IntN(200), Y: r.IntN(60), Button: []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}[r.IntN(2)]})
	case 3, 4:
		if t := s.runs.tab(); t != nil && t.going() {
			s.hear(t.run, parttest.Events(r, 1+r.IntN(6))...)
		}
	case 5:
		s.something(r)
	default:
		s.press(names[r.IntN(len(names))])
	}
}

// something is one of the things that happen rarely.
func (s *screen) something(r *rand.Rand) {
	hostile := parttest.Hostile()
	switch r.IntN(6) {
	case 0:
		s.send(tea.PasteMsg{Content: hostile[r.IntN(len(hostile))]})
	case 1:
		s.setTheme([]*themes.Theme{themes.Notte(), themes.Giorno()}[r.IntN(2)])
		s.arrange()
	case 2:
		s.forget()
	case 3:
		if t := s.runs.tab(); t != nil && t.going() {
			s.hear(t.run, api.Done{})
		}
	case 4:
		s.send(saidMsg{text: string(api.Clean(hostile[r.IntN(len(hostile))]))})
	default:
		s.send(editedMsg{text: hostile[r.IntN(len(hostile))]})
	}
}
