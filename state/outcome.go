package state

import (
	"fmt"
	"slices"
	"strings"

	"notturno/api"
)

// LocalBackend is the Backend of runs on the local backend, where closing the
// stream is known to stop the agent.
const LocalBackend = "local"

// CostText is the cost as people read it, "—" when it is not known.
func (r *Run) CostText() string {
	if r.Cost == nil {
		return "—"
	}
	return fmt.Sprintf("$%.4f", *r.Cost)
}

// OutcomeLines tell how the run ended and what is known about it, as plain
// text, one matter a line. They are empty while it goes on.
func (r *Run) OutcomeLines() []string {
	if !r.Phase.Ended() {
		return nil
	}
	var lines []string
	add := func(line string) {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	if r.Failure != nil {
		add(string(r.Failure.Message))
		add(string(r.Failure.Detail))
		if r.Failure.Next != "" {
			add("→ " + r.Failure.Next)
		}
	}
	switch {
	case r.Agent != nil && !r.unsent:
		for _, line := range r.AgentLines() {
			add(line)
		}
	case r.Phase == Cancelled && r.Failure == nil:
		add(r.cancelText())
	}
	add(r.unknownText())
	return lines
}

// cancelText says what is known to have stopped, and only that: no cancel call
// of the Anything API is documented, so at Notte only the watching ends.
func (r *Run) cancelText() string {
	if r.unsent {
		return "dropped from the queue; it was never sent"
	}
	stream := "closing the stream…"
	if r.Closed {
		stream = "stream closed"
	}
	if r.Backend == LocalBackend {
		return stream + "; the local agent stops with it"
	}
	text := stream + "; stopped watching: the service may finish, and bill, this run"
	if r.Thread != "" {
		text += " (thread " + r.Thread.Line() + ")"
	}
	return text
}

func (r *Run) unknownText() string {
	if len(r.Unknown) == 0 {
		return ""
	}
	var names []string
	total := 0
	for name, n := range r.Unknown {
		names = append(names, name)
		total += n
	}
	slices.Sort(names)
	if len(names) > 5 {
		names = append(names[:5], "…")
	}
	return fmt.Sprintf("%d events of types that this version does not know: %s", total, strings.Join(names, ", "))
}

// Headline is the run's phase, duration and cost on one line.
func (r *Run) Headline(elapsed string) string {
	parts := []string{r.Phase.String(), elapsed}
	if r.Phase == Done || r.Cost != nil {
		parts = append(parts, "cost "+r.CostText())
	}
	return strings.Join(parts, " · ")
}

// ViewerURL is the newest viewer link, or empty.
func (r *Run) ViewerURL() api.Text {
	if len(r.Sessions) == 0 {
		return ""
	}
	return r.Sessions[len(r.Sessions)-1].ViewerURL
}
