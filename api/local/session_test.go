package local

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"notturno/api/local/agent"
)

func TestASessionKeepsWhatARunDid(t *testing.T) {
	t.Parallel()
	sess := newSession("x")
	for _, step := range []agent.Step{
		agent.Thought{Text: "one "}, agent.Thought{Text: "two"},
		agent.Call{ID: "a", Tool: "open_page", Input: map[string]any{"url": "u"}},
		agent.Call{ID: "b", Tool: "read_page"},
		agent.View{URL: "u", Title: "U", HTML: "<p>"},
		agent.Result{ID: "b", Tool: "read_page", Content: "second first"},
		agent.Result{ID: "a", Tool: "open_page", Content: "no", Failed: true},
		agent.Result{ID: "z", Tool: "lost", Content: "alone"},
		agent.Speech{Text: "an "}, agent.Speech{Text: "answer"},
		agent.Saved{Function: agent.Function{Name: "f", Description: "d"}},
	} {
		sess.add(step)
	}
	snap := sess.since(0)
	var got []string
	for _, it := range snap.Items {
		got = append(got, fmt.Sprintf("%d %s %s %s %s %v %v", it.Number, it.Kind, it.Title, it.Input, it.Text, it.Open, it.Failed))
	}
	want := []string{
		`1 thought Reasoning  one two false false`,
		`2 tool open_page {"url":"u"} no false true`,
		`3 tool read_page  second first false false`,
		`4 tool lost  alone false false`,
		`5 answer Answer  an answer false false`,
		`6 function f  d false false`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("it keeps\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if snap.Page.URL != "u" || snap.Page.Number != 1 || !snap.NewPage {
		t.Errorf("the page is %+v", snap.Page)
	}
}

func TestASnapshotHoldsWhatChanged(t *testing.T) {
	t.Parallel()
	sess := newSession("x")
	sess.add(agent.Thought{Text: "hm"})
	sess.add(agent.Call{ID: "a", Tool: "t"})
	sess.add(agent.View{URL: "u"})
	first := sess.since(0)
	if none := sess.since(first.Revision); len(none.Items) != 0 || none.NewPage || none.State != stateRunning {
		t.Errorf("without a change it has %+v", none)
	}
	sess.add(agent.Result{ID: "a", Content: "r"})
	select {
	case <-first.changed:
	default:
		t.Error("who waits for a change is not told")
	}
	second := sess.since(first.Revision)
	if len(second.Items) != 1 || second.Items[0].Number != 2 || second.NewPage {
		t.Errorf("after a result it has %+v", second)
	}
	sess.add(agent.Call{ID: "b", Tool: "t"})
	sess.finish(outcome{state: stateCancelled, reason: "r"})
	last := sess.since(second.Revision)
	if !last.Ended || last.State != stateCancelled || len(last.Items) != 1 || last.Items[0].Open || !last.Items[0].Failed {
		t.Errorf("after the end it has %+v", last)
	}
}

func TestSessionsAreBounded(t *testing.T) {
	t.Parallel()
	sess := newSession("x")
	for range 3 {
		sess.add(agent.Speech{Text: strings.Repeat("長", maxText/4)})
	}
	sess.add(agent.Call{ID: "a"})
	sess.add(agent.Result{ID: "a", Content: strings.Repeat("y", 10*maxText)})
	sess.add(agent.View{HTML: strings.Repeat("長", maxPage)})
	snap := sess.since(0)
	for _, it := range snap.Items {
		if len(it.Text) > maxText+100 || strings.ContainsRune(it.Text, '\uFFFD') {
			t.Errorf("%s keeps %d bytes", it.Kind, len(it.Text))
		}
	}
	if len(snap.Page.HTML) > maxPage || !snap.Page.Cut || strings.ContainsRune(snap.Page.HTML, '\uFFFD') {
		t.Errorf("the page keeps %d bytes", len(snap.Page.HTML))
	}
}

func TestEndedSessionsAreForgottenInTheEnd(t *testing.T) {
	t.Parallel()
	all := newSessions()
	var opened []*session
	for range maxEnded + 3 {
		sess, err := all.open("x")
		if err != nil {
			t.Fatal(err)
		}
		opened = append(opened, sess)
		all.end(sess, outcome{state: stateDone})
	}
	for i, sess := range opened {
		if got, want := all.get(sess.id) == sess, i >= 3; got != want {
			t.Errorf("session %d of %d is known: %v", i+1, len(opened), got)
		}
	}
	all.close()
	if _, err := all.open("x"); err == nil {
		t.Error("a session begins after the end")
	}
}

func TestTooManyRunsAreRefused(t *testing.T) {
	t.Parallel()
	run, began, _ := waiting()
	s := startScripted(t, Config{}, run)
	var leave []func() error
	for range maxLive {
		resp := startTask(t.Context(), t, s, `{"query":"x"}`)
		<-began
		leave = append(leave, resp.Body.Close)
	}
	resp := startTask(t.Context(), t, s, `{"query":"x"}`)
	var p problem
	if err := json.Unmarshal([]byte(readBody(t, resp)), &p); err != nil || resp.StatusCode != 529 || !strings.Contains(p.Detail, "64 sessions are live") {
		t.Errorf("one more run gets %d %v (%v)", resp.StatusCode, p, err)
	}
	for _, end := range leave {
		if err := end(); err != nil {
			t.Error(err)
		}
	}
	s.sessions.runs.Wait()
	resp = startTask(t.Context(), t, s, `{"query":"x"}`)
	if <-began; resp.StatusCode != http.StatusOK {
		t.Errorf("afterwards a run gets %d", resp.StatusCode)
	}
}

func TestSecondsAreReadable(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0.00s", 42 * time.Millisecond: "0.04s", 1234 * time.Millisecond: "1.2s", 75 * time.Second: "75s",
	} {
		if got := seconds(d); got != want {
			t.Errorf("seconds(%v) = %s, want %s", d, got, want)
		}
	}
}
