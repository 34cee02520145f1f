package feed

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"notturno/api"
	"notturno/state"
)

// lookWithin is how long reading the clocks of a session may take.
const lookWithin = 5 * time.Second

// StartAgent starts a session, if the order names none, and an agent on it,
// each with one request, and tells what the agent does until it has ended. It
// does not block. After the agent's end its session is stopped, unless it was
// there before or is to be kept.
//
// Cancel asks the agent to stop, which it does after the action in progress; the
// answer to a start that is under way is waited for, ten seconds, so that what
// was started can be stopped.
// Cancel once more waits no longer and stops the session, if the run has
// started it, a kept one too. When the service refuses to stop the agent, and
// its session where that is asked, the run goes on and the next Cancel asks
// again. The end of ctx stops the agent and its session, within five seconds:
// whoever ends it goes on to take what arrives, up to the End. What was asked
// and what was confirmed arrives as state.AgentChange. When the agent only
// cannot be watched any more, nothing is stopped.
func StartAgent(ctx context.Context, client *api.Client, order state.AgentOrder) *Feed {
	left, leave := context.WithCancel(context.WithoutCancel(ctx))
	a := newAgentSource(ctx, client, left)
	a.order, a.maxSteps = order, order.MaxSteps()
	return a.follow(leave, a.start)
}

// WatchAgent tells what an agent does that was started elsewhere, until it has
// ended. An empty sessionID is learned. It does not block.
//
// Cancel asks the agent to stop, and Cancel once more waits no longer. Its
// session is not stopped. The end of ctx is Leave.
func WatchAgent(ctx context.Context, client *api.Client, agentID, sessionID string) *Feed {
	left, leave := context.WithCancel(ctx)
	a := newAgentSource(context.WithoutCancel(ctx), client, left)
	return a.follow(leave, func(f *Feed) error { return a.attach(f, agentID, sessionID) })
}

// agentSource is one run of an agent.
type agentSource struct {
	client   *api.Client
	order    state.AgentOrder
	maxSteps int             // 0 is not known
	program  context.Context // its end stops the agent
	left     context.Context // ends when nobody wants to watch any more, and nothing shall be stopped
	asks     *asks
	// events are those of the agent.
	events func(context.Context, api.AgentWatch) iter.Seq2[api.Event, error]

	own         bool      // the session was started here
	created     time.Time // the session, if it is own
	sessionStop state.Stop
	unsure      bool      // the start of the agent was given up, and nobody knows what it has started
	confirmed   bool      // the end of an agent that was asked to stop
	agentBegan  time.Time // by the clock of the service, if the agent is only watched and at work
}

func newAgentSource(program context.Context, client *api.Client, left context.Context) *agentSource {
	return &agentSource{client: client, program: program, left: left, asks: newAsks(program), events: client.WatchAgent}
}

// follow reads with read in a goroutine of its own.
func (a *agentSource) follow(leave context.CancelFunc, read func(*Feed) error) *Feed {
	return follow(source{
		stop:  a.asks.cancel,
		leave: leave,
		read: func(f *Feed) error {
			defer leave()
			defer a.asks.close()
			err := read(f)
			if a.left.Err() != nil && !a.confirmed && errors.Is(err, context.Canceled) {
				return fmt.Errorf("%w: %w", state.ErrLeft, err)
			}
			return err
		},
	})
}

// start is the whole of a run that is started here.
func (a *agentSource) start(f *Feed) error {
	session := a.order.Request.SessionID
	if session == "" {
		var err error
		if session, err = a.startSession(f); err != nil {
			return err
		}
	} else {
		defer a.lookOnce(f, session)()
	}
	started, err := a.runAgent(f, session)
	a.afterwards(f, session, a.outOfSight(started, err))
	return err
}

// attach is the whole of a run that is only watched.
func (a *agentSource) attach(f *Feed, agent, session string) error {
	asked, _ := a.asks.now()
	reading, cancel := until(asked, a.left)
	defer cancel()
	status, err := a.client.Agent(reading, agent)
	switch {
	case a.left.Err() != nil:
		return context.Canceled
	case err == nil:
		if session == "" {
			session = idOf(status.SessionID)
		}
		news := state.AgentChange{SessionID: api.Clean(session), Task: status.Task, Past: len(status.Steps)}
		news.Began, news.Ended = lifetime(status.Agent, time.Now())
		if !status.Closed() {
			a.agentBegan = status.CreatedAt
		}
		f.tell(news)
	case asked.Err() == nil:
		return err
	}
	if session != "" {
		defer a.lookOnce(f, session)()
	}
	err = a.watch(f, agent, session)
	a.afterwards(f, session, a.outOfSight(true, err))
	return err
}

// afterwards stops the session after its agent, or looks how long it stays open.
func (a *agentSource) afterwards(f *Feed, session string, outOfSight bool) {
	switch {
	case a.left.Err() != nil || outOfSight || a.sessionStop != state.StopNone && a.sessionStop != state.StopRefused:
	case a.own && (!a.order.KeepSession || a.asks.wasTwice() || a.unsure):
		a.stopSession(f, session)
	case session != "":
		ctx, cancel := until(a.program, a.left)
		defer cancel()
		a.look(ctx, f, session)
		if a.own && a.asks.wasTwice() {
			a.stopSession(f, session)
		}
	}
}

// lookOnce looks at the session beside what else is done, and returns what ends
// that.
func (a *agentSource) lookOnce(f *Feed, session string) (end func()) {
	ctx, cancel := until(a.program, a.left)
	var work sync.WaitGroup
	work.Go(func() { a.look(ctx, f, session) })
	return func() {
		cancel()
		work.Wait()
	}
}

// look reads the session, for its clocks. Without them nothing else is missing.
func (a *agentSource) look(ctx context.Context, f *Feed, session string) {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	s, err := a.client.Session(ctx, session)
	if err == nil {
		clocks := state.ReadClocks(s, a.created, time.Now())
		f.tell(state.AgentChange{Clocks: clocks, Began: beganOn(s, clocks, a.agentBegan), SessionEnded: !s.Open()})
	}
}

// outOfSight reports whether a started agent may be at work although its run
// is over here.
func (a *agentSource) outOfSight(started bool, err error) bool {
	var answer *api.Error
	gone := errors.As(err, &answer) && answer.Status == http.StatusNotFound
	asked, _ := a.asks.now()
	return started && err != nil && !gone && asked.Err() == nil
}

// starting is the context of a start. It is an error when nothing shall be
// started any more; when that is so meanwhile, the answer is waited for, for
// without it nobody knows what was started: long, unless the program ends or
// nobody wants to stop anything.
func (a *agentSource) starting() (context.Context, context.CancelFunc, error) {
	asked, _ := a.asks.now()
	gone, forget := until(a.left, a.program)
	for _, enough := range [...]context.Context{asked, gone} {
		if err := enough.Err(); err != nil {
			forget()
			return nil, nil, err
		}
	}
	patience, calm := outlive(asked, startWithin)
	hurry, rest := outlive(gone, stopAgentWithin)
	ctx, cancel := until(patience, hurry)
	return ctx, func() {
		cancel()
		calm()
		rest()
		forget()
	}, nil
}

// maxID is how many characters an id may have. A longer one names nothing.
const maxID = 200

// idOf is an id as the service tells it, empty when it names nothing.
func idOf(id api.Text) string {
	if strings.TrimSpace(string(id)) == "" || utf8.RuneCountInString(string(id)) > maxID {
		return ""
	}
	return string(id)
}

// startSession starts a session.
func (a *agentSource) startSession(f *Feed) (string, error) {
	ctx, cancel, err := a.starting()
	if err != nil {
		return "", err
	}
	defer cancel()
	session, err := a.client.StartSession(ctx, a.order.Session)
	if err != nil {
		return "", err
	}
	id := idOf(session.SessionID)
	if id == "" {
		return "", errors.New("the service started a session and did not say which: look for it in the list of sessions")
	}
	a.own, a.created = true, time.Now()
	f.tell(state.AgentChange{SessionID: api.Text(id), Clocks: state.NewClocks(session, a.created)})
	return id, nil
}

// runAgent starts the agent and watches it to its end.
func (a *agentSource) runAgent(f *Feed, session string) (started bool, err error) {
	ctx, cancel, err := a.starting()
	if err != nil {
		return false, err
	}
	defer cancel()
	request := a.order.Request
	request.SessionID = session
	agent, err := a.client.StartAgent(ctx, request)
	if err != nil {
		var lost *api.TransportError
		a.unsure = ctx.Err() != nil && errors.As(err, &lost) && lost.Sent
		return false, err
	}
	id := idOf(agent.AgentID)
	if id == "" {
		return false, errors.New("the service started an agent and did not say which: look for it in the list of agents")
	}
	f.tell(state.AgentChange{AgentID: api.Text(id)})
	return true, a.watch(f, id, session)
}

// watch tells what the agent does, and stops it when it shall stop.
func (a *agentSource) watch(f *Feed, agent, session string) error {
	watching, leave := until(context.WithoutCancel(a.left), a.left)
	defer leave()
	ended, end := context.WithCancel(context.WithoutCancel(a.left))
	defer end()
	s := &stopper{agentSource: a, feed: f, agent: agent, session: session, leave: leave, over: make(chan struct{}), ended: ended}
	stopped := make(chan bool, 1)
	go func() { stopped <- s.run() }()
	err := within(watching, letGoWithin, func() error {
		return f.take(watching, a.checked(watching, f, a.events(watching, api.AgentWatch{
			AgentID: agent, SessionID: session, MaxSteps: a.maxSteps, Stopping: s.asked.Load,
		})))
	})
	if err == nil {
		end()
	}
	close(s.over)
	if <-stopped && err != nil {
		return context.Canceled
	}
	return err
}
