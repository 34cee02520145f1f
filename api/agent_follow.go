package api

import (
	"context"
	"time"
)

// follow tells what the agent's log says, until the agent or the log ends. It
// returns why the log cannot be followed any further.
func (w *agentWatcher) follow(ctx context.Context, first agentAnswer) (why Text) {
	log, why := w.client.openAgentLog(ctx, w.watch)
	if log == nil {
		return why
	}
	defer log.close()
	// The log is open: whatever step this status does not know, the log tells.
	now, err := w.statusNow(ctx)
	if err != nil {
		now = first
	}
	w.kept = now.steps
	t := newFollowTimers(w.client.config.IdleTimeout)
	defer t.stop()
	if now.Closed() {
		t.settle.Reset(settleWithin)
	}
	for !w.over {
		select {
		case m, more := <-log.messages:
			if !more {
				return log.why
			}
			t.silence.Reset(w.client.config.IdleTimeout)
			if w.hear(ctx, m, t) {
				return logEnded
			}
		case <-log.alive:
			w.say(Event{Data: Comment{}})
		case <-t.replay.C:
			w.release()
		case <-t.settle.C:
			return logEnded
		case <-t.silence.C:
			return Text("the agent's log was silent for " + w.client.config.IdleTimeout.String())
		case <-ctx.Done():
			w.cancelled(ctx)
		}
	}
	return ""
}

const logEnded = "the agent's log has ended before the agent"

// followTimers are what can come instead of a message.
type followTimers struct {
	silence *time.Timer // nothing has come for too long
	replay  *time.Timer // the log does not tell again what was before
	settle  *time.Timer // the agent has ended, but the log does not
}

func newFollowTimers(silence time.Duration) *followTimers {
	t := &followTimers{time.NewTimer(silence), time.NewTimer(replayWithin), time.NewTimer(settleWithin)}
	t.settle.Stop()
	return t
}

func (t *followTimers) stop() {
	t.silence.Stop()
	t.replay.Stop()
	t.settle.Stop()
}

// hear tells one message of the log. It reports whether the message says that
// the agent has ended, but not how.
func (w *agentWatcher) hear(ctx context.Context, m logMessage, t *followTimers) (ended bool) {
	o, ok := parseObject(m.data)
	switch {
	case !ok || m.binary:
		w.say(w.teller.junk())
	case isStep(o):
		step := w.teller.mask.agentStep(m.data)
		w.hearStep(ctx, step)
		if step.Action == actionCompletion {
			t.settle.Reset(settleWithin)
		}
	case o.get("validation") != nil:
		w.say(w.teller.notice(o.text("validation")))
	case o.line("status") == agentStop:
		return w.hearEnd(objectOf(o.get("agent")))
	case o.get("status") != nil:
		if o.line("status") == AgentClosed && o.get("agent_id") != nil {
			return w.hearEnd(o)
		}
	default:
		w.say(w.teller.junk())
	}
	return false
}

// agentStop is the status of the message that ends a log.
const agentStop = "agent_stop"

// hearEnd tells the end of the agent, if the message knows it.
func (w *agentWatcher) hearEnd(o object) (ended bool) {
	if id := o.line("agent_id"); id != "" && string(id) != w.watch.AgentID {
		return false // of another agent
	}
	answer := agentAnswerOf(o)
	if !answer.Closed() {
		return true
	}
	w.finish(answer)
	return false
}

// hearStep tells a step of the log, unless it was told before. Logs do not
// number their steps, and may begin anew or say a step twice.
func (w *agentWatcher) hearStep(ctx context.Context, step AgentStep) {
	if len(w.kept) > 0 && len(w.teller.steps) == 0 {
		if again, _ := step.same(w.teller.mask.agentStep(w.kept[0])); !again {
			w.release()
		}
	}
	told := w.teller.steps
	if w.next < len(told) {
		if again, _ := step.same(told[w.next]); again {
			w.next++
			return
		}
	}
	for i, other := range told {
		again, certain := step.same(other)
		if again && certain {
			w.next = max(w.next, i+1)
			return
		}
		if again {
			w.askWhether(ctx, step)
			return
		}
	}
	w.say(w.teller.step(step)...)
	w.next = len(w.teller.steps)
}

// askWhether finds out whether step, which is like one that was told, is
// another one: the status numbers the steps.
func (w *agentWatcher) askWhether(ctx context.Context, step AgentStep) {
	answer, err := w.statusNow(ctx)
	if err != nil {
		return // the end of the agent, or polling, tells it if it is another
	}
	before := len(w.teller.steps)
	w.catchUp(answer.steps)
	if before < len(w.teller.steps) {
		if again, _ := step.same(w.teller.steps[before]); again {
			w.next = before + 1
		}
	}
}
