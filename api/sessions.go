package api

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// The values of a session's status. Services may know more of them.
const (
	SessionActive   = "active"
	SessionClosed   = "closed"
	SessionError    = "error"
	SessionTimedOut = "timed_out"
)

// Session is a browser session. What the service left out, or sent as another
// type than documented, has its zero value; a *bool is nil then.
type Session struct {
	SessionID            Text
	Status               Text
	CreatedAt            time.Time
	LastAccessedAt       time.Time
	ClosedAt             time.Time     // zero while it is open
	IdleTimeout          time.Duration // it ends when it was not used for so long
	MaxDuration          time.Duration // it ends then in any case
	Duration             time.Duration // how long it was open, or is so far
	CloseReason          Text          // manual, idle_timeout, max_duration, error, unknown, or empty
	Error                Text          // without what is secret in it
	Steps                []SessionStep
	Headless             *bool
	SolveCaptchas        *bool
	Proxies              *bool
	UseFileStorage       *bool
	WebBotAuth           *bool
	SystemHidden         *bool // the service's own, not to be shown
	BrowserType          Text
	UserAgent            Text
	ViewportWidth        int
	ViewportHeight       int
	NetworkRequestBytes  int
	NetworkResponseBytes int
	AuthIDs              []Text
	ViewerURL            Text // a bearer secret: whoever has it can watch
	CDPURL               Text // holds credentials: not to be shown
}

// Open reports whether the session can still be used.
func (s Session) Open() bool {
	switch s.Status {
	case SessionClosed, SessionError, SessionTimedOut:
		return false
	}
	return s.ClosedAt.IsZero()
}

// SessionStep is one thing that happened in a session. Secrets in it are
// masked.
type SessionStep struct {
	Type  Text // observation, execution_result, agent_completion, …
	Value Text // compact JSON
}

func (c *Client) sessionOf(o object) Session {
	s := Session{
		SessionID:            o.line("session_id"),
		Status:               o.line("status"),
		CreatedAt:            timeOf(o.text("created_at")),
		LastAccessedAt:       timeOf(o.text("last_accessed_at")),
		ClosedAt:             timeOf(o.text("closed_at")),
		IdleTimeout:          minutesOf(o.get("idle_timeout_minutes", "timeout_minutes")),
		MaxDuration:          minutesOf(o.get("max_duration_minutes")),
		Duration:             durationOf(o.text("duration")),
		CloseReason:          o.line("close_reason"),
		Error:                c.redact(o.text("error")),
		Headless:             boolOf(o.get("headless")),
		SolveCaptchas:        boolOf(o.get("solve_captchas")),
		Proxies:              boolOf(o.get("proxies")),
		UseFileStorage:       boolOf(o.get("use_file_storage")),
		WebBotAuth:           boolOf(o.get("web_bot_auth")),
		SystemHidden:         boolOf(o.get("system_hidden")),
		BrowserType:          o.line("browser_type"),
		UserAgent:            o.line("user_agent"),
		ViewportWidth:        intOf(o.get("viewport_width")),
		ViewportHeight:       intOf(o.get("viewport_height")),
		NetworkRequestBytes:  intOf(o.get("network_request_bytes")),
		NetworkResponseBytes: intOf(o.get("network_response_bytes")),
		AuthIDs:              linesOf(o.get("auth_ids")),
		ViewerURL:            c.capability(o.line("viewer_url")),
		CDPURL:               c.capability(o.line("cdp_url")),
	}
	hide := newMask(c.config.Key)
	for _, step := range elements(o.get("steps")) {
		step := objectOf(hide.step(step))
		s.Steps = append(s.Steps, SessionStep{Type: step.line("type"), Value: step.text("value")})
	}
	return s
}

// capability is an address that opens something to whoever has it. One that
// holds the API key opens everything, and is left out.
func (c *Client) capability(address Text) Text {
	if c.withoutKey(address) != address {
		return ""
	}
	return address
}

// StartSession starts a browser session. It sends one POST, once, whatever
// happens; the session may be billed.
func (c *Client) StartSession(ctx context.Context, r SessionRequest) (Session, error) {
	raw, err := c.send(ctx, call{method: http.MethodPost, path: []string{"sessions", "start"}, body: r})
	if err != nil {
		return Session{}, err
	}
	return c.sessionOf(objectOf(raw)), nil
}

// Session asks for one session.
func (c *Client) Session(ctx context.Context, sessionID string) (Session, error) {
	if err := needID("session", sessionID); err != nil {
		return Session{}, err
	}
	raw, err := c.get(ctx, nil, "sessions", sessionID)
	if err != nil {
		return Session{}, err
	}
	return c.sessionOf(objectOf(raw)), nil
}

// Sessions asks for one page of the sessions. What the service gives as an id
// and is none is left out; the session stays.
func (c *Client) Sessions(ctx context.Context, f SessionFilter) (Page[Session], error) {
	q := query{}
	q.number("page", f.Page)
	q.number("page_size", f.PageSize)
	q.flag("only_active", f.OnlyActive)
	q.flag("only_current_token", f.OnlyCurrentToken)
	q.flag("include_system", f.IncludeSystem)
	raw, err := c.get(ctx, url.Values(q), "sessions")
	if err != nil {
		return Page[Session]{}, err
	}
	return pageOf(raw, paging{f.Page, f.PageSize}, func(o object) Session {
		s := c.sessionOf(o)
		s.SessionID = listedID(s.SessionID)
		return s
	}), nil
}
