package ui

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"notturno/api"
	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// screen is an App without a terminal: messages go in, the view comes out.
// Commands run only where a test asks for it.
type screen struct {
	*App
	t   testing.TB
	now time.Time
	msg chan tea.Msg // what commands return, while until runs them
}

// waiting is a service that accepts every run and says nothing until its
// client goes.
func waiting(w http.ResponseWriter, r *http.Request) {
	begin(w, r)
	<-r.Context().Done()
}

// begin answers a start with a stream that is open.
func begin(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // only then does net/http notice that the client has gone
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	w.(http.Flusher).Flush()
}

// newScreen is an App of w×h cells on a service that answers with handler.
func newScreen(t testing.TB, w, h int, handler http.HandlerFunc, change ...func(*Config)) *screen {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	client, err := api.New(api.Config{AnythingURL: server.URL, APIURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, now: parttest.Start(), msg: make(chan tea.Msg, 1024)}
	config := Config{
		Client: client, Backend: state.LocalBackend, About: "The local backend answers.",
		Examples: []string{"first example", "second example"}, MaxParallel: 4, Now: func() time.Time { return s.now },
	}
	for _, c := range change {
		c(&config)
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	s.App = New(ctx, config)
	s.Init()
	s.send(tea.WindowSizeMsg{Width: w, Height: h})
	// A terminal that counts cells as parttest does.
	s.send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
	return s
}

func (s *screen) send(msg tea.Msg) tea.Cmd {
	_, cmd := s.Update(msg)
	return cmd
}

// key is a key press by its name, as in the key table.
func key(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"home": tea.KeyHome, "end": tea.KeyEnd, "f1": tea.KeyF1, "f2": tea.KeyF2, "space": tea.KeySpace, "backspace": tea.KeyBackspace,
	}
	mods := map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "alt": tea.ModAlt, "shift": tea.ModShift}
	var k tea.KeyPressMsg
	words := strings.Split(name, "+")
	for _, w := range words[:len(words)-1] {
		k.Mod |= mods[w]
	}
	last := words[len(words)-1]
	if code, ok := codes[last]; ok {
		k.Code = code
		return k
	}
	k.Code = []rune(last)[0]
	if k.Mod == 0 {
		k.Text = last
	}
	return k
}

// press sends keys by name and returns the last command.
func (s *screen) press(names ...string) tea.Cmd {
	var cmd tea.Cmd
	for _, name := range names {
		cmd = s.send(key(name))
	}
	return cmd
}

func (s *screen) write(text string) {
	for _, r := range text {
		s.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// start types a task and starts it. Its stream is not read: tests tell what
// arrives with hear.
func (s *screen) start(task string) *state.Run {
	s.t.Helper()
	s.write(task)
	s.press("enter")
	if s.runs.tab() == nil || s.runs.tab().run.Task != task {
		s.t.Fatalf("the task %q is not in view", task)
	}
	return s.runs.tab().run
}

// want performs an intent as if a piece had answered with it.
func (s *screen) want(intent part.Intent) {
	s.perform(intent)
	s.arrange()
}

// forget lets the word in the footer pass.
func (s *screen) forget() {
	s.now = s.now.Add(noticeTime + time.Second)
	s.send(tickMsg{})
}

// hear is what the run says next.
func (s *screen) hear(run *state.Run, events ...api.Data) tea.Cmd {
	return s.take(run, parttest.Arrivals(run, events...))
}

// hearEnd closes the connection of the run.
func (s *screen) hearEnd(run *state.Run, err error) {
	s.take(run, []state.Arrival{parttest.End(run, err)})
}

// take is what Update does with a batch. Of a run that is not there any more it
// is dropped.
func (s *screen) take(run *state.Run, arrivals []state.Arrival) tea.Cmd {
	t := s.runs.byID(run.ID)
	if t == nil {
		return nil
	}
	cmd := s.fold(t, arrivals)
	s.arrange()
	return tea.Batch(cmd, s.wind())
}

// text is what the screen shows.
func (s *screen) text() string {
	return parttest.Text(strings.Split(s.View().Content, "\n"))
}

func (s *screen) shows(words ...string) {
	s.t.Helper()
	text := s.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			s.t.Errorf("the screen does not show %q:\n%s", w, text)
		}
	}
}

func (s *screen) hides(words ...string) {
	s.t.Helper()
	text := s.text()
	for _, w := range words {
		if strings.Contains(text, w) {
			s.t.Errorf("the screen shows %q:\n%s", w, text)
		}
	}
}

// exact checks the whole screen against its size.
func (s *screen) exact() {
	s.t.Helper()
	content := s.View().Content
	if s.w <= 0 || s.h <= 0 {
		if content != "" {
			s.t.Fatalf("at %d×%d: %q", s.w, s.h, content)
		}
		return
	}
	parttest.CheckRows(s.t, strings.Split(content, "\n"), s.w, s.h)
}

// until runs cmd, and every command that follows from it, until done.
func (s *screen) until(cmd tea.Cmd, what string, done func() bool) {
	s.t.Helper()
	deadline := time.After(20 * time.Second)
	s.run(cmd)
	for !done() {
		select {
		case msg := <-s.msg:
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, c := range batch {
					s.run(c)
				}
				continue
			}
			s.run(s.send(msg))
		case <-deadline:
			s.t.Fatalf("never: %s\n%s", what, s.text())
		}
	}
}

// run runs a command as Bubble Tea does, beside everything else.
func (s *screen) run(cmd tea.Cmd) {
	if cmd != nil {
		go func() { s.msg <- cmd() }()
	}
}

// say writes one event of the first stream generation.
func say(w http.ResponseWriter, event string) {
	_, _ = fmt.Fprintf(w, "data: %s\n\n", event)
	w.(http.Flusher).Flush()
}
