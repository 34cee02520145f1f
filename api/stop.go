package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// ErrNotConfirmed says that a stop was asked for, but that nothing has shown
// yet that it was done: the agent or the session may be going on.
var ErrNotConfirmed = errors.New("the stop is not confirmed")

// StopAgent stops an agent, not its session. It asks once, whatever happens,
// and then reads the status every second until it shows the end, which comes
// after the action in progress: ctx limits how long. Stopping an agent that
// has ended is no error.
//
// Without an error the end is confirmed and the status is the last one. An
// error that is an ErrNotConfirmed says that the agent was asked, or may have
// been; any other, that it was not.
func (c *Client) StopAgent(ctx context.Context, agentID, sessionID string) (AgentStatus, error) {
	if err := needID("agent", agentID); err != nil {
		return AgentStatus{}, err
	}
	query := url.Values{"session_id": {sessionID}}
	raw, err := c.send(ctx, call{method: http.MethodDelete, path: []string{"agents", agentID, "stop"}, query: query})
	if refused(err) {
		return AgentStatus{}, err
	}
	status := c.agentStatusOf(raw)
	for !status.Closed() {
		if err == nil && !sleep(ctx, pollEvery) {
			return status, notConfirmed("agent", stillOpen(status.Status))
		}
		if ctx.Err() == nil {
			raw, err = c.get(ctx, nil, "agents", agentID)
		}
		if err != nil {
			return status, notConfirmed("agent", unseen(err))
		}
		status = c.agentStatusOf(raw)
	}
	return status, nil
}

// StopSession stops a session, and with it the agent that is at work on it. It
// asks once, whatever happens; when the answer does not show the end, it reads
// the session once. The errors are those of StopAgent.
func (c *Client) StopSession(ctx context.Context, sessionID string) (Session, error) {
	if err := needID("session", sessionID); err != nil {
		return Session{}, err
	}
	raw, err := c.send(ctx, call{method: http.MethodDelete, path: []string{"sessions", sessionID, "stop"}})
	if refused(err) {
		return Session{}, err
	}
	session := c.sessionOf(objectOf(raw))
	if err == nil && !session.Open() {
		return session, nil
	}
	over := saysOver(err)
	if ctx.Err() == nil {
		raw, err = c.get(ctx, nil, "sessions", sessionID)
	}
	if err == nil {
		session = c.sessionOf(objectOf(raw))
	}
	switch {
	case err == nil && !session.Open():
		return session, nil
	case err != nil && over:
		return Session{SessionID: Clean(sessionID), Status: SessionClosed}, nil
	case err != nil:
		return session, notConfirmed("session", unseen(err))
	}
	return session, notConfirmed("session", stillOpen(session.Status))
}

// refused reports whether err is certain to mean that nothing was stopped, and
// that there is nothing to be stopped: the service does not know the key or
// what to stop, or was not reached.
func refused(err error) bool {
	var lost *TransportError
	if errors.As(err, &lost) {
		return !lost.Sent
	}
	var answer *Error
	if errors.As(err, &answer) {
		return answer.Status < http.StatusInternalServerError && answer.Status != http.StatusRequestTimeout && !saysOver(err)
	}
	return err != nil
}

// saysOver reports whether the service refused a stop because there is nothing
// left to be stopped.
func saysOver(err error) bool {
	var answer *Error
	if !errors.As(err, &answer) || answer.Status == http.StatusUnauthorized || answer.Status == http.StatusForbidden {
		return false
	}
	said := strings.ToLower(answer.Error())
	for _, words := range [...]string{"already stopped", "already closed", "already been stopped", "already been closed", "is closed", "is stopped", "not active"} {
		if strings.Contains(said, words) {
			return true
		}
	}
	return false
}

// notConfirmed says that a stop was sent, and why its end was not seen.
func notConfirmed(what string, why error) error {
	text := fmt.Sprintf("failed to see the end of the %s: %v", what, why)
	return &shownError{text, fmt.Errorf("%w: %w", ErrNotConfirmed, why)}
}

// unseen is err in words that hold for a stop that was sent: an answer that did
// not come, or a look that did not reach the service, leaves it sent.
func unseen(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &shownError{"no answer in time", err}
	}
	var lost *TransportError
	if errors.As(err, &lost) {
		return &TransportError{Host: lost.Host, Sent: true, StartsNothing: true, Err: lost.Err}
	}
	return err
}

// stillOpen is why the end is not there: the service shows another status.
func stillOpen(status Text) error {
	word := status.Line()
	if word == "" {
		word = "open"
	}
	return errors.New("it is still shown as " + word)
}
