package ui

import (
	"image/color"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

var white = color.White

// View has no side effects: asked twice it says the same, also after the clock
// has been asked in between.
func TestViewIsDeterministic(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(*screen){
		"home": func(*screen) {}, "running": told, "hostile": hostile(7, false), "ended": hostile(8, true),
		"help": func(s *screen) { s.press("f1") },
	} {
		s := newScreen(t, 110, 30, waiting)
		prepare(s)
		first, second := s.View(), s.View()
		if first.Content != second.Content || first.WindowTitle != second.WindowTitle || !reflect.DeepEqual(first.Cursor, second.Cursor) {
			t.Errorf("%s: the second view is not the first", name)
		}
	}
}

func TestViewIsDeclared(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 100, 30, waiting)
	v := s.View()
	if !v.AltScreen || !v.ReportFocus || v.ProgressBar != nil || v.WindowTitle != "notturno" || v.Cursor == nil {
		t.Errorf("on the first screen: %+v", v)
	}
	if v.BackgroundColor != nil || v.ForegroundColor != nil {
		t.Errorf("the terminal's own colours are taken: %+v", v)
	}
	run := s.start("task")
	if v = s.View(); v.ProgressBar == nil || !strings.Contains(v.WindowTitle, "task") {
		t.Errorf("while a run goes on: %+v", v)
	}
	s.hear(run, api.Done{})
	if v = s.View(); v.ProgressBar != nil || !strings.HasPrefix(v.WindowTitle, "done ") {
		t.Errorf("after it: %+v", v)
	}
}

// The window's title is written as it is: nothing in it may control a terminal.
func TestWindowTitleIsClean(t *testing.T) {
	t.Parallel()
	for _, task := range append(parttest.Hostile(), strings.Repeat("long ", 1000), "\x1b]0;evil\x07", "a\nb\tc\x9c\u009c\u202e") {
		s := newScreen(t, 100, 30, waiting)
		s.submit(task) // past the prompt, which cleans as well
		s.arrange()
		title := s.View().WindowTitle
		if strings.ContainsFunc(title, func(r rune) bool { return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control) }) {
			t.Errorf("the title of %.40q is %q", task, title)
		}
		if n := len([]rune(title)); n > 400 {
			t.Errorf("the title of %.40q has %d characters", task, n)
		}
	}
}

func TestCursorIsInThePrompt(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{130, 24}, {95, 20}, {70, 20}, {45, 16}, {30, 7}, {200, 9}} {
		s := newScreen(t, size[0], size[1], waiting)
		for _, text := range []string{"", "日本語", " and more words"} {
			s.write(text)
			c := s.View().Cursor
			if c == nil {
				t.Fatalf("at %v there is no cursor", size)
			}
			s.write("@")
			row := strings.Split(s.text(), "\n")[c.Y]
			if at := strings.LastIndex(row, "@"); at < 0 || len([]rune(row[:at])) > c.X {
				t.Errorf("at %v the cursor is at %d, %d, and there: %q", size, c.X, c.Y, row)
			}
		}
		s.press("f1")
		if c := s.View().Cursor; c != nil {
			t.Errorf("at %v there is a cursor beside the help", size)
		}
	}
}

// On a screen too small for panes the row that shows is the one being written.
func TestSmallScreensShowTheRowBeingWritten(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 30, 8, waiting)
	s.write("first")
	s.press("ctrl+j")
	s.write("second")
	s.press("up")
	s.write("@")
	s.shows("@")
}

func TestThemeFollowsTheTerminal(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 110, 30, waiting)
	told(s)
	dark := s.View().Content
	s.send(tea.BackgroundColorMsg{Color: color.White})
	light := s.View().Content
	if s.theme.Dark || dark == light {
		t.Error("a light background changes nothing")
	}
	for _, own := range []string{"157;180;255", "139;143;163", "86;91;115"} { // accent, muted and faint of the dark theme
		if strings.Contains(light, own) {
			t.Errorf("the colour %s of the dark theme is still there", own)
		}
	}
	if parttest.Text(strings.Split(dark, "\n")) != parttest.Text(strings.Split(light, "\n")) {
		t.Error("the words change with the theme")
	}
	s.send(tea.BackgroundColorMsg{Color: color.Black})
	if s.View().Content != dark {
		t.Error("a dark background does not bring the dark theme back")
	}
}

func TestFirstGuessOfTheTheme(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 80, 24, waiting, func(c *Config) { c.ColorFGBG = "0;15" })
	if s.theme.Dark {
		t.Error("COLORFGBG is not heeded")
	}
}

// Every key that the footer names does something where it is named.
func TestFooterNamesKeysThatWork(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(*screen){
		"home": func(*screen) {}, "running": told, "ended": hostile(9, true),
		"transcript": func(s *screen) { hostile(9, true)(s); s.press("tab") },
		"links":      func(s *screen) { hostile(9, true)(s); s.press("shift+tab") },
	} {
		s := newScreen(t, 200, 30, waiting)
		prepare(s)
		for _, hint := range s.hints() {
			words := strings.Fields(parttest.Text([]string{hint}))
			if len(words) < 2 {
				t.Errorf("%s: the hint %q has a key and no word", name, hint)
				continue
			}
			contexts := []part.Context{part.InPrompt, part.Global}
			if s.focus != onPrompt {
				contexts = []part.Context{part.InPane, part.Global}
			}
			found := false
			for _, c := range contexts {
				found = found || s.keys.Action(c, words[0]) != part.NoAction
			}
			if !found {
				t.Errorf("%s: the footer names %q, which does nothing there", name, words[0])
			}
		}
	}
}

func TestFooterTellsSilence(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	run := s.start("task")
	s.hear(run, api.Connected{})
	for _, step := range []struct {
		after time.Duration
		want  string
	}{
		{5 * time.Second, ""}, {12 * time.Second, "quiet for 12s"}, {70 * time.Second, "quiet for 1m10s"}, {400 * time.Second, "quiet for 6m40s, esc stops watching"},
	} {
		s.now = run.ByteAt.Add(step.after)
		s.send(tickMsg{})
		if step.want == "" {
			s.hides("quiet")
		} else {
			s.shows(step.want)
		}
	}
	// A comment is life, and no progress.
	s.hear(run, api.Comment{})
	run.ByteAt = s.now
	s.shows("no progress for")
	s.hides("quiet for")
}
