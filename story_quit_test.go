//go:build unix

package main

import (
	"strings"
	"testing"
)

// Ctrl+c does the smallest thing that it can: cancel, then clear, then quit.
func TestInterruptLadder(t *testing.T) {
	t.Parallel()
	slow := newSlowSite(t)
	page := slow.page("/page")
	x := startTerminal(t, 120, 40, nil)
	x.submit("read " + slow.URL + "/page")
	await(t, "opening the page", page.asked)
	x.waitText("open_page")
	x.send("half a thought")
	x.waitText("half a thought")
	x.send(ctrl('c'))
	cancelled := x.waitText("cancelled")
	if !strings.Contains(cancelled.prompt(), "half a thought") {
		t.Errorf("cancelling took the draft away:\n%s", cancelled)
	}
	await(t, "the end of the agent's request", page.left)
	inPrompt := func(is bool) func(screen) bool {
		return func(s screen) bool { return strings.Contains(s.prompt(), "half a thought") == is }
	}
	x.send(ctrl('c'))
	x.waitFor("the cleared prompt", inPrompt(false))
	x.send(alt("z"))
	x.waitFor("the draft again", inPrompt(true))
	x.send(ctrl('c'))
	x.waitFor("the cleared prompt", inPrompt(false))
	x.send(ctrl('c'))
	x.waitText("press ctrl+c again to quit")
	x.send(ctrl('c'))
	x.wantEnd()
}

// Quitting asks first while runs go on, and takes them along.
func TestQuitAsksWhileRunsGoOn(t *testing.T) {
	t.Parallel()
	slow := newSlowSite(t)
	first, second := slow.page("/alpha"), slow.page("/beta")
	x := startTerminal(t, 120, 40, nil)
	x.submit("read " + slow.URL + "/alpha")
	await(t, "opening the first page", first.asked)
	x.send(ctrl('q'))
	x.waitText("1 run")
	x.send("n")
	x.waitText("open_page", "running")
	x.send(ctrl('n'))
	x.waitText("Try")
	x.submit("read " + slow.URL + "/beta")
	await(t, "opening the second page", second.asked)
	x.send(ctrl('q'))
	x.waitText("2 runs")
	x.send(escape)
	x.waitText("open_page", "running")
	select {
	case <-first.left:
		t.Error("asking whether to quit ended a run")
	case <-second.left:
		t.Error("asking whether to quit ended a run")
	default:
	}
	x.send(ctrl('q'))
	x.waitText("2 runs")
	x.send("y")
	x.wantEnd()
	await(t, "the end of the first agent's request", first.left)
	await(t, "the end of the second agent's request", second.left)
}
