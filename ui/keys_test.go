package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/state"
	"notturno/ui/home"
)

func TestTabGoesRound(t *testing.T) {
	t.Parallel()
	for _, w := range []int{130, 70} {
		s := newScreen(t, w, 30, waiting)
		s.press("tab")
		if s.focus != onPrompt {
			t.Errorf("without a run the focus is on %s", s.focus)
		}
		s.start("task")
		for _, want := range []focus{onTranscript, onTimeline, onLinks, onPrompt, onTranscript} {
			s.press("tab")
			if s.focus != want {
				t.Errorf("at %d tab leads to %s, want %s", w, s.focus, want)
			}
		}
		for _, want := range []focus{onPrompt, onLinks, onTimeline, onTranscript} {
			s.press("shift+tab")
			if s.focus != want {
				t.Errorf("at %d shift+tab leads to %s, want %s", w, s.focus, want)
			}
		}
	}
}

func TestTabsShowTheFocusedPane(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 70, 20, waiting)
	s.hear(s.start("task"), api.TextDelta{Delta: "the answer"}, api.ToolStart{Name: "click"})
	s.shows("the answer")
	s.press("tab", "tab")
	s.shows("● click")
	s.hides("the answer")
	s.press("tab")
	s.shows("no session yet")
	s.press("tab") // the prompt; the pane stays
	s.shows("no session yet")
}

// The keyboard is never with a pane that does not show.
func TestFocusIsOnWhatShows(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 130, 30, waiting)
	s.start("task")
	s.press("shift+tab")
	s.press("ctrl+b")
	s.hides("Browser")
	if s.focus > onTranscript {
		t.Errorf("with the rail put away the focus is on %s", s.focus)
	}
	for range 5 {
		s.press("tab")
		if s.focus > onTranscript {
			t.Errorf("tab leads to %s, which does not show", s.focus)
		}
	}
	s.send(tea.WindowSizeMsg{Width: 70, Height: 30})
	for s.focus != onLinks {
		s.press("tab")
	}
	s.send(tea.WindowSizeMsg{Width: 130, Height: 30})
	if s.focus > onTranscript {
		t.Errorf("on a wider screen the focus is on %s", s.focus)
	}
	s.send(tea.WindowSizeMsg{Width: 30, Height: 8})
	s.press("tab", "tab")
	if s.focus != onPrompt {
		t.Errorf("on a screen without panes the focus is on %s", s.focus)
	}
}

func TestHelpOpensAndCloses(t *testing.T) {
	t.Parallel()
	for _, open := range []string{"f1", "?"} {
		for _, closing := range []string{"esc", "f1", "?", "ctrl+c"} {
			s := newScreen(t, 120, 30, waiting)
			run := s.start("task")
			s.press(open)
			s.shows("start the task")
			s.press(closing)
			s.hides("start the task")
			if run.Phase.Ended() {
				t.Errorf("%s closes the help and cancels the run", closing)
			}
		}
	}
	s := newScreen(t, 120, 30, waiting)
	s.write("why")
	s.press("?")
	s.shows("› why?")
}

func TestHelpKnowsTheTerminal(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 60, waiting)
	s.press("f1")
	s.hides("shift+enter")
	s.press("esc")
	s.send(tea.KeyboardEnhancementsMsg{Flags: 1})
	s.press("f1")
	s.shows("shift+enter")
}

func TestLettersWriteWhereThePromptHasTheKeyboard(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	s.start("task")
	s.write("jkgGduoy")
	s.shows("› jkgGduoy")
	s.press("tab")
	s.write("jk")
	s.shows("› jkgGduoy")
	s.send(tea.PasteMsg{Content: " pasted"}) // a paste goes to the prompt, and the keyboard with it
	s.shows("› jkgGduoy pasted")
	if s.focus != onPrompt {
		t.Errorf("after a paste the focus is on %s", s.focus)
	}
}

func TestPagingFromThePrompt(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 20, waiting)
	run := s.start("task")
	for range 40 {
		s.hear(run, api.TextDelta{Delta: "a paragraph\n\n"})
	}
	s.hear(run, api.TextDelta{Delta: "the last"})
	s.shows("the last")
	s.write("a draft")
	s.press("pgup", "pgup")
	s.hides("the last")
	s.shows("▼ ", "rows · end")
	s.hear(run, api.TextDelta{Delta: "\n\nnewer"})
	s.shows("▼ 2 new rows · end")
	s.press("ctrl+c", "ctrl+c", "end") // cancels, clears; on an empty prompt end goes to the end
	s.shows("cancelled")
	s.hides("▼")
}

func TestExamples(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	s.write("mine")
	s.press("alt+2")
	s.shows("› second example")
	s.press("alt+9")
	s.shows("there is no run 9", "› second example")
	s.press("ctrl+c", "alt+1", "enter")
	if s.runs.tab() == nil || s.runs.tab().run.Task != "first example" {
		t.Error("enter does not start the example")
	}
}

// TestExamplesThatDoNotShow checks that no key takes a task that the person
// cannot see.
func TestExamplesThatDoNotShow(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	s.home = home.New(s.theme, "", []string{"one", "two", "three", "four", "five", "six"})
	s.press("alt+6")
	s.shows("there is no run 6")
	if !s.prompt.Empty() {
		t.Error("alt+6 took a task that the first screen does not show")
	}
}

// TestPasteKey checks that ctrl+v ends in the prompt, or says why not.
func TestPasteKey(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	_, cmd := s.Update(tea.KeyPressMsg{Code: 'v', Mod: tea.ModCtrl})
	if cmd == nil {
		t.Fatal("ctrl+v reads no clipboard")
	}
	switch msg := readClipboard().(type) {
	case tea.PasteMsg:
	case saidMsg:
		s.Update(msg)
		s.shows("paste with the terminal's own key")
	default:
		t.Errorf("the clipboard gave %T", msg)
	}
	s.Update(tea.PasteMsg{Content: "from the clipboard"})
	s.shows("› from the clipboard")
}

func TestNewTaskBesideTheRuns(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	s.start("task")
	s.press("ctrl+n")
	s.shows("Type a task in plain English", "1 run going on", "1 task")
	s.press("esc")
	if s.runs.tab() == nil || s.runs.tab().run.Phase.Ended() {
		t.Error("esc on the first screen does not lead back to a live run")
	}
}

func TestReasoningGoesRound(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 40, waiting)
	run := s.start("task")
	s.hear(run, api.ThinkingDelta{Delta: "the first thought\n\nthe second"}, api.TextDelta{Delta: "answer"})
	s.hides("the first thought")
	s.press("ctrl+t")
	s.shows("the first thought", "reasoning: all of it")
	s.press("ctrl+t")
	s.hides("the first thought")
	s.shows("reasoning: folded")
	s.press("ctrl+t")
	s.shows("reasoning: its end")
}

func TestViewerLink(t *testing.T) {
	t.Parallel()
	s := newScreen(t, 120, 30, waiting)
	run := s.start("task")
	if cmd := s.press("ctrl+o"); cmd != nil {
		t.Error("something is opened before there is a link")
	}
	s.shows("there is no viewer link yet")
	s.hear(run, api.SessionData{ViewerURL: "javascript:alert(1)"})
	if cmd := s.press("ctrl+o"); cmd != nil {
		t.Error("an unsafe link is opened")
	}
	s.shows("not safe to open")
	s.hear(run, api.SessionData{ViewerURL: "https://viewer.example/1?token=secret"})
	s.hides("opening")
	if cmd := s.press("ctrl+o"); cmd == nil {
		t.Error("the link is not opened")
	}
	s.shows("opening viewer.example/1")
	s.hides("secret")
}

func TestNotifyOnlyWhenTheWindowIsNotInFront(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		unfocused bool
		took      time.Duration
		want      bool
	}{
		{false, time.Minute, false}, {true, time.Minute, true}, {true, 5 * time.Second, false},
	} {
		s := newScreen(t, 120, 30, waiting)
		s.submit("evil\x1b]0;title\x07") // past the prompt, which cleans as well
		run := s.runs.tab().run
		if test.unfocused {
			s.send(tea.BlurMsg{})
		}
		end := state.Arrival{Seq: 1, At: run.StartedAt.Add(test.took)}
		end.Event.Data = api.Done{}
		run.Apply([]state.Arrival{end})
		cmd := s.ended(s.runs.tab())
		if (cmd != nil) != test.want {
			t.Errorf("unfocused %v, after %v: a notification is sent: %v", test.unfocused, test.took, cmd != nil)
		}
		if cmd != nil {
			raw, ok := cmd().(tea.RawMsg)
			if text, _ := raw.Msg.(string); !ok || strings.Count(text, "\x1b") != 1 || !strings.HasSuffix(text, "\a") {
				t.Errorf("the notification is %q", text)
			}
		}
	}
}
