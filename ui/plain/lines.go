package plain

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"notturno/api"
	"notturno/state"
)

// lines reports for people: progress as lines, and the answer at the end, so
// that a pipe gets the answer alone.
type lines struct {
	out, err io.Writer
	names    map[string]string // see Config.Names
	goal     string            // of an agent, as told last
	told     int               // items before this one have been told
	failed   error
}

func newLines(out, err io.Writer, names map[string]string) *lines {
	return &lines{out: out, err: err, names: names}
}

func (l *lines) arrived(run *state.Run, a state.Arrival) error {
	if run.Agent != nil {
		return l.agentArrived(run, a)
	}
	l.thoughts(run)
	switch e := a.Event.Data.(type) {
	case api.Connected:
		l.say(run, a.At, "connected to %s", run.Backend)
	case api.Status:
		l.say(run, a.At, "status: %s", e.Status.Line())
	case api.ToolStart:
		l.say(run, a.At, "tool %s %s", e.Name.Line(), short(e.Input))
	case api.ToolResult:
		l.result(run, a.At, e)
	case api.FunctionUploaded:
		l.say(run, a.At, "function %s %s", e.FunctionName.Line(), e.FunctionID.Line())
	case api.Notice:
		l.say(run, a.At, "notice: %s", e.Text.Line())
	case api.SessionData:
		l.session(run, a.At)
	}
	return l.failed
}

func (l *lines) result(run *state.Run, at time.Time, e api.ToolResult) {
	word := "result"
	if e.Failed {
		word = "failed"
	}
	if e.Content == "" {
		l.say(run, at, "%s", word)
		return
	}
	l.say(run, at, "%s: %s", word, short(e.Content))
}

// session does not tell the link, a bearer secret: progress often ends in a
// log.
func (l *lines) session(run *state.Run, at time.Time) { l.say(run, at, "browser session live") }

// thoughts tells the blocks of reasoning that have ended since the last call.
func (l *lines) thoughts(run *state.Run) {
	for ; l.told < len(run.Items) && !run.Items[l.told].Open(); l.told++ {
		if item := run.Items[l.told]; item.Kind == state.ReasoningItem {
			l.say(run, item.EndedAt, "thought: %s", short(api.Text(item.Text())))
		}
	}
}

func (l *lines) ended(run *state.Run) error {
	if run.Agent == nil {
		l.thoughts(run)
		l.say(run, run.EndedAt, "%s · cost %s", run.Phase, run.CostText())
	} else {
		l.say(run, run.EndedAt, "%s · %d of %d steps", run.Phase, run.Agent.Steps, run.Agent.MaxSteps)
	}
	for _, line := range says(run, l.names) {
		l.say(run, run.EndedAt, "%s", line)
	}
	if answer := strings.TrimRight(run.Answer(), "\n"); answer != "" {
		if _, err := fmt.Fprintln(l.out, answer); err != nil {
			return err
		}
	}
	return l.failed
}

// say writes a line with the time since the start.
func (l *lines) say(run *state.Run, at time.Time, format string, args ...any) {
	text := strings.TrimRight(fmt.Sprintf(format, args...), " ")
	if _, err := fmt.Fprintf(l.err, "%5.1fs  %s\n", at.Sub(run.StartedAt).Seconds(), text); err != nil {
		l.failed = err
	}
}

// maxShort is how much of a text a line of progress shows, in characters.
const maxShort = 120

func short(t api.Text) string {
	// One character more than shows, so that it can be seen that there is more.
	if enough := utf8.UTFMax * (maxShort + 1); len(t) > enough {
		t = api.Text(strings.ToValidUTF8(string(t[:enough]), ""))
	}
	line := []rune(t.Line())
	if len(line) > maxShort {
		return string(line[:maxShort]) + "…"
	}
	return string(line)
}
