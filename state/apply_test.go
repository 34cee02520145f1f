package state

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"notturno/api"
)

var start = time.Date(2026, 5, 4, 9, 12, 0, 0, time.UTC)

// arrivals stamps events one second apart.
func arrivals(events ...api.Data) []Arrival {
	var out []Arrival
	for i, e := range events {
		out = append(out, Arrival{Seq: i + 1, At: start.Add(time.Duration(i+1) * time.Second), Event: api.Event{Data: e}})
	}
	return out
}

func begun() *Run {
	r := New("1", LocalBackend, "list the top 3 posts", start)
	r.Connect(start)
	return r
}

// dump is everything that a run shows, to compare runs by.
func dump(r *Run) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s ended %v cost %s thread %s status %q events %d closed %v unknown %v\n",
		r.ID, r.Phase, r.EndedAt, r.CostText(), r.Thread, r.Status, r.Events, r.Closed, r.Unknown)
	fmt.Fprintf(&b, "byte %v progress %v failure %+v\nsessions %+v\nfunctions %+v\n", r.ByteAt, r.ProgressAt, r.Failure, r.Sessions, r.Functions)
	for i, item := range r.Items {
		fmt.Fprintf(&b, "item %d kind %d %q from %v to %v\n", i, item.Kind, item.Text(), item.StartedAt, item.EndedAt)
		if item.Tool != nil {
			fmt.Fprintf(&b, "  %+v\n", *item.Tool)
		}
	}
	return b.String()
}

func kinds(r *Run) []ItemKind {
	var out []ItemKind
	for _, item := range r.Items {
		out = append(out, item.Kind)
	}
	return out
}

func TestStory(t *testing.T) {
	t.Parallel()
	cost := 0.0837
	r := begun()
	r.Apply(arrivals(
		api.Connected{ThreadID: "t0"},
		api.Status{Status: "starting"},
		api.ThinkingDelta{Delta: "I need "},
		api.ThinkingDelta{Delta: "a browser."},
		api.ToolStart{Name: "browser_session_start"},
		api.SessionData{ViewerURL: "https://viewer.example/1"},
		api.ToolResult{Content: "ready"},
		api.TextDelta{Delta: "Found "},
		api.TextDelta{Delta: "five."},
		api.MessageComplete{Role: "assistant"},
		api.FunctionUploaded{FunctionID: "f1", FunctionName: "newest", CreatedAt: start},
		api.TextDelta{Delta: "Done."},
		api.Done{TotalCostUSD: &cost, FunctionID: "f1", ThreadID: "t1"},
		api.TextDelta{Delta: "too late"},
	))
	want := []ItemKind{TaskItem, ReasoningItem, ToolItem, AnswerItem, AnswerItem, OutcomeItem}
	if got := kinds(r); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("items are %v, want %v", got, want)
	}
	if r.Phase != Done || r.Failure != nil || r.CostText() != "$0.0837" || r.Thread != "t1" {
		t.Errorf("ended as %s, failure %v, cost %s, thread %s", r.Phase, r.Failure, r.CostText(), r.Thread)
	}
	if got := r.Answer(); got != "Found five.\n\nDone." {
		t.Errorf("answer is %q", got)
	}
	if len(r.Functions) != 1 || r.Functions[0].Name != "newest" {
		t.Errorf("functions are %+v, want one that keeps its name", r.Functions)
	}
	reasoning := r.Items[1]
	if reasoning.Text() != "I need a browser." || reasoning.EndedAt.Sub(reasoning.StartedAt) != 2*time.Second {
		t.Errorf("reasoning is %q and took %v", reasoning.Text(), reasoning.EndedAt.Sub(reasoning.StartedAt))
	}
	if tool := r.Tools[0]; tool.State != ToolEnded || tool.Duration(tool.EndedAt) != 2*time.Second {
		t.Errorf("tool is %+v", tool)
	}
}

func TestToolPairing(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		events []api.Data
		want   string // name/id/result/state of each tool
	}{
		{"first generation: oldest open call", []api.Data{
			api.ToolStart{Name: "a"}, api.ToolStart{Name: "b"}, api.ToolResult{Content: "1"}, api.ToolResult{Content: "2"},
		}, "a//1/done b//2/done"},
		{"by id, out of order", []api.Data{
			api.ToolStart{Name: "a", ID: "x"}, api.ToolStart{Name: "b", ID: "y"},
			api.ToolResult{ID: "y", Content: "2"}, api.ToolResult{ID: "x", Content: "1"},
		}, "a/x/1/done b/y/2/done"},
		{"second start adds input", []api.Data{
			api.ToolStart{Name: "a", ID: "x"}, api.ToolStart{Name: "a", ID: "x", Input: "{}"}, api.ToolResult{ID: "x", Content: "1"},
		}, "a/x/1/done"},
		{"result with an id, call without", []api.Data{
			api.ToolStart{Name: "a"}, api.ToolResult{ID: "x", Content: "1"},
		}, "a//1/done"},
		{"result with another id stands alone", []api.Data{
			api.ToolStart{Name: "a", ID: "x"}, api.ToolResult{ID: "z", Content: "1"},
		}, "a/x//running /z/1/done"},
		{"result without a call stands alone", []api.Data{api.ToolResult{Content: "1"}}, "//1/done"},
		{"failed", []api.Data{api.ToolStart{Name: "a"}, api.ToolResult{Content: "no", Failed: true}}, "a//no/failed"},
		{"preliminary results keep the call open", []api.Data{
			api.ToolStart{Name: "a", ID: "x"}, api.ToolResult{ID: "x", Content: "1", Preliminary: true},
		}, "a/x/1/running"},
		{"still open at the end", []api.Data{api.ToolStart{Name: "a"}, api.Failed{Error: "e"}}, "a///unfinished"},
		{"id used again after its result", []api.Data{
			api.ToolStart{Name: "a", ID: "x"}, api.ToolResult{ID: "x", Content: "1"}, api.ToolStart{Name: "b", ID: "x"},
		}, "a/x/1/done b/x//running"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := begun()
			r.Apply(arrivals(test.events...))
			var got []string
			for _, tool := range r.Tools {
				got = append(got, fmt.Sprintf("%s/%s/%s/%s", tool.Name, tool.ID, tool.Result, tool.State))
			}
			if joined := strings.Join(got, " "); joined != test.want {
				t.Errorf("tools are %q, want %q", joined, test.want)
			}
		})
	}
}

func TestEnds(t *testing.T) {
	t.Parallel()
	connected := []api.Data{api.Connected{}, api.TextDelta{Delta: "x"}}
	tests := []struct {
		name   string
		events []api.Data
		err    error
		phase  Phase
		cause  Cause
		says   string // what the outcome must mention
	}{
		{"error event", []api.Data{api.Failed{Error: "agent_failed", Detail: "no browser"}}, nil, Failed, CauseAgent, "no browser"},
		{"error event without words", []api.Data{api.Failed{}}, nil, Failed, CauseAgent, "the agent failed"},
		{"timeout event", []api.Data{api.TimedOut{Reason: "max_duration"}}, nil, TimedOut, CauseAgent, "max_duration"},
		{"cancelled by the service", []api.Data{api.Cancelled{Reason: "user_requested"}}, nil, Cancelled, CauseAgent, "user_requested"},
		{"truncated", connected, api.ErrTruncated, Interrupted, CauseConnection, "may still be going on"},
		{"lost in the middle", connected, errors.New("reset by peer"), Interrupted, CauseConnection, "reset by peer"},
		{"sent, no answer", nil, &api.TransportError{Host: "h", Sent: true, Err: errors.New("EOF")}, Interrupted, CauseConnection, "billed"},
		{"never sent", nil, &api.TransportError{Host: "h", Err: errors.New("refused")}, Failed, CauseConnection, "check the network"},
		{"401", nil, &api.Error{Status: 401, Message: "Unauthorized"}, Failed, CauseNotAuthorised, "NOTTE_API_KEY"},
		{"400", nil, &api.Error{Status: 400}, Failed, CauseAgent, "change the task"},
		{"402", nil, &api.Error{Status: 402}, Failed, CauseAgent, "budget"},
		{"404", nil, &api.Error{Status: 404}, Failed, CauseAgent, "NOTTE_ANYTHING_URL"},
		{"429", nil, &api.Error{Status: 429, RetryAfter: 12 * time.Second}, Failed, CauseAgent, "wait 12s"},
		{"502", nil, &api.Error{Status: 502}, Failed, CauseAgent, "may be billed"},
		{"529", nil, &api.Error{Status: 529}, Failed, CauseAgent, "overloaded"},
		{"refused by the client", nil, errors.New("bad key"), Failed, CauseAgent, "bad key"},
		{"the program is closing", connected, context.Canceled, Cancelled, CauseAgent, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := begun()
			r.Apply(arrivals(test.events...))
			r.Apply([]Arrival{{Seq: 9, At: start.Add(time.Minute), End: true, Err: test.err}})
			if r.Phase != test.phase || !r.Closed {
				t.Fatalf("ended as %s, closed %v; want %s and closed", r.Phase, r.Closed, test.phase)
			}
			if r.Failure != nil && r.Failure.Cause != test.cause {
				t.Errorf("cause is %d, want %d", r.Failure.Cause, test.cause)
			}
			if text := strings.Join(r.OutcomeLines(), "\n"); !strings.Contains(text, test.says) {
				t.Errorf("outcome is %q, does not mention %q", text, test.says)
			}
			if last := r.Items[len(r.Items)-1]; last.Kind != OutcomeItem {
				t.Errorf("the last item is of kind %d, want the outcome", last.Kind)
			}
		})
	}
}

func TestCancelSaysOnlyWhatIsKnown(t *testing.T) {
	t.Parallel()
	local := begun()
	local.Cancel(start.Add(time.Second))
	if text := strings.Join(local.OutcomeLines(), " "); !strings.Contains(text, "closing the stream") {
		t.Errorf("before the stream is closed the run says %q", text)
	}
	local.Apply(append(arrivals(api.TextDelta{Delta: "late"}), Arrival{Seq: 2, End: true, Err: context.Canceled}))
	if text := strings.Join(local.OutcomeLines(), " "); !strings.Contains(text, "local agent stops") || local.Answer() != "" {
		t.Errorf("after it the run says %q, answer %q", text, local.Answer())
	}
	remote := New("2", "anything.example", "task", start)
	remote.Apply(arrivals(api.Connected{ThreadID: "thread-7"}))
	remote.Cancel(start.Add(2 * time.Second))
	text := strings.Join(remote.OutcomeLines(), " ")
	if !strings.Contains(text, "may finish, and bill") || !strings.Contains(text, "thread-7") {
		t.Errorf("a remote run says %q", text)
	}
	if strings.Contains(text, "agent stops") {
		t.Errorf("a remote run claims %q", text)
	}
}

func TestCommentIsLifeButNoProgress(t *testing.T) {
	t.Parallel()
	r := begun()
	r.Apply(arrivals(api.Connected{}, api.Comment{}))
	if !r.ByteAt.Equal(start.Add(2*time.Second)) || !r.ProgressAt.Equal(start.Add(time.Second)) {
		t.Errorf("life at %v, progress at %v", r.ByteAt, r.ProgressAt)
	}
}

func TestCostIsUnknownUnlessGiven(t *testing.T) {
	t.Parallel()
	r := begun()
	r.Apply(arrivals(api.Done{}))
	if r.CostText() != "—" {
		t.Errorf("cost is %q, want unknown", r.CostText())
	}
	zero, free := 0.0, begun()
	free.Apply(arrivals(api.Done{TotalCostUSD: &zero}))
	if free.CostText() != "$0.0000" {
		t.Errorf("a cost of zero that was given shows as %q", free.CostText())
	}
}

// randomEvents is any sequence of events, sensible or not.
func randomEvents(r *rand.Rand, n int) []Arrival {
	ids := []api.Text{"", "", "x", "y", "z"}
	id := func() api.Text { return ids[r.IntN(len(ids))] }
	text := func() api.Text { return api.Text([]string{"", "a", "b\n\n", "c"}[r.IntN(4)]) }
	makers := []func() api.Data{
		func() api.Data { return api.Status{Status: text()} },
		func() api.Data { return api.ThinkingDelta{Delta: text()} },
		func() api.Data { return api.TextDelta{Delta: text()} },
		func() api.Data { return api.ToolStart{ID: id(), Name: text()} },
		func() api.Data {
			return api.ToolResult{ID: id(), Content: text(), Failed: r.IntN(2) == 0, Preliminary: r.IntN(4) == 0}
		},
		func() api.Data { return api.MessageComplete{} },
		func() api.Data { return api.SessionData{ViewerURL: id()} },
		func() api.Data { return api.FunctionUploaded{FunctionID: id(), FunctionName: text()} },
		func() api.Data { return api.Unknown{Name: id()} },
		func() api.Data { return api.Mark{Name: "text-end"} },
		func() api.Data { return api.Connected{ThreadID: id()} },
		func() api.Data { return api.Comment{} },
		func() api.Data { return api.Notice{Text: text()} },
		func() api.Data { return nil },
	}
	terminals := []api.Data{api.Done{}, api.Failed{}, api.TimedOut{}, api.Cancelled{}}
	var events []api.Data
	for range n {
		if r.IntN(200) == 0 {
			events = append(events, terminals[r.IntN(len(terminals))])
			continue
		}
		events = append(events, makers[r.IntN(len(makers))]())
	}
	out := arrivals(events...)
	if r.IntN(2) == 0 {
		errs := []error{nil, api.ErrTruncated, context.Canceled, &api.Error{Status: 500}, &api.TransportError{Err: errors.New("x")}}
		at := r.IntN(len(out))
		out[at].End, out[at].Err = true, errs[r.IntN(len(errs))]
	}
	return out
}

func TestAnySplitGivesTheSameRun(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		all := randomEvents(r, 120)
		whole, split := begun(), begun()
		whole.Apply(all)
		for rest := all; len(rest) > 0; {
			n := 1 + r.IntN(len(rest))
			split.Apply(rest[:n])
			rest = rest[n:]
		}
		if a, b := dump(whole), dump(split); a != b {
			t.Fatalf("seed %d: in one batch:\n%s\nsplit:\n%s", seed, a, b)
		}
	}
}

func FuzzApply(f *testing.F) {
	f.Add(uint64(1), 50)
	f.Fuzz(func(t *testing.T, seed uint64, n int) {
		r := rand.New(rand.NewPCG(seed, 2))
		automation, agent := begun(), randomAgent(r)()
		automation.Apply(randomEvents(r, 1+n&0xff))
		agent.Apply(randomAgentRun(r, 1+n&0xff))
		checkItems(t, automation)
		checkItems(t, agent)
	})
}

// checkItems checks what holds of the items of every run.
func checkItems(t *testing.T, run *Run) {
	t.Helper()
	for i, tool := range run.Tools {
		if run.Items[tool.Item].Tool != tool {
			t.Errorf("tool %d does not know its item", i)
		}
		if run.Phase.Ended() && tool.State == ToolOpen {
			t.Errorf("tool %d is open after the end", i)
		}
	}
	if run.Phase.Ended() != (run.Items[len(run.Items)-1].Kind == OutcomeItem) {
		t.Errorf("phase %s, last item of kind %d", run.Phase, run.Items[len(run.Items)-1].Kind)
	}
}

// BenchmarkApply shows that an event costs the same whatever came before it.
func BenchmarkApply(b *testing.B) {
	for _, n := range []int{200, 2_000, 20_000} {
		b.Run(fmt.Sprintf("delta after %d", n), func(b *testing.B) {
			run := begun()
			delta := arrivals(api.TextDelta{Delta: "word "})
			for range n {
				run.Apply(delta)
			}
			b.ReportAllocs()
			for b.Loop() {
				run.Apply(delta)
			}
		})
		b.Run(fmt.Sprintf("tool call after %d", n), func(b *testing.B) {
			run := begun()
			call := arrivals(api.ToolStart{Name: "a"}, api.ToolResult{Content: "b"})
			for range n {
				run.Apply(call)
			}
			b.ReportAllocs()
			for b.Loop() {
				run.Apply(call)
			}
		})
	}
}
