package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
)

// at is the cell where the words begin on the screen.
func (s *screen) at(words string) (x, y int) {
	s.t.Helper()
	for y, row := range strings.Split(s.text(), "\n") {
		if before, _, found := strings.Cut(row, words); found {
			return len([]rune(before)), y
		}
	}
	s.t.Fatalf("%q is not on the screen:\n%s", words, s.text())
	return 0, 0
}

func (s *screen) clickOn(words string) {
	s.t.Helper()
	x, y := s.at(words)
	s.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

func TestClicks(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	s.start("first")
	run := s.start("second")
	s.hear(run, api.ToolStart{Name: "open_page"}, api.ToolResult{Content: "200 OK"}, api.TextDelta{Delta: "the answer"})
	for _, step := range []struct {
		words string
		want  focus
	}{{"the answer", onTranscript}, {"Timeline", onTimeline}, {"Browser", onLinks}, {"Describe a task", onPrompt}} {
		s.clickOn(step.words)
		if s.focus != step.want {
			t.Errorf("a click on %q gives the keyboard to %s, want %s", step.words, s.focus, step.want)
		}
	}
	s.clickOn("1 first")
	if s.runs.tab().run.Task != "first" {
		t.Error("a click on a run of the run bar does not show it")
	}
}

func TestClicksOnTheNamesOfPanes(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 70, 20, waiting)
	s.start("task")
	for name, want := range map[string]focus{"Timeline": onTimeline, "Links": onLinks, "Answer": onTranscript} {
		s.clickOn(name)
		if s.pane != want {
			t.Errorf("a click on %s shows %s", name, s.pane)
		}
	}
}

func TestTheWheelScrollsWhatIsUnderIt(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	run := s.start("task")
	s.hear(run, api.TextDelta{Delta: api.Text(strings.Repeat("a paragraph\n\n", 60))})
	s.hides("▼")
	s.send(tea.MouseWheelMsg{X: 10, Y: 10, Button: tea.MouseWheelUp})
	s.shows("▼ 3 rows · end")
	s.clickOn("▼ 3 rows")
	s.hides("▼")
}

// Whatever the mouse does wherever, the screen stays whole.
func TestTheMouseEverywhere(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 30}, {70, 20}, {45, 12}, {20, 5}, {1, 1}} {
		s := newScreen(t, size[0], size[1], waiting)
		run := s.start("task")
		s.hear(run, api.ToolStart{Name: "a"}, api.TextDelta{Delta: "answer"}, api.SessionData{ViewerURL: "https://viewer.example/"})
		for _, open := range []string{"", "ctrl+p", "ctrl+f", "alt+0", "f1", "ctrl+y"} {
			for y := -1; y <= s.h; y += 4 {
				for x := -1; x <= s.w; x += 19 {
					if open != "" && s.keyboard() == nil {
						s.press(open)
					}
					s.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
					s.send(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
					s.exact()
				}
			}
			if s.keyboard() != nil {
				s.press("esc")
			}
		}
	}
}

func TestTheMouseCanBeReleased(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	if s.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("the mouse is not ours at the start")
	}
	s.press("ctrl+\\")
	s.shows("mouse released", "ctrl+\\")
	if s.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is not released")
	}
	s.press("ctrl+\\")
	s.hides("mouse released")
	if released := newScreen(t, 80, 24, waiting, func(c *Config) { c.NoMouse = true }); released.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is taken although it should not be")
	}
}
