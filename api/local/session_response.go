package local

import "time"

// The values of a session's status.
const (
	sessionActive   = "active"
	sessionClosed   = "closed"
	sessionTimedOut = "timed_out"
)

// sessionResponse is a session as the sessions API shows it.
type sessionResponse struct {
	SessionID            string        `json:"session_id"`
	IdleTimeoutMinutes   int           `json:"idle_timeout_minutes"`
	MaxDurationMinutes   int           `json:"max_duration_minutes"`
	TimeoutMinutes       int           `json:"timeout_minutes"`
	CreatedAt            time.Time     `json:"created_at"`
	ClosedAt             *time.Time    `json:"closed_at"`
	LastAccessedAt       time.Time     `json:"last_accessed_at"`
	Duration             string        `json:"duration"`
	Status               string        `json:"status"`
	CloseReason          *string       `json:"close_reason"`
	Steps                []sessionStep `json:"steps"`
	Error                *string       `json:"error"`
	Proxies              bool          `json:"proxies"`
	BrowserType          string        `json:"browser_type"`
	UseFileStorage       bool          `json:"use_file_storage"`
	NetworkRequestBytes  int           `json:"network_request_bytes"`
	NetworkResponseBytes int           `json:"network_response_bytes"`
	UserAgent            *string       `json:"user_agent"`
	ViewportWidth        *int          `json:"viewport_width"`
	ViewportHeight       *int          `json:"viewport_height"`
	Headless             bool          `json:"headless"`
	SolveCaptchas        bool          `json:"solve_captchas"`
	CDPURL               *string       `json:"cdp_url"`
	ViewerURL            string        `json:"viewer_url"`
	WebBotAuth           bool          `json:"web_bot_auth"`
	AuthIDs              []string      `json:"auth_ids"`
	SystemHidden         bool          `json:"system_hidden"`
}

// sessionStep is one tool call that has ended.
type sessionStep struct {
	Type  string          `json:"type"`
	Value executionResult `json:"value"`
}

type executionResult struct {
	Action  executedAction `json:"action"`
	Success bool           `json:"success"`
	Message string         `json:"message"`
}

type executedAction struct {
	Type  string `json:"type"`
	Input string `json:"input,omitempty"` // JSON
}

// response shows sess, whose viewer page is at viewerURL.
func (s *session) response(viewerURL string) sessionResponse {
	s.mu.Lock()
	defer s.mu.Unlock()
	set := s.settings
	shown := sessionResponse{
		SessionID:          s.id,
		IdleTimeoutMinutes: set.idleMinutes,
		MaxDurationMinutes: set.maxMinutes,
		TimeoutMinutes:     set.idleMinutes,
		CreatedAt:          apiTime(s.started),
		LastAccessedAt:     apiTime(s.use.last),
		Duration:           isoDuration(time.Since(s.started)),
		Status:             sessionActive,
		Steps:              s.steps(),
		Proxies:            set.proxies,
		BrowserType:        set.browser,
		UseFileStorage:     set.fileStorage,
		UserAgent:          set.userAgent,
		ViewportWidth:      set.viewportWidth,
		ViewportHeight:     set.viewportHeight,
		Headless:           set.headless,
		SolveCaptchas:      set.solveCaptchas,
		ViewerURL:          viewerURL,
		WebBotAuth:         set.webBotAuth,
		AuthIDs:            set.authIDs,
	}
	if !s.ended.IsZero() {
		shown.ClosedAt = new(apiTime(s.ended))
		shown.Duration = isoDuration(s.ended.Sub(s.started))
		status, reason := s.howEnded()
		shown.Status, shown.CloseReason = status, &reason
	}
	return shown
}

// howEnded is the status and the close reason of a session that is over. A
// run that failed on it is no error of the session.
func (s *session) howEnded() (status, reason string) {
	switch s.end.reason {
	case reasonIdle:
		return sessionTimedOut, "idle_timeout"
	case reasonLifetime:
		return sessionTimedOut, "max_duration"
	default:
		return sessionClosed, "manual"
	}
}

// steps are the tool calls that have ended.
func (s *session) steps() []sessionStep {
	steps := []sessionStep{}
	for _, it := range s.items {
		if it.Kind == "tool" && !it.Open {
			steps = append(steps, sessionStep{"execution_result", executionResult{executedAction{it.Title, it.Input}, !it.Failed, it.Text}})
		}
	}
	return steps
}

// offset is how many steps the session has so far.
func (s *session) offset() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.steps())
}

// apiTime is a time as the REST API tells it.
func apiTime(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
