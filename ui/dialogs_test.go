package ui

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/dialog"
	"notturno/ui/part"
)

// chooseTheme opens the list of themes.
func (s *screen) openThemes() {
	s.config.OwnThemes = func() ([]*themes.Theme, []error) {
		own := *themes.Notte()
		own.Name = "sera"
		return []*themes.Theme{&own}, []error{errors.New("mine.toml: line 3")}
	}
	s.send(s.loadThemes())
}

func TestThePaletteHasEveryCommand(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 40, waiting)
	s.start("the task")
	for _, open := range []string{"ctrl+p", "/"} {
		s.press(open)
		s.shows("Commands")
		s.write("board")
		s.shows("Show the board of all runs", "alt+0")
		s.press("enter")
		s.shows("the task", "1 connecting")
		s.press("esc")
		s.hides("Commands")
	}
	s.press("ctrl+p")
	s.write("Run 1")
	s.shows("Run 1: the task")
	s.press("esc")
	if s.runs.tab().run.Phase.Ended() {
		t.Error("esc cancelled the run through the palette")
	}
}

// A slash within a task is a slash.
func TestASlashInTheText(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 40, waiting)
	s.write("read example.com/news?")
	s.shows("read example.com/news?")
}

func TestPaletteCommandsOfThePanes(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 40, waiting)
	run := s.start("the task")
	s.hear(run, api.TextDelta{Delta: "the answer"})
	s.press("ctrl+p")
	s.write("put the side rail")
	s.press("enter")
	s.hides("Timeline")
}

func TestThemesAreShownBeforeTheyAreChosen(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 40, waiting)
	start := s.theme.Name
	s.openThemes()
	s.shows("automatic", "giorno", "sera", "mine.toml: line 3")
	s.write("giorno")
	if s.theme.Name != "giorno" {
		t.Errorf("selecting giorno shows %s", s.theme.Name)
	}
	s.press("esc")
	if s.theme.Name != start || !s.byItself {
		t.Errorf("after esc the theme is %s", s.theme.Name)
	}
	s.openThemes()
	s.press("esc")
	s.start("a task")
	s.openThemes()
	s.write("giorno")
	s.press("alt+1", "ctrl+q")
	s.shows("Quit with 1 run going on?")
	if s.theme.Name != start {
		t.Errorf("behind the question the theme is %s", s.theme.Name)
	}
	s.press("n")
	s.openThemes()
	s.write("mono")
	s.press("enter")
	s.send(tea.BackgroundColorMsg{})
	if s.theme.Name != "mono" || s.dialog != nil {
		t.Errorf("after enter the theme is %s", s.theme.Name)
	}
	s.openThemes()
	s.write("automatic")
	s.press("enter")
	if !s.byItself || s.theme.Name != themes.For(s.dark).Name {
		t.Errorf("the automatic theme is %s", s.theme.Name)
	}
}

func TestFindInTheTranscript(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 20, waiting)
	run := s.start("the task")
	s.hear(run, api.TextDelta{Delta: api.Text("a needle\n\n" + strings.Repeat("hay\n\n", 60) + "the second Needle\n\nmore")})
	s.press("ctrl+f")
	s.write("needle")
	s.shows("needle", "of 2")
	s.press("enter")
	s.press("esc")
	if run.Phase.Ended() {
		t.Error("esc cancelled the run through the line to find in")
	}
	x, _ := s.at("eedle")
	if x < 0 {
		t.Error("what was found does not show")
	}
	s.press("n")
	first := s.text()
	s.press("n")
	if s.text() == first {
		t.Error("n does not go to the next place")
	}
	s.exact()
}

func TestReadAnItem(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 100, 24, waiting)
	run := s.start("the task")
	s.hear(run, api.ToolStart{Name: "extract", Input: `{"url":"https://example.com"}`}, api.ToolResult{Content: `{"items":[1,2]}`})
	s.want(part.Read{Item: run.Tools[0].Item})
	s.shows("extract", "\"items\"", "Input", "Result")
	s.hides("notturno") // it has the whole screen
	s.press("y")
	s.shows("copied the tool result")
	s.exact()
	s.press("esc")
	s.shows("notturno")
	if run.Phase.Ended() {
		t.Error("esc cancelled the run through the reader")
	}
	for i := range run.Items {
		s.want(part.Read{Item: i})
		s.exact()
		s.press("q")
	}
	s.want(part.Read{Item: 99})
	if s.dialog != nil {
		t.Error("an item that is not there is read")
	}
}

func TestTheBoard(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting, parallel(1))
	s.start("alpha")
	s.start("beta")
	s.start("gamma")
	s.press("alt+0")
	s.shows("alpha", "beta", "gamma", "1 connecting", "2 queued")
	s.press("up")
	s.press("J")
	s.wantPhases("alpha:connecting gamma:queued beta:queued ")
	s.press("x")
	s.wantPhases("alpha:connecting gamma:queued beta:cancelled ")
	s.press("home")
	s.press("enter")
	if s.runs.tab().run.Task != "alpha" || s.dialog != nil {
		t.Errorf("%s is in view", s.runs.tab().run.Task)
	}
}

func TestTheQRCode(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 50, waiting)
	run := s.start("task")
	s.press("tab", "tab", "tab", "Q")
	if s.dialog != nil {
		t.Error("there is a code of nothing")
	}
	s.hear(run, api.SessionData{ViewerURL: "https://viewer.example/1?token=secret"})
	s.press("Q")
	s.shows("viewer.example/1", "can watch")
	s.hides("secret")
	s.press("esc")
	s.want(part.ShowQR{URL: "javascript:alert(1)"})
	s.shows("not safe to open")
}

// Every dialog is exactly as large as it should be, at every size.
func TestDialogsAtEverySize(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{300, 100}, {120, 30}, {80, 24}, {59, 15}, {40, 10}, {20, 5}, {5, 2}, {1, 1}} {
		s := newScreen(t, size[0], size[1], waiting)
		run := s.start("task")
		s.hear(run, api.ToolStart{Name: "a"}, api.ToolResult{Content: "漢字\nb"}, api.TextDelta{Delta: "answer"})
		for _, keys := range [][]string{{"ctrl+p"}, {"ctrl+y"}, {"alt+0"}, {"f1"}, {"ctrl+f"}, {"tab", "J", "enter"}, {"ctrl+q"}} {
			s.press(keys...)
			s.exact()
			for _, then := range [][2]int{{100, 40}, {30, 6}, {0, 0}, size} {
				s.send(tea.WindowSizeMsg{Width: then[0], Height: then[1]})
				s.exact()
			}
			if s.keyboard() != nil {
				s.press("esc")
			}
			if s.keyboard() != nil {
				t.Errorf("esc does not close what %q opens at %v", keys, size)
				s.dialog = nil
			}
			if run.Phase.Ended() {
				t.Fatalf("esc cancelled the run through what %q opens", keys)
			}
		}
	}
}

// No command of the palette is silent: it does something, or says why not.
func TestEveryCommandAnswers(t *testing.T) {
	t.Parallel()
	for _, item := range dialog.Commands(part.Bindings()) {
		for _, started := range []bool{false, true} {
			s := newScreen(t, 120, 30, waiting)
			s.config.OwnThemes = func() ([]*themes.Theme, []error) { return nil, nil }
			if started {
				run := s.start("the task")
				s.hear(run, api.SessionData{ViewerURL: "https://viewer.example/1"}, api.ToolStart{Name: "extract"},
					api.ToolResult{Content: api.Text(strings.Repeat("line\n", 40))}, api.TextDelta{Delta: api.Text(strings.Repeat("answer\n\n", 40))})
			}
			before := s.text()
			cmd := s.perform(item.Intent)
			s.arrange()
			if s.text() == before && cmd == nil && item.Intent != part.Intent(part.Perform{Action: part.End}) {
				t.Errorf("%q does nothing (with a run: %v)", item.Label, started)
			}
		}
	}
}
