package agent

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part/parttest"
)

const (
	agentID   = "1c2d7e08-55aa-4f10-9f3c-0f0f6a1f2d3e"
	sessionID = "9b1f6a52-0c1d-4e2f-8a3b-4c5d6e7f8091"
	address   = "http://127.0.0.1:41207/news?token=secret"
	wish      = "Read the posts with their points and find out which three of them have the most"
)

// clocksUsed is the time at which a session that was used last at the start has
// 2:10 and 12:30 left.
var clocksUsed = 50 * time.Second

// begun is a run of an agent that has taken three steps.
func begun() *state.Run {
	run := state.NewAgent("1", "notte.example", state.AgentOrder{Request: api.AgentRequest{Task: "list the top 3 posts"}}, parttest.Start())
	run.Connect(parttest.Start())
	run.Apply([]state.Arrival{news(state.AgentChange{SessionID: sessionID}), news(state.AgentChange{AgentID: agentID})})
	run.Apply(parttest.Arrivals(run,
		api.Connected{}, api.SessionData{ViewerURL: "https://viewer.example/9b1f?token=secret"},
		api.ToolStart{ID: "0", Name: "goto", Input: `{"url":"` + address + `"}`}, api.ToolResult{ID: "0", Content: "200 OK"},
		api.ToolStart{ID: "1", Name: "wait"}, api.ToolResult{ID: "1", Content: "ok"},
		api.Status{Status: wish}, api.ToolStart{ID: "2", Name: "scrape"}))
	run.Agent.Page = address
	run.Agent.Clocks = state.Clocks{CreatedAt: parttest.Start(), UsedAt: parttest.Start(), Idle: 3 * time.Minute, Max: 800 * time.Second}
	return run
}

func news(change state.AgentChange) state.Arrival {
	return state.Arrival{At: parttest.Start(), Agent: &change}
}

func newAgent(run *state.Run, w, h int) *Agent {
	a := New(run, themes.Notte())
	a.Resize(w, h)
	a.Tick(parttest.Start().Add(clocksUsed))
	return a
}

// stories are runs in every state that the pane tells of.
func stories() map[string]func() *state.Run {
	with := func(change func(*state.Run)) func() *state.Run {
		return func() *state.Run {
			run := begun()
			change(run)
			return run
		}
	}
	apply := func(changes ...state.AgentChange) func(*state.Run) {
		return func(run *state.Run) {
			for _, c := range changes {
				run.Apply([]state.Arrival{news(c)})
			}
		}
	}
	done := func(run *state.Run) { run.Apply(parttest.Arrivals(run, api.TextDelta{Delta: "Three."}, api.Done{})) }
	closed := func(run *state.Run) { run.Apply([]state.Arrival{parttest.End(run, nil)}) }
	return map[string]func() *state.Run{
		"0 before": func() *state.Run {
			return state.NewAgent("1", "notte.example", state.AgentOrder{Request: api.AgentRequest{Task: "t"}}, parttest.Start())
		},
		"1 at work":  with(func(*state.Run) {}),
		"2 polling":  with(func(r *state.Run) { r.Apply(parttest.Arrivals(r, api.Status{Status: "polling"})) }),
		"3 stays":    with(func(r *state.Run) { r.Agent.Keep = true }),
		"4 late":     with(func(r *state.Run) { r.Agent.Clocks.Idle = time.Minute }),
		"5 stopping": with(func(r *state.Run) { r.Cancel(parttest.Start()) }),
		"6 refused": with(apply(state.AgentChange{Stop: state.StopRefused, Why: "notte.example answered 500 Internal Server Error: something went wrong"},
			state.AgentChange{SessionStop: state.StopAsked})),
		"7 stopped": with(func(r *state.Run) {
			apply(state.AgentChange{Stop: state.StopConfirmed}, state.AgentChange{SessionStop: state.StopConfirmed})(r)
			r.Apply(parttest.Arrivals(r, api.Cancelled{Reason: "the agent was stopped"}))
			closed(r)
		}),
		"8 not confirmed": with(func(r *state.Run) {
			apply(state.AgentChange{Stop: state.StopNotConfirmed, Why: "no answer within 30 s"}, state.AgentChange{SessionStop: state.StopNotConfirmed, Why: "no answer within 10 s"})(r)
			closed(r)
		}),
		"9 done and stopped": with(func(r *state.Run) {
			done(r)
			apply(state.AgentChange{SessionStop: state.StopConfirmed})(r)
			closed(r)
		}),
		"a done and kept": with(func(r *state.Run) {
			r.Agent.Keep = true
			done(r)
			closed(r)
		}),
		"b done and refused": with(func(r *state.Run) {
			done(r)
			apply(state.AgentChange{SessionStop: state.StopRefused, Why: "401 Unauthorized"})(r)
			closed(r)
		}),
		"c interrupted": with(closed),
		"d over": with(func(r *state.Run) {
			r.Agent.Keep, r.Agent.Clocks.Idle = true, 40*time.Second
			done(r)
			closed(r)
		}),
	}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, story := range stories() {
		for _, w := range []int{32, 40, 79} {
			t.Run(fmt.Sprintf("%s-%d", strings.ReplaceAll(name, " ", "-"), w), func(t *testing.T) {
				t.Parallel()
				a := newAgent(story(), w, 0)
				a.Resize(w, a.Want())
				golden.RequireEqual(t, parttest.Text(a.Rows())+"\n")
			})
		}
	}
}

// anyRun is the run of an agent in any state, with hostile texts.
func anyRun(r *rand.Rand) *state.Run {
	text := func() api.Text {
		texts := parttest.Hostile()
		return api.Clean(texts[r.IntN(len(texts))])
	}
	stop := func() state.Stop { return state.Stop(r.IntN(int(state.StopRefused) + 1)) }
	span := func() time.Duration { return time.Duration(r.IntN(200_000)-1000) * time.Second }
	addresses := []api.Text{"", address, "javascript:alert(1)", "https://例え.テスト/道", text(), api.Text("https://long.example/" + strings.Repeat("p", 300))}
	most := r.IntN(150)
	run := state.NewAgent("1", string(text()), state.AgentOrder{Request: api.AgentRequest{Task: string(text()), MaxSteps: &most}}, parttest.Start())
	run.Connect(parttest.Start())
	run.Apply([]state.Arrival{
		news(state.AgentChange{AgentID: text(), SessionID: text()}),
		news(state.AgentChange{Stop: stop(), Why: text()}), news(state.AgentChange{SessionStop: stop(), Why: text()}),
	})
	run.Apply(parttest.Arrivals(run, parttest.Events(r, r.IntN(30))...))
	if r.IntN(2) == 0 {
		run.Apply(parttest.Arrivals(run, parttest.Terminal(r)))
	}
	if r.IntN(2) == 0 {
		run.Apply([]state.Arrival{parttest.End(run, nil)})
	}
	agent := run.Agent
	agent.Goal, agent.Page, agent.Steps, agent.Keep = text(), addresses[r.IntN(len(addresses))], r.IntN(200)-10, r.IntN(2) == 0
	agent.Clocks = state.Clocks{CreatedAt: parttest.Start(), UsedAt: parttest.Start().Add(span()), Idle: span(), Max: span()}
	return run
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 1))
		a := newAgent(anyRun(r), 0, 0)
		if seed%3 == 0 {
			a = New(anyRun(r), themes.Notte()) // before the time is known
		}
		for w, h := range parttest.Sizes() {
			parttest.Exact(t, a, w, h)
		}
		a.SetTheme(themes.Giorno())
		parttest.Exact(t, a, 40, 8)
	}
}

func FuzzRows(f *testing.F) {
	f.Add(uint64(1), 40, 8, wish, address, "9b1f", "no answer")
	f.Fuzz(func(t *testing.T, seed uint64, w, h int, goal, page, id, why string) {
		run := anyRun(rand.New(rand.NewPCG(seed, 2)))
		agent := run.Agent
		agent.Goal, agent.Page, agent.SessionID = api.Clean(goal), api.Clean(page), api.Clean(id)
		agent.StopWhy, agent.SessionWhy = api.Clean(why), api.Clean(why)
		parttest.Exact(t, newAgent(run, 0, 0), min(max(w, 0), 300), min(max(h, 0), 100))
	})
}
