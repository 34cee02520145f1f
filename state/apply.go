package state

import (
	"strings"
	"time"

	"notturno/api"
)

// Apply folds arrivals into the run, in order. After the run has ended nothing
// changes but Closed, and what became of its agent.
func (r *Run) Apply(batch []Arrival) {
	for _, a := range batch {
		r.apply(a)
	}
}

func (r *Run) apply(a Arrival) {
	if r.Agent != nil && !a.End {
		r.Agent.unread = false
	}
	if a.Agent != nil && r.Agent != nil {
		r.learn(*a.Agent)
	}
	if a.End {
		r.Closed = true
		if !r.Phase.Ended() {
			r.endByError(a)
		}
		return
	}
	if r.Phase.Ended() {
		return
	}
	if a.Agent != nil {
		return
	}
	r.ByteAt = a.At
	if _, comment := a.Event.Data.(api.Comment); comment || a.Event.Data == nil {
		return
	}
	r.ProgressAt = a.At
	r.Phase = Running
	r.Events++
	r.rate.count(a.At)
	r.fold(a.Event.Data, a.At)
	if r.Agent != nil {
		r.Agent.work(a.Event.Data, a.At)
	}
}

func (r *Run) fold(data api.Data, at time.Time) {
	switch e := data.(type) {
	case api.Connected:
		r.setThread(e.ThreadID)
	case api.Status:
		r.setStatus(e.Status)
	case api.ThinkingDelta:
		r.write(ReasoningItem, e.Delta, at)
	case api.TextDelta:
		r.write(AnswerItem, e.Delta, at)
	case api.ToolStart:
		r.startTool(e, at)
	case api.ToolResult:
		r.endTool(e, at)
	case api.MessageComplete, api.Mark:
		r.closeBlock(at)
	case api.SessionData:
		r.addSession(e.ViewerURL, at)
	case api.FunctionUploaded:
		r.addFunction(Function{ID: e.FunctionID, Name: e.FunctionName, CreatedAt: e.CreatedAt})
	case api.Notice:
		r.notice(e.Text, at)
	case api.Unknown:
		r.countUnknown(e.Name)
	default:
		r.foldTerminal(data, at)
	}
}

func (r *Run) foldTerminal(data api.Data, at time.Time) {
	if r.Agent != nil {
		r.Agent.over = api.Terminal(data)
	}
	switch e := data.(type) {
	case api.Done:
		r.Cost = e.TotalCostUSD
		r.setThread(e.ThreadID)
		if r.Agent != nil {
			r.finishAgent(at)
			return
		}
		if e.FunctionID != "" {
			r.addFunction(Function{ID: e.FunctionID})
		}
		r.end(Done, at, nil)
	case api.Failed:
		if r.Agent != nil {
			r.failAgent(e, at)
			return
		}
		r.end(Failed, at, &Failure{Message: orElse(e.Error, "the agent failed"), Detail: e.Detail})
	case api.TimedOut:
		r.end(TimedOut, at, &Failure{Message: orElse(e.Reason, "the agent ran out of time"), Detail: e.Detail})
	case api.Cancelled:
		r.end(Cancelled, at, &Failure{Message: orElse(e.Reason, "cancelled by the service")})
	}
}

// write appends to the open block of the kind, or begins a new one.
func (r *Run) write(kind ItemKind, delta api.Text, at time.Time) {
	if delta == "" {
		return
	}
	last := r.last()
	if last == nil || last.Kind != kind || !last.Open() {
		r.closeBlock(at)
		last = r.add(kind, at)
	}
	last.text.WriteString(string(delta))
	r.answered = r.answered || kind == AnswerItem
}

// closeBlock ends the block of reasoning or answer that is being written.
func (r *Run) closeBlock(at time.Time) {
	last := r.last()
	if last != nil && last.Open() && (last.Kind == ReasoningItem || last.Kind == AnswerItem) {
		last.EndedAt = at
	}
}

func (r *Run) notice(text api.Text, at time.Time) {
	r.closeBlock(at)
	item := r.add(NoticeItem, at)
	item.text.WriteString(string(text))
	item.EndedAt = at
}

func (r *Run) add(kind ItemKind, at time.Time) *Item {
	item := &Item{Kind: kind, StartedAt: at}
	r.Items = append(r.Items, item)
	return item
}

func (r *Run) last() *Item {
	if len(r.Items) == 0 {
		return nil
	}
	return r.Items[len(r.Items)-1]
}

// end closes everything that is open and puts the outcome last.
func (r *Run) end(phase Phase, at time.Time, failure *Failure) {
	r.closeBlock(at)
	for _, t := range r.Tools[r.firstOpen:] {
		if t.State == ToolOpen {
			t.State = ToolUnfinished
			r.Items[t.Item].EndedAt = at
		}
	}
	r.Phase, r.EndedAt, r.Failure = phase, r.endsAt(at), failure
	item := r.add(OutcomeItem, at)
	item.EndedAt = at
}

func (r *Run) setStatus(status api.Text) {
	r.Status = status
	if r.Agent != nil {
		r.Agent.setGoal(status)
	}
}

func (r *Run) setThread(id api.Text) {
	if id != "" {
		r.Thread = id
	}
}

func (r *Run) addSession(viewerURL api.Text, at time.Time) {
	if viewerURL == "" {
		return
	}
	for _, s := range r.Sessions {
		if s.ViewerURL == viewerURL {
			return
		}
	}
	r.Sessions = append(r.Sessions, Session{ViewerURL: viewerURL, At: at})
}

// addFunction keeps one entry per id: "done" repeats the id of a function that
// was named before.
func (r *Run) addFunction(f Function) {
	for i, known := range r.Functions {
		if known.ID == f.ID {
			if f.Name != "" {
				r.Functions[i].Name = f.Name
			}
			if !f.CreatedAt.IsZero() {
				r.Functions[i].CreatedAt = f.CreatedAt
			}
			return
		}
	}
	r.Functions = append(r.Functions, f)
}

func (r *Run) countUnknown(name api.Text) {
	if r.Unknown == nil {
		r.Unknown = map[string]int{}
	}
	r.Unknown[name.Line()]++
}

func orElse(t, fallback api.Text) api.Text {
	if strings.TrimSpace(string(t)) == "" {
		return fallback
	}
	return t
}
