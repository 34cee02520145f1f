package api

import "encoding/json"

// SessionRequest is what a new browser session shall be. Only what is set is
// sent; its zero value asks for a session as the service makes them.
type SessionRequest struct {
	Headless              *bool             `json:"headless,omitzero"`
	SolveCaptchas         *bool             `json:"solve_captchas,omitzero"`
	MaxDurationMinutes    *int              `json:"max_duration_minutes,omitzero"` // 1 to 1440
	IdleTimeoutMinutes    *int              `json:"idle_timeout_minutes,omitzero"` // 1 to 30, at most the maximum duration
	Proxies               *Proxies          `json:"proxies,omitzero"`
	BrowserType           string            `json:"browser_type,omitzero"` // chromium, chrome, chrome-nightly, chrome-turbo
	UserAgent             string            `json:"user_agent,omitzero"`
	ChromeArgs            []string          `json:"chrome_args,omitzero"`
	ViewportWidth         *int              `json:"viewport_width,omitzero"` // with ViewportHeight, or neither
	ViewportHeight        *int              `json:"viewport_height,omitzero"`
	AspectRatio           string            `json:"aspect_ratio,omitzero"` // 5:4 or 16:9, not with a viewport
	CDPURL                string            `json:"cdp_url,omitzero"`
	UseFileStorage        *bool             `json:"use_file_storage,omitzero"`
	ScreenshotType        string            `json:"screenshot_type,omitzero"` // raw, full, last_action
	Profile               *Profile          `json:"profile,omitzero"`
	VaultID               string            `json:"vault_id,omitzero"`
	WebBotAuth            *bool             `json:"web_bot_auth,omitzero"`
	ExtraHTTPHeaders      map[string]string `json:"extra_http_headers,omitzero"`
	AuthIDs               []string          `json:"auth_ids,omitzero"` // at most 10, no two alike
	WaitForAuthentication *bool             `json:"wait_for_authentication,omitzero"`
}

// Profile is a browser profile that a session begins with.
type Profile struct {
	ID      string `json:"id"`
	Persist *bool  `json:"persist,omitzero"` // keep what the session changes in it
}

// Proxies says how a session reaches the web: by the list, or else by the
// service's own proxies when they are on.
type Proxies struct {
	On   bool
	List []Proxy
}

// MarshalJSON is the list, or true or false.
func (p Proxies) MarshalJSON() ([]byte, error) {
	if p.List != nil {
		return json.Marshal(p.List)
	}
	return json.Marshal(p.On)
}

// The types of proxies.
const (
	ProxyNotte    = "notte"    // ID, Country, City
	ProxyExternal = "external" // Server, Username, Password, Bypass
	ProxyTailnet  = "tailnet"  // OAuthClientID, OAuthClientSecret
)

// Proxy is one proxy; which fields it has depends on its type.
type Proxy struct {
	Type              string `json:"type"`
	ID                string `json:"id,omitzero"`
	Country           string `json:"country,omitzero"`
	City              string `json:"city,omitzero"`
	Server            string `json:"server,omitzero"`
	Username          string `json:"username,omitzero"`
	Password          string `json:"password,omitzero"`
	Bypass            string `json:"bypass,omitzero"`
	OAuthClientID     string `json:"oauth_client_id,omitzero"`
	OAuthClientSecret string `json:"oauth_client_secret,omitzero"`
}

// SessionFilter says which sessions a list shows. What is not set is up to the
// service: the first page, of 10, with only what is active.
type SessionFilter struct {
	Page             int // from 1
	PageSize         int // 1 to 100
	OnlyActive       *bool
	OnlyCurrentToken *bool // those that this key has started
	IncludeSystem    *bool
}
