package ui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/ui/part/parttest"
)

func TestArrange(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		w, h            int
		panes, hideRail bool
		shape           shape
		main, rail      int
	}{
		{0, 0, true, false, card, 0, 0},
		{39, 50, true, false, card, 39, 0},
		{200, 9, true, false, card, 200, 0},
		{40, 10, true, false, tabs, 40, 0},
		{59, 30, true, false, tabs, 59, 0},
		{60, 30, true, false, tabs, 60, 0},
		{89, 30, true, false, tabs, 89, 0},
		{90, 30, true, false, rail, 57, 32},
		{119, 30, true, false, rail, 86, 32},
		{120, 30, true, false, rail, 79, 40},
		{300, 100, true, false, rail, 259, 40},
		{120, 30, true, true, rail, 120, 0},
		{89, 30, true, true, tabs, 89, 0},
		{120, 30, false, false, rail, 120, 0},
		{60, 30, false, false, rail, 60, 0},
	} {
		l := arrange(test.w, test.h, 1, test.panes, test.hideRail)
		if l.shape != test.shape || l.main != test.main || l.rail != test.rail {
			t.Errorf("%d×%d, panes %v, rail hidden %v: %+v", test.w, test.h, test.panes, test.hideRail, l)
		}
		if l.compact != (test.w < 60) {
			t.Errorf("%d wide is compact: %v", test.w, l.compact)
		}
	}
}

func TestArrangeAddsUp(t *testing.T) {
	t.Parallel()
	for w, h := range parttest.Sizes() {
		for want := range 40 {
			for _, panes := range []bool{true, false} {
				l := arrange(w, h, want, panes, false)
				if l.shape != card && (l.body < minBodyHeight || l.prompt < 1 || l.body+l.prompt+chromeHeight != h) {
					t.Fatalf("%d×%d with %d rows of text: %+v", w, h, want, l)
				}
				if l.prompt > h || l.prompt > max(1, h/3) {
					t.Fatalf("%d×%d with %d rows of text: the prompt takes %d", w, h, want, l.prompt)
				}
				if width := l.main + l.rail; l.rail > 0 && width+1 != w || l.rail == 0 && width != w {
					t.Fatalf("%d×%d: the panes are %d and %d wide", w, h, l.main, l.rail)
				}
			}
		}
	}
}

// told is a run in the middle of its work.
func told(s *screen) {
	run := s.start("list the top 3 posts of 127.0.0.1:41207/news")
	s.hear(run,
		api.Connected{},
		api.SessionData{ViewerURL: "http://127.0.0.1:41207/view/9b1f?token=secret"},
		api.ThinkingDelta{Delta: "One block repeats 30 times: rank, title, points."},
		api.ToolStart{Name: "open_page"}, api.ToolResult{Content: "200 OK"},
		api.TextDelta{Delta: "## Top 3 posts\n\n1. A tiny database in 900 lines · 211 points\n2. "},
		api.ToolStart{Name: "extract"},
	)
	s.now = s.now.Add(7e9)
	s.send(tickMsg{})
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{130, 24}, {95, 20}, {70, 20}, {45, 16}, {30, 7}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			s := newScreen(t, size[0], size[1], waiting, func(c *Config) { c.ReducedMotion = true })
			told(s)
			golden.RequireEqual(t, s.text())
		})
	}
	t.Run("home", func(t *testing.T) {
		t.Parallel()
		golden.RequireEqual(t, newScreen(t, 80, 24, waiting).text())
	})
}

func TestWhatShowsAtEverySize(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 130, 24, waiting)
	told(s)
	for w, h := range parttest.Sizes() {
		s.send(tea.WindowSizeMsg{Width: w, Height: h})
		text := s.text()
		panes := map[string]bool{"Timeline": w >= 40 && h >= 10, "● live": w >= 90 && h >= 10, "│": w >= 40 && h >= 10, "Links": w >= 40 && w < 90 && h >= 10}
		for word, want := range panes {
			if strings.Contains(text, word) != want {
				t.Errorf("at %d×%d %q shows: %v, want %v\n%s", w, h, word, !want, want, text)
			}
		}
		if w >= 16 && h >= 7 && (!strings.Contains(text, "running 0:07") || !strings.Contains(text, "esc") || !strings.Contains(text, "list the ")) {
			t.Errorf("at %d×%d the state, the task or the cancel key is missing:\n%s", w, h, text)
		}
	}
}

// Whatever a run says, in whatever state the screen is, every row is exactly as
// wide as the terminal.
func TestScreenIsExactAtEverySize(t *testing.T) {
	t.Parallel()
	states := map[string]func(*screen){
		"home":    func(s *screen) { s.write("日本語のタスク") },
		"pasted":  func(s *screen) { s.send(tea.PasteMsg{Content: strings.Repeat("漢字\n", 300)}) },
		"running": hostile(1, false),
		"ended":   hostile(2, true),
		"help":    func(s *screen) { hostile(3, false)(s); s.press("f1") },
		"question": func(s *screen) {
			hostile(4, false)(s)
			s.press("ctrl+q")
		},
		"many runs": func(s *screen) {
			for range 9 {
				s.start("日本語の長い長い長い長い長い長いタスク")
			}
			s.press("alt+4")
		},
		"light, in the timeline": func(s *screen) {
			hostile(5, false)(s)
			s.send(tea.BackgroundColorMsg{Color: white})
			s.press("tab", "tab")
		},
	}
	for name, prepare := range states {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScreen(t, 100, 30, waiting)
			prepare(s)
			for w, h := range parttest.Sizes() {
				s.send(tea.WindowSizeMsg{Width: w, Height: h})
				s.exact()
				if c := s.View().Cursor; c != nil && (c.X < 0 || c.X >= w || c.Y < 0 || c.Y >= h) {
					t.Fatalf("at %d×%d the cursor is at %d, %d", w, h, c.X, c.Y)
				}
			}
		})
	}
}

// hostile is a run that says what is hard to draw.
func hostile(seed uint64, ended bool) func(*screen) {
	return func(s *screen) {
		r := rand.New(rand.NewPCG(seed, 1))
		texts := parttest.Hostile()
		s.send(tea.PasteMsg{Content: texts[5+int(seed)]})
		s.press("enter")
		run := s.runs.tab().run
		s.hear(run, parttest.Events(r, 25)...)
		if ended {
			s.hear(run, parttest.Terminal(r))
			s.hearEnd(run, nil)
		}
	}
}

func FuzzScreen(f *testing.F) {
	f.Add(uint64(1), 80, 24, "task", "tab down up f1 esc ctrl+b ctrl+t ctrl+n esc")
	f.Add(uint64(2), 1, 1, "1️⃣", "esc ctrl+c ctrl+c ctrl+q y")
	f.Fuzz(func(t *testing.T, seed uint64, w, h int, task, keys string) {
		s := newScreen(t, min(max(w, 0), 300), min(max(h, 0), 100), waiting)
		s.send(tea.PasteMsg{Content: task})
		s.press("enter")
		r := rand.New(rand.NewPCG(seed, 2))
		words := strings.Fields(keys)
		for i := range min(len(words), 20) {
			if t := s.runs.tab(); t != nil {
				s.hear(t.run, parttest.Events(r, 3)...)
			}
			if name := words[i]; !strings.HasSuffix(name, "+") && name != "ctrl+z" {
				s.press(name)
			}
			s.exact()
		}
	})
}
