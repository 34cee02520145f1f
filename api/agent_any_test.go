package api

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// acting is an agent that takes one step a second, from its creation on, and
// whose log does whatever logs may do.
type acting struct {
	created time.Time
	steps   []string
	r       *rand.Rand

	replays bool          // the log begins with the first step, else with the next
	twice   float64       // how often a message is said twice
	junk    float64       // how often something else comes between
	ends    time.Duration // of the log, after the agent's creation
	polite  bool          // the log ends with a close frame
	says    bool          // the log tells the end of the agent
}

func newActing(seed uint64) *acting {
	r := rand.New(rand.NewPCG(seed, 2))
	a := &acting{
		created: time.Now().Add(-time.Duration(r.IntN(9000)) * time.Millisecond), r: r,
		replays: r.IntN(2) == 0, twice: float64(r.IntN(3)) / 3, junk: float64(r.IntN(3)) / 3,
		ends: time.Duration(r.IntN(20000)) * time.Millisecond, polite: r.IntN(2) == 0, says: r.IntN(2) == 0,
	}
	step := timed
	if r.IntN(2) == 0 {
		step = untimed
	}
	for i := range 1 + r.IntN(9) {
		a.steps = append(a.steps, step(i))
	}
	return a
}

// done are the steps that were taken by now.
func (a *acting) done() []string {
	return a.steps[:min(len(a.steps), int(time.Since(a.created)/time.Second))]
}

func (a *acting) over() bool {
	return time.Since(a.created) > time.Duration(len(a.steps)+1)*time.Second
}

func (a *acting) status() string {
	if a.over() {
		return over(a.steps...)
	}
	return active(a.done()...)
}

func (a *acting) log(ctx context.Context, conn *websocket.Conn) {
	ctx = conn.CloseRead(ctx)
	told := 0
	if !a.replays {
		told = len(a.done())
	}
	for time.Since(a.created) < a.ends && ctx.Err() == nil {
		for ; told < len(a.done()); told++ {
			a.send(ctx, conn, a.steps[told])
		}
		if a.over() && a.says {
			a.send(ctx, conn, stopOf(over()))
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if a.polite {
		_ = conn.Close(websocket.StatusNormalClosure, "")
	}
}

func (a *acting) send(ctx context.Context, conn *websocket.Conn, message string) {
	messages := []string{message}
	if a.r.Float64() < a.twice {
		messages = append(messages, message)
	}
	if a.r.Float64() < a.junk {
		messages = append([]string{"\xff{", `{"status":"active"}`, "[]"}[a.r.IntN(3):][:1], messages...)
	}
	for _, m := range messages {
		_ = conn.Write(ctx, websocket.MessageText, []byte(m)) // the end of the log shows in ctx
	}
}

// Whenever one begins to watch, and whatever the log does, each step is told
// once, in order, and then the end.
func TestNothingIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	var polled, live int
	for seed := range uint64(100) {
		handler := func(*testing.T) http.Handler {
			agent := newActing(seed)
			return &agentScript{status: agent.status, log: agent.log}
		}
		inBubble(t, handler, func(t *testing.T, client *Client) {
			lines, err := watchAll(t, client, AgentWatch{AgentID: "a", SessionID: "s"})
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			var got, want []string
			for _, line := range lines {
				if index, click := strings.CutSuffix(line, ":click"); click {
					got = append(got, index+" acts")
				} else if strings.Contains(line, " is eval ") || line == "done" {
					got = append(got, line)
				}
			}
			for i := range len(newActing(seed).steps) {
				if i > 0 {
					want = append(want, fmt.Sprintf("%d is eval %d", i-1, i))
				}
				want = append(want, fmt.Sprintf("%d acts", i))
			}
			want = append(want, "done")
			if strings.Join(got, "|") != strings.Join(want, "|") {
				t.Errorf("seed %d: %q, want %q", seed, lines, want)
			}
			if strings.Contains(strings.Join(lines, "|"), "|polling|") {
				polled++
			} else {
				live++
			}
		})
	}
	if polled == 0 || live == 0 {
		t.Errorf("%d were polled, %d told live", polled, live)
	}
}
