package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

var (
	// ErrTruncated says that a stream ended without a terminal event: the run
	// may be going on.
	ErrTruncated = errors.New("the connection ended before the run did")
	// ErrIdle says that nothing came from the service for longer than
	// Config.IdleTimeout. It comes wrapped in a *TransportError.
	ErrIdle = errors.New("the service has gone quiet")

	errBodyTooSlow = errors.New("the error answer took too long")
)

// Error is an answer of the service that is not what was asked for.
type Error struct {
	Status  int    // the HTTP status, e.g. 401
	Host    string // who answered
	Message Text   // what is wrong; never empty
	Detail  Text   // more about it, or empty
	Fields  []FieldError
	// RetryAfter is how long the service asks to wait: 0 when it does not say,
	// an hour at most.
	RetryAfter time.Duration
	RequestID  Text // to quote to the service's support, or empty
}

// FieldError is one part of the request that the service did not accept.
type FieldError struct {
	Path    string // the names on the way to it, joined by dots; safe to show
	Message Text
}

// Field is the request's own field that the error is about, such as max_steps,
// however deep in it the fault lies. It is empty when the error is about the
// request as a whole.
func (f FieldError) Field() string {
	path := f.Path
	for _, place := range [...]string{"body", "query", "path", "header"} {
		if rest, inside := strings.CutPrefix(path, place+"."); inside {
			path = rest
			break
		}
	}
	name, _, _ := strings.Cut(path, ".")
	if name == "body" || strings.Trim(name, "0123456789") == "" { // a number is a place in the text
		return ""
	}
	return name
}

// Error is one line: the host, the status and everything that the service
// says.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s answered %d", e.Host, e.Status)
	if text := statusText(e.Status); text != "" {
		b.WriteString(" " + text)
	}
	said := func(t Text) {
		if line := t.Line(); line != "" && line != statusText(e.Status) {
			b.WriteString(": " + line)
		}
	}
	said(e.Message)
	said(e.Detail)
	for _, field := range e.Fields {
		if field.Path == "" {
			said(field.Message)
		} else {
			said(Text(field.Path) + ": " + field.Message)
		}
	}
	return b.String()
}

// statusText is the standard text of a status. The text that the server sent
// with it is not trusted.
func statusText(status int) string {
	if status == statusOverloaded {
		return "Overloaded"
	}
	return http.StatusText(status)
}

// statusOverloaded is a status that Notte uses and that no standard knows.
const statusOverloaded = 529

// TransportError says that there was no answer, or that it broke off.
type TransportError struct {
	Host string
	// Sent is false only when it is certain that no byte of the request has
	// left this machine; otherwise the run may have started and may be billed.
	Sent bool
	// StartsNothing is set for requests that only read or stop: whatever became
	// of them, they have started nothing and cost nothing.
	StartsNothing bool
	Err           error // its text is safe to show; it wraps the cause
}

// Error is one line that says whether something may have started.
func (e *TransportError) Error() string {
	if e.Sent && e.StartsNothing {
		return fmt.Sprintf("lost the connection to %s: %v", e.Host, e.Err)
	}
	if e.Sent {
		return fmt.Sprintf("lost the connection to %s: %v; the run may have started and may be billed", e.Host, e.Err)
	}
	return fmt.Sprintf("failed to connect to %s: %v; nothing was sent", e.Host, e.Err)
}

// Unwrap gives the cause: context.Canceled, ErrIdle, a net.Error, …
func (e *TransportError) Unwrap() error { return e.Err }

// shownError is an error whose own text is not safe to show: net/http quotes
// what servers send.
type shownError struct {
	text string
	err  error
}

func (e *shownError) Error() string { return e.text }
func (e *shownError) Unwrap() error { return e.err }

// transportError tells of err on a request whose context is ctx.
func (c *Client) transportError(ctx context.Context, sent bool, err error) *TransportError {
	if ctx.Err() != nil {
		err = contextError(ctx)
	}
	text := c.shown(Clean(err.Error())).Line()
	return &TransportError{Host: c.Host(), Sent: sent, Err: &shownError{text, err}}
}

// contextError is why ctx ended. It is always ctx.Err() in the sense of
// errors.Is when the caller ended it, whatever cause it was given.
func contextError(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, ErrIdle) || errors.Is(cause, ctx.Err()) {
		return cause
	}
	return fmt.Errorf("%w: %w", ctx.Err(), cause)
}
