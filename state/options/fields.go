package options

import (
	"slices"

	"notturno/api"
)

// Kind says how the value of a field is written.
type Kind int

// The kinds of fields.
const (
	Text     Kind = iota // anything, on one line
	Number               // a whole number
	Minutes              // a duration of whole minutes, such as 15m
	Switch               // On or Off
	Choice               // one of Choices
	Suggest              // one of Choices, or anything else
	Document             // JSON: the text itself, or the path of a file with it
	File                 // the path of a file with JSON, which may hold secrets
)

// The values of a Switch.
const (
	On  = "on"
	Off = "off"
)

// Group is the part of a form that a field is in.
type Group string

// The groups, in the order of the form.
const (
	AgentGroup   Group = "Agent"
	AnswerGroup  Group = "Answer"
	SessionGroup Group = "Session"
	NewGroup     Group = "New session"
)

// Field is something that can be chosen.
type Field struct {
	Name    string // unique; that of the API, where session fields begin with "session."
	Group   Group
	Kind    Kind
	Label   string   // in the form
	Help    string   // what it does, as in a sentence
	Unset   string   // what no value means, in a few words
	Flag    string   // on the command line, without the dashes
	Choices []string // of Choice and Suggest
	Low     int      // bounds of a Number or of Minutes; both 0: none
	High    int
	Secret  bool // its value may hold a secret: it is kept nowhere
}

// The names of fields that others must know.
const (
	Model          = "reasoning_model"
	MaxSteps       = "max_steps"
	Vision         = "use_vision"
	URL            = "url"
	ResponseFormat = "response_format"
	SessionID      = "session_id"
	AfterAgent     = "after_agent"
)

// The names of the others.
const (
	vaultID        = "vault_id"
	personaID      = "persona_id"
	notifierConfig = "notifier_config"
	sessionOffset  = "session_offset"
	headless       = sessionPrefix + "headless"
	solveCaptchas  = sessionPrefix + "solve_captchas"
	maxDuration    = sessionPrefix + "max_duration_minutes"
	idleTimeout    = sessionPrefix + "idle_timeout_minutes"
	proxies        = sessionPrefix + "proxies"
	browserType    = sessionPrefix + "browser_type"
	viewport       = sessionPrefix + "viewport"
	aspectRatio    = sessionPrefix + "aspect_ratio"
	userAgent      = sessionPrefix + "user_agent"
	profile        = sessionPrefix + "profile"
	profilePersist = sessionPrefix + "profile_persist"
	sessionVaultID = sessionPrefix + "vault_id"
	fileStorage    = sessionPrefix + "use_file_storage"
	screenshotType = sessionPrefix + "screenshot_type"
	chromeArgs     = sessionPrefix + "chrome_args"
	cdpURL         = sessionPrefix + "cdp_url"
	extraHeaders   = sessionPrefix + "extra_http_headers"
	authIDs        = sessionPrefix + "auth_ids"
	waitForAuth    = sessionPrefix + "wait_for_authentication"
	webBotAuth     = sessionPrefix + "web_bot_auth"
)

// The values of AfterAgent.
const (
	StopAfter = "stop"
	KeepAfter = "keep"
)

// The bounds of Notte's API.
const (
	maxSteps          = 150
	maxSessionMinutes = 24 * 60
	maxIdleMinutes    = 30
)

// What no value means: nothing, or what the service does by itself. Its own
// defaults are named where its documents agree about them.
const (
	none      = "none"
	byService = "service's default"
)

func byDefault(value string) string { return byService + " (" + value + ")" }

// Fields is the table.
func Fields() []Field {
	return append([]Field{
		{Name: Model, Group: AgentGroup, Kind: Suggest, Choices: api.Models(), Label: "Model", Flag: "model",
			Unset: byService, Help: "the reasoning model; any name may be given"},
		{Name: MaxSteps, Group: AgentGroup, Kind: Number, Low: 1, High: maxSteps, Label: "Max steps", Flag: "max-steps",
			Unset: byDefault("20"), Help: "the most steps, 1 to 150"},
		{Name: Vision, Group: AgentGroup, Kind: Switch, Label: "Vision", Flag: "vision",
			Unset: byDefault("on"), Help: "look at pictures of the page"},
		{Name: URL, Group: AgentGroup, Kind: Text, Label: "Start URL", Flag: "url",
			Unset: none, Help: "the page to begin on"},
		{Name: vaultID, Group: AgentGroup, Kind: Text, Label: "Vault", Flag: "vault-id",
			Unset: none, Help: "the id of the vault with its credentials"},
		{Name: personaID, Group: AgentGroup, Kind: Text, Label: "Persona", Flag: "persona-id",
			Unset: none, Help: "the id of the persona that it acts as"},
		{Name: ResponseFormat, Group: AnswerGroup, Kind: Document, Label: "Response format", Flag: "response-format",
			Unset: none, Help: "the JSON schema that the answer must meet"},
		{Name: notifierConfig, Group: AnswerGroup, Kind: Document, Label: "Notifier", Flag: "notifier-config", Secret: true,
			Unset: none, Help: "the JSON object that configures the notifier"},
		{Name: SessionID, Group: SessionGroup, Kind: Text, Label: "Session", Flag: "session",
			Unset: "a new one", Help: "the id of an open session to work on, which is left open; without one a new session is started"},
		{Name: sessionOffset, Group: SessionGroup, Kind: Number, Label: "Session offset", Flag: "session-offset",
			Unset: none, Help: "the step of the session to remember from; experimental"},
		{Name: AfterAgent, Group: SessionGroup, Kind: Choice, Choices: []string{StopAfter, KeepAfter}, Label: "Afterwards", Flag: "after-agent",
			Unset: "as configured", Help: "stop the new session when the agent has ended, or keep it open"},
	}, newSessionFields()...)
}

// newSessionFields are about a session that is started for the agent.
func newSessionFields() []Field {
	fields := []Field{
		{Name: headless, Kind: Switch, Label: "Headless", Flag: "headless",
			Unset: byDefault("on"), Help: "a browser without a window"},
		{Name: solveCaptchas, Kind: Switch, Label: "Solve captchas", Flag: "solve-captchas",
			Unset: byService, Help: "solve captchas"},
		{Name: maxDuration, Kind: Minutes, Low: 1, High: maxSessionMinutes, Label: "Max duration", Flag: "max-duration",
			Unset: byDefault("15m"), Help: "it ends after so long, 1m to 24h"},
		{Name: idleTimeout, Kind: Minutes, Low: 1, High: maxIdleMinutes, Label: "Idle timeout", Flag: "idle-timeout",
			Unset: byDefault("3m"), Help: "it ends when not used for so long, 1m to 30m"},
		{Name: proxies, Kind: File, Label: "Proxies", Flag: "proxies",
			Unset: byDefault("off"), Help: "on, off, or a file with a JSON list of proxies"},
		{Name: browserType, Kind: Choice, Choices: []string{"chromium", "chrome", "chrome-nightly", "chrome-turbo"}, Label: "Browser", Flag: "browser",
			Unset: byDefault("chromium"), Help: "the browser"},
		{Name: viewport, Kind: Text, Label: "Viewport", Flag: "viewport",
			Unset: byService, Help: "the size of the page in pixels, such as 1280x800"},
		{Name: aspectRatio, Kind: Choice, Choices: []string{"5:4", "16:9"}, Label: "Aspect ratio", Flag: "aspect-ratio",
			Unset: byService, Help: "the shape of the page; not with a viewport"},
		{Name: userAgent, Kind: Text, Label: "User agent", Flag: "user-agent",
			Unset: byService, Help: "what the browser calls itself"},
		{Name: profile, Kind: Text, Label: "Profile", Flag: "profile",
			Unset: none, Help: "the id of the browser profile to begin with"},
		{Name: profilePersist, Kind: Switch, Label: "Keep profile", Flag: "profile-persist",
			Unset: byDefault("off"), Help: "keep in the profile what the session changes"},
		{Name: sessionVaultID, Kind: Text, Label: "Session vault", Flag: "session-vault-id",
			Unset: none, Help: "the id of the vault of the session itself"},
		{Name: fileStorage, Kind: Switch, Label: "File storage", Flag: "file-storage",
			Unset: byDefault("on"), Help: "keep the files that it downloads"},
		{Name: screenshotType, Kind: Choice, Choices: []string{"raw", "full", "last_action"}, Label: "Screenshots", Flag: "screenshot-type",
			Unset: byDefault("last_action"), Help: "what its pictures show"},
		{Name: chromeArgs, Kind: Document, Label: "Chrome arguments", Flag: "chrome-args", Secret: true,
			Unset: none, Help: "a JSON list of arguments for the browser"},
		{Name: cdpURL, Kind: File, Label: "CDP URL", Flag: "cdp-url", Secret: true,
			Unset: none, Help: "a file with the address of a browser elsewhere, as a JSON string"},
		{Name: extraHeaders, Kind: File, Label: "HTTP headers", Flag: "extra-http-headers", Secret: true,
			Unset: none, Help: "a file with a JSON object of headers to send with every request"},
		{Name: authIDs, Kind: Document, Label: "Auth ids", Flag: "auth-ids",
			Unset: none, Help: "a JSON list of at most 10 ids of authentications"},
		{Name: waitForAuth, Kind: Switch, Label: "Wait for auth", Flag: "wait-for-authentication",
			Unset: byDefault("on"), Help: "begin only when the authentications are done"},
		{Name: webBotAuth, Kind: Switch, Label: "Web bot auth", Flag: "web-bot-auth",
			Unset: byDefault("off"), Help: "sign requests as those of a bot"},
	}
	for i := range fields {
		fields[i].Group = NewGroup
	}
	return fields
}

// sessionPrefix begins the names of fields of a new session, of which some
// would be those of the agent.
const sessionPrefix = "session."

// Lookup is the field with the name.
func Lookup(name string) (Field, bool) {
	fields := Fields()
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return fields[i], true
}
