package agent

import "notturno/state"

// block is a matter that the pane tells, in so many rows at most.
type block struct {
	kind kind
	rows int
}

type kind int

const (
	heading kind = iota
	goal
	page
	agentStop
	agentWhy
	clocks
	session // how stopping it stands, or what becomes of it
	sessionWhy
)

// Rows of what may be long. They are kept for it where it is short too, so that
// what is below the pane does not move with every step.
const (
	goalRows = 2
	whyRows  = 2
)

// blocks are what there is to tell, in their order.
func (a *Agent) blocks() []block {
	agent, ended := a.run.Agent, a.run.Phase.Ended()
	blocks := []block{{heading, 1}}
	add := func(k kind, rows int, there bool) {
		if there {
			blocks = append(blocks, block{k, rows})
		}
	}
	add(goal, goalRows, agent.Goal != "" && !ended)
	add(page, 1, agent.Page != "")
	stop := a.agentStop()
	add(agentStop, 1, stop != state.StopNone || a.leftAlone())
	add(agentWhy, whyRows, stop != state.StopNone && agent.StopWhy != "")
	add(clocks, 1, a.Counting())
	add(session, 1, agent.SessionID != "" || !ended)
	add(sessionWhy, whyRows, agent.SessionStop != state.StopNone && agent.SessionWhy != "")
	return blocks
}

// giveWay says which row is left out first where there are too few: each entry
// is one row of its kind.
var giveWay = [...]kind{goal, sessionWhy, agentWhy, page, sessionWhy, agentWhy, clocks, goal, session, agentStop, heading}

// fit is as much of blocks as h rows hold.
func fit(blocks []block, h int) []block {
	over := count(blocks) - h
	for _, k := range giveWay {
		for i := range blocks {
			if over > 0 && blocks[i].kind == k && blocks[i].rows > 0 {
				blocks[i].rows--
				over--
			}
		}
	}
	return blocks
}

// count is how many rows blocks take.
func count(blocks []block) int {
	n := 0
	for _, b := range blocks {
		n += b.rows
	}
	return n
}
