package local

import (
	"strconv"
	"strings"
	"time"

	"notturno/api/local/validate"
)

// sessionSettings are what the start of a session asks for. This backend
// fetches pages and has no browser, so all but the times are only told again.
type sessionSettings struct {
	headless       bool
	solveCaptchas  bool
	maxMinutes     int
	idleMinutes    int
	proxies        bool
	browser        string
	userAgent      *string
	viewportWidth  *int
	viewportHeight *int
	fileStorage    bool
	webBotAuth     bool
	authIDs        []string
}

func (c sessionSettings) idleTimeout() time.Duration {
	return time.Duration(c.idleMinutes) * time.Minute
}
func (c sessionSettings) lifetime() time.Duration { return time.Duration(c.maxMinutes) * time.Minute }

// usualSettings are those of a start without any fields.
func usualSettings() sessionSettings {
	return sessionSettings{
		headless: true, solveCaptchas: true, maxMinutes: 15, idleMinutes: 3, browser: "chromium", fileStorage: true, authIDs: []string{},
	}
}

// sessionStartModel is the body of POST /sessions/start.
func sessionStartModel() validate.Model {
	usual := usualSettings()
	text := func(name string) validate.Field {
		return validate.Field{Name: name, Type: validate.String, Nullable: true}
	}
	size := func(name string) validate.Field {
		return validate.Field{Name: name, Type: validate.Int, Nullable: true}
	}
	flag := func(name string, usual bool) validate.Field {
		return validate.Field{Name: name, Type: validate.Bool, Default: usual}
	}
	return validate.Model{Extra: validate.Forbid, Fields: []validate.Field{
		flag("headless", usual.headless),
		flag("solve_captchas", usual.solveCaptchas),
		{Name: "max_duration_minutes", Type: validate.Int, Above: new(0), Max: new(1440), Default: usual.maxMinutes},
		{Name: "idle_timeout_minutes", Aliases: []string{"timeout_minutes"}, Type: validate.Int, Above: new(0), Max: new(30), Default: usual.idleMinutes},
		{Name: "proxies", Type: validate.BoolOrTagged, Tagged: proxyModels()},
		{Name: "browser_type", Type: validate.Literal, Choices: []string{"chromium", "chrome", "chrome-nightly", "chrome-turbo"}, Default: usual.browser},
		text("user_agent"),
		{Name: "chrome_args", Type: validate.StringList, Nullable: true},
		size("viewport_width"),
		size("viewport_height"),
		{Name: "aspect_ratio", Type: validate.Literal, Choices: []string{"5:4", "16:9"}, Nullable: true},
		text("cdp_url"),
		flag("use_file_storage", usual.fileStorage),
		{Name: "screenshot_type", Type: validate.Literal, Choices: []string{"raw", "full", "last_action"}, Default: "last_action"},
		{Name: "profile", Type: validate.Object, Nullable: true, Model: &validate.Model{Fields: []validate.Field{
			{Name: "id", Type: validate.String, Required: true}, flag("persist", false),
		}}},
		text("vault_id"),
		flag("web_bot_auth", false),
		{Name: "extra_http_headers", Type: validate.StringMap, Nullable: true},
		{Name: "auth_ids", Type: validate.StringList, MaxItems: 10},
		flag("wait_for_authentication", true),
	}}
}

func proxyModels() []validate.Tagged {
	fields := func(required string, optional ...string) validate.Model {
		var m validate.Model
		if required != "" {
			m.Fields = append(m.Fields, validate.Field{Name: required, Type: validate.String, Required: true})
		}
		for _, name := range optional {
			m.Fields = append(m.Fields, validate.Field{Name: name, Type: validate.String, Nullable: true})
		}
		return m
	}
	return []validate.Tagged{
		{Tag: "notte", Model: fields("", "id", "country", "city")},
		{Tag: "external", Model: fields("server", "username", "password", "bypass")},
		{Tag: "tailnet", Model: fields("oauth_client_id", "oauth_client_secret")},
	}
}

// parseSessionStart reads the body of a start.
func parseSessionStart(body []byte, contentType string) (sessionSettings, validate.Errors) {
	values, errs := sessionStartModel().Body(body, contentType)
	if errs != nil {
		return sessionSettings{}, errs
	}
	if errs := checkSessionStart(values); errs != nil {
		return sessionSettings{}, errs
	}
	return sessionSettings{
		headless:       values.Bool("headless"),
		solveCaptchas:  values.Bool("solve_captchas"),
		maxMinutes:     values.Int("max_duration_minutes"),
		idleMinutes:    values.Int("idle_timeout_minutes"),
		proxies:        values.Bool("proxies") || values.Tagged("proxies"),
		browser:        values.String("browser_type"),
		userAgent:      optional(values, "user_agent", values.String),
		viewportWidth:  optional(values, "viewport_width", values.Int),
		viewportHeight: optional(values, "viewport_height", values.Int),
		fileStorage:    values.Bool("use_file_storage"),
		webBotAuth:     values.Bool("web_bot_auth"),
		authIDs:        append([]string{}, values.Strings("auth_ids")...),
	}, nil
}

// optional is a field's value, or nil when the request has none.
func optional[T any](values validate.Values, name string, get func(string) T) *T {
	if !values.Has(name) {
		return nil
	}
	return new(get(name))
}

// checkSessionStart checks the rules that are about more than one value.
func checkSessionStart(values validate.Values) validate.Errors {
	seen := map[string]bool{}
	for _, id := range values.Strings("auth_ids") {
		if seen[id] {
			return values.FieldError("auth_ids", "auth_ids must be unique")
		}
		seen[id] = true
	}
	width, height := values.Has("viewport_width"), values.Has("viewport_height")
	switch {
	case width != height:
		return values.ValueError("viewport_width and viewport_height must both be set or both be left out")
	case width && values.Has("aspect_ratio"):
		return values.ValueError("aspect_ratio cannot be set together with viewport_width and viewport_height")
	case values.Int("idle_timeout_minutes") > values.Int("max_duration_minutes"):
		return values.ValueError("idle_timeout_minutes must not be greater than max_duration_minutes")
	}
	return nil
}

// isoDuration is d as ISO 8601 writes it: PT0S, PT41.286072S, PT1H1M40S.
func isoDuration(d time.Duration) string {
	d = max(d, 0).Truncate(time.Microsecond)
	var b strings.Builder
	b.WriteString("PT")
	if hours := d / time.Hour; hours > 0 {
		b.WriteString(strconv.Itoa(int(hours)) + "H")
	}
	if minutes := d % time.Hour / time.Minute; minutes > 0 {
		b.WriteString(strconv.Itoa(int(minutes)) + "M")
	}
	if rest := d % time.Minute; rest > 0 || b.Len() == len("PT") {
		b.WriteString(strconv.FormatFloat(rest.Seconds(), 'f', -1, 64) + "S")
	}
	return b.String()
}
