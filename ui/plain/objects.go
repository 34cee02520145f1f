package plain

import (
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode"
	"unicode/utf8"

	"notturno/api"
	"notturno/state"
)

// objects reports for programs: one JSON object a line for each event that the
// service sent, as it was, and a last one with the outcome. Control characters
// are escaped, as JSON escapes them.
type objects struct {
	out   io.Writer
	names map[string]string // see Config.Names
	seq   int
}

func newObjects(out io.Writer, names map[string]string) *objects {
	return &objects{out: out, names: names}
}

// event is a line about an event. Seq counts the lines.
type event struct {
	Seq   int             `json:"seq"`
	At    time.Time       `json:"at"`
	Type  string          `json:"type"`
	Event json.RawMessage `json:"event"`
}

// notice is a line about something that the program noticed by itself.
type notice struct {
	Seq    int       `json:"seq"`
	At     time.Time `json:"at"`
	Type   string    `json:"type"`
	Notice api.Text  `json:"notice"`
}

// outcome is the last line.
type outcome struct {
	Seq       int       `json:"seq"`
	At        time.Time `json:"at"`
	Type      string    `json:"type"` // "outcome"
	Phase     string    `json:"phase"`
	ExitCode  int       `json:"exit_code"`
	Answer    string    `json:"answer"`
	CostUSD   *float64  `json:"cost_usd"`
	Thread    string    `json:"thread_id"`
	Functions []string  `json:"function_ids"`
	Says      []string  `json:"says"` // what is known about how it ended
	Agent     *agent    `json:"agent,omitempty"`
}

func (o *objects) arrived(run *state.Run, a state.Arrival) error {
	if a.Agent != nil {
		if !shows(*a.Agent) {
			return nil
		}
		o.seq++
		return o.write(agentNews{Seq: o.seq, At: a.At.UTC(), Type: "agent", Agent: agentOf(run.Agent)})
	}
	if e, ok := a.Event.Data.(api.Notice); ok {
		o.seq++
		return o.write(notice{Seq: o.seq, At: a.At.UTC(), Type: e.Type(), Notice: e.Text})
	}
	if a.Event.Raw == nil {
		return nil
	}
	o.seq++
	return o.write(event{Seq: o.seq, At: a.At.UTC(), Type: a.Event.Data.Type(), Event: a.Event.Raw})
}

func (o *objects) ended(run *state.Run) error {
	o.seq++
	last := outcome{
		Seq: o.seq, At: run.EndedAt.UTC(), Type: "outcome", Phase: run.Phase.String(), ExitCode: ExitCode(run),
		Answer: run.Answer(), CostUSD: run.Cost, Thread: string(run.Thread), Functions: []string{}, Says: []string{},
	}
	for _, f := range run.Functions {
		last.Functions = append(last.Functions, string(f.ID))
	}
	last.Says = append(last.Says, says(run, o.names)...)
	if run.Agent != nil {
		last.Agent = agentOf(run.Agent)
	}
	return o.write(last)
}

func (o *objects) write(line any) error {
	encoded, err := json.Marshal(line)
	if err != nil {
		return err
	}
	_, err = o.out.Write(append(escapeControls(encoded), '\n'))
	return err
}

// escapeControls escapes what JSON allows inside strings but a terminal obeys:
// DEL, C1 controls and bidirectional controls.
func escapeControls(line []byte) []byte {
	escaped := make([]byte, 0, len(line))
	for _, r := range string(line) {
		if r == 0x7f || (r >= 0x80 && r < 0xa0) || unicode.Is(unicode.Bidi_Control, r) {
			escaped = fmt.Appendf(escaped, "\\u%04x", r)
			continue
		}
		escaped = utf8.AppendRune(escaped, r)
	}
	return escaped
}
