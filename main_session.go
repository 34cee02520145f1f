package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"notturno/api"
)

// sessionFlags are the flags of run --agent that say what a new session shall
// be. What is not given is not sent.
type sessionFlags struct {
	headless       bool
	solveCaptchas  bool
	maxDuration    time.Duration
	idleTimeout    time.Duration
	proxies        string // on, off or a file
	browser        string
	viewport       string // 1280x800
	userAgent      string
	profile        string
	profilePersist bool
}

func (f *sessionFlags) register(flags *pflag.FlagSet) {
	flags.BoolVar(&f.headless, "headless", false, "new session: a browser without a window")
	flags.BoolVar(&f.solveCaptchas, "solve-captchas", false, "new session: solve captchas")
	flags.DurationVar(&f.maxDuration, "max-duration", 0, "new session: it ends after so many minutes, 1m to 24h")
	flags.DurationVar(&f.idleTimeout, "idle-timeout", 0, "new session: it ends when not used for so many minutes, 1m to 30m")
	flags.StringVar(&f.proxies, "proxies", "", "new session: on, off, or a file with a JSON list of proxies")
	flags.StringVar(&f.browser, "browser", "", "new session: chromium, chrome, chrome-nightly or chrome-turbo")
	flags.StringVar(&f.viewport, "viewport", "", "new session: the size of the page in pixels, such as 1280x800")
	flags.StringVar(&f.userAgent, "user-agent", "", "new session: what the browser calls itself")
	flags.StringVar(&f.profile, "profile", "", "new session: the id of the browser profile to begin with")
	flags.BoolVar(&f.profilePersist, "profile-persist", false, "new session: keep in the profile what the session changes")
}

// has reports whether a flag is one of these.
func (f *sessionFlags) has(name string) bool {
	known := pflag.NewFlagSet("", pflag.ContinueOnError)
	new(sessionFlags).register(known)
	return known.Lookup(name) != nil
}

// request is the session that the flags ask for. The error names the flag.
func (f *sessionFlags) request(flags *pflag.FlagSet) (api.SessionRequest, error) {
	r := api.SessionRequest{BrowserType: f.browser, UserAgent: f.userAgent}
	if flags.Changed("headless") {
		r.Headless = &f.headless
	}
	if flags.Changed("solve-captchas") {
		r.SolveCaptchas = &f.solveCaptchas
	}
	var err error
	if r.MaxDurationMinutes, err = minutes(flags, "max-duration", f.maxDuration, maxSessionLength); err != nil {
		return r, err
	}
	if r.IdleTimeoutMinutes, err = minutes(flags, "idle-timeout", f.idleTimeout, maxSessionIdle); err != nil {
		return r, err
	}
	if r.MaxDurationMinutes != nil && r.IdleTimeoutMinutes != nil && f.idleTimeout > f.maxDuration {
		return r, fmt.Errorf("--idle-timeout %v is longer than --max-duration %v; make it shorter", f.idleTimeout, f.maxDuration)
	}
	if r.Proxies, err = proxies(f.proxies); err != nil {
		return r, err
	}
	if f.viewport != "" {
		width, height, err := viewportSize(f.viewport)
		if err != nil {
			return r, err
		}
		r.ViewportWidth, r.ViewportHeight = &width, &height
	}
	r.Profile, err = f.ofProfile(flags)
	return r, err
}

func (f *sessionFlags) ofProfile(flags *pflag.FlagSet) (*api.Profile, error) {
	switch {
	case f.profile == "" && flags.Changed("profile-persist"):
		return nil, errors.New("--profile-persist needs --profile; name the profile, or leave it out")
	case f.profile == "":
		return nil, nil
	}
	profile := &api.Profile{ID: f.profile}
	if flags.Changed("profile-persist") {
		profile.Persist = &f.profilePersist
	}
	return profile, nil
}

// minutes is a flag's duration as the API has it; nil when it is not given.
func minutes(flags *pflag.FlagSet, name string, d, most time.Duration) (*int, error) {
	switch {
	case !flags.Changed(name):
		return nil, nil
	case d < time.Minute || d > most:
		return nil, fmt.Errorf("--%s %v is out of bounds; use 1m to %dm", name, d, int(most.Minutes()))
	case d%time.Minute != 0:
		return nil, fmt.Errorf("--%s %v is not a number of whole minutes; use %dm", name, d, int(d.Minutes()))
	}
	return new(int(d.Minutes())), nil
}

// maxPixels is the largest side of a page that is asked for.
const maxPixels = 100_000

// viewportSize reads WIDTHxHEIGHT.
func viewportSize(text string) (width, height int, err error) {
	w, h, found := strings.Cut(text, "x")
	width, errW := strconv.Atoi(w)
	height, errH := strconv.Atoi(h)
	if !found || errW != nil || errH != nil {
		return 0, 0, fmt.Errorf("--viewport %q is not a size; write it as 1280x800", text)
	}
	if min(width, height) < 1 || max(width, height) > maxPixels {
		return 0, 0, fmt.Errorf("--viewport %q is out of bounds; use 1 to %d for each side", text, maxPixels)
	}
	return width, height, nil
}

// proxies reads on, off or a file: a list can hold passwords, which are no
// matter for a command line.
func proxies(text string) (*api.Proxies, error) {
	switch text {
	case "":
		return nil, nil
	case "on", "off":
		return &api.Proxies{On: text == "on"}, nil
	}
	raw, err := jsonFile("proxies", text)
	if err != nil {
		return nil, fmt.Errorf("%w (use on, off, or a file with a JSON list of proxies)", err)
	}
	if raw[0] != '[' {
		return nil, fmt.Errorf("--proxies %s is not a JSON list; put the proxies between brackets", text)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	var list []api.Proxy
	if err := decoder.Decode(&list); err != nil {
		return nil, fmt.Errorf("--proxies %s is not a JSON list of proxies: %w", text, err)
	}
	for i, proxy := range list {
		switch proxy.Type {
		case api.ProxyNotte, api.ProxyExternal, api.ProxyTailnet:
		default:
			return nil, fmt.Errorf("--proxies %s: proxy %d has the type %q; use %s, %s or %s", text, i+1, proxy.Type, api.ProxyNotte, api.ProxyExternal, api.ProxyTailnet)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("--proxies %s holds no proxy; use off for none", text)
	}
	return &api.Proxies{List: list}, nil
}

// maxJSONFile is the longest file that a flag may name, in bytes.
const maxJSONFile = 1 << 20

// jsonFile is the JSON in the file that a flag names.
func jsonFile(flag, path string) (json.RawMessage, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("failed to read --%s: %w", flag, err)
	}
	defer func() { _ = file.Close() }() // it was only read
	raw, err := io.ReadAll(io.LimitReader(file, maxJSONFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("failed to read --%s: %w", flag, err)
	case len(raw) > maxJSONFile:
		return nil, fmt.Errorf("--%s %s is longer than %d bytes; make it shorter", flag, path, maxJSONFile)
	}
	raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\ufeff")))
	var value json.RawMessage
	if err := json.Unmarshal(raw, &value); err != nil {
		return nil, fmt.Errorf("--%s %s is not JSON: %w", flag, path, err)
	}
	return value, nil
}

// objectFile is the JSON object in the file that a flag names; nil without one.
func objectFile(flag, path string) (json.RawMessage, error) {
	if path == "" {
		return nil, nil
	}
	raw, err := jsonFile(flag, path)
	if err == nil && raw[0] != '{' {
		err = fmt.Errorf("--%s %s is not a JSON object; put the settings between braces", flag, path)
	}
	return raw, err
}
