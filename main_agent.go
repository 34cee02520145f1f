package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"notturno/api"
	"notturno/api/schema"
	"notturno/state"
)

// The bounds of Notte's API.
const (
	maxSteps         = 150
	maxSessionLength = 24 * time.Hour
	maxSessionIdle   = 30 * time.Minute
)

// agentFlags are the flags of run --agent. What is not given is not sent.
type agentFlags struct {
	on             bool
	model          string
	maxSteps       int
	vision         bool
	noVision       bool
	url            string
	vaultID        string
	personaID      string
	responseFormat string // a file
	sessionOffset  int
	notifierConfig string // a file
	session        string
	keepSession    bool
	newSession     sessionFlags
}

func (f *agentFlags) register(flags *pflag.FlagSet) {
	flags.BoolVar(&f.on, "agent", false, "give the task to an agent on a browser session")
	flags.StringVar(&f.model, "model", "", "agent: the reasoning model, such as gemini/gemini-2.5-flash")
	flags.IntVar(&f.maxSteps, "max-steps", api.DefaultMaxSteps, "agent: the most steps, 1 to 150")
	flags.BoolVar(&f.vision, "vision", false, "agent: look at pictures of the page")
	flags.BoolVar(&f.noVision, "no-vision", false, "agent: do not look at pictures of the page")
	flags.StringVar(&f.url, "url", "", "agent: the page to begin on")
	flags.StringVar(&f.vaultID, "vault-id", "", "agent: the vault with its credentials")
	flags.StringVar(&f.personaID, "persona-id", "", "agent: the persona that it acts as")
	flags.StringVar(&f.responseFormat, "response-format", "", "agent: a file with the JSON schema that the answer must meet")
	flags.IntVar(&f.sessionOffset, "session-offset", 0, "agent, experimental: the step of the session to remember from")
	flags.StringVar(&f.notifierConfig, "notifier-config", "", "agent: a file with the JSON object that configures the notifier")
	flags.StringVar(&f.session, "session", "", "agent: the id of an open session to work on; it is left open")
	flags.BoolVar(&f.keepSession, "keep-session", false, "agent: leave the new session open at the end")
	f.newSession.register(flags)
}

// flagsByField are the flags by the fields of the requests that they set.
func flagsByField() map[string]string {
	return map[string]string{
		"reasoning_model": "model", "max_steps": "max-steps", "use_vision": "vision", "url": "url", "vault_id": "vault-id",
		"persona_id": "persona-id", "response_format": "response-format", "session_offset": "session-offset",
		"notifier_config": "notifier-config", "session_id": "session",
		"headless": "headless", "solve_captchas": "solve-captchas", "max_duration_minutes": "max-duration",
		"idle_timeout_minutes": "idle-timeout", "timeout_minutes": "idle-timeout", "proxies": "proxies", "browser_type": "browser",
		"viewport_width": "viewport", "viewport_height": "viewport", "user_agent": "user-agent", "profile": "profile",
	}
}

// agentFlagNames are the flags as people write them, by the fields that they
// set.
func agentFlagNames() map[string]string {
	names := map[string]string{"task": "TASK"}
	for field, flag := range flagsByField() {
		names[field] = "--" + flag
	}
	return names
}

// order is what the flags ask for; nil when they ask for no agent. The error
// names the flag.
func (f *agentFlags) order(flags *pflag.FlagSet, task string) (*state.AgentOrder, error) {
	if err := f.check(flags); err != nil || !f.on {
		return nil, err
	}
	order := &state.AgentOrder{
		KeepSession: f.keepSession,
		Request: api.AgentRequest{
			Task: task, URL: f.url, ReasoningModel: f.model, VaultID: f.vaultID, PersonaID: f.personaID, SessionID: f.session,
		},
	}
	if flags.Changed("max-steps") {
		order.Request.MaxSteps = &f.maxSteps
	}
	if flags.Changed("session-offset") {
		order.Request.SessionOffset = &f.sessionOffset
	}
	switch {
	case flags.Changed("vision"):
		order.Request.UseVision = &f.vision
	case flags.Changed("no-vision"):
		order.Request.UseVision = new(!f.noVision)
	}
	var err error
	if order.Request.ResponseFormat, err = formatFile(f.responseFormat); err != nil {
		return nil, err
	}
	if order.Request.NotifierConfig, err = objectFile("notifier-config", f.notifierConfig); err != nil {
		return nil, err
	}
	if order.Session, err = f.newSession.request(flags); err != nil {
		return nil, err
	}
	return order, nil
}

// check refuses flags that do not go together, or with nothing in them.
func (f *agentFlags) check(flags *pflag.FlagSet) error {
	known := pflag.NewFlagSet("", pflag.ContinueOnError)
	new(agentFlags).register(known)
	var err error
	refuse := func(format string, args ...any) {
		if err == nil {
			err = fmt.Errorf(format, args...)
		}
	}
	flags.Visit(func(given *pflag.Flag) {
		own := known.Lookup(given.Name)
		switch {
		case own == nil || given.Name == "agent":
		case !f.on:
			refuse("--%s is for agents only; add --agent, or leave it out", given.Name)
		case given.Value.Type() == "string" && strings.TrimSpace(given.Value.String()) == "":
			refuse("--%s is empty; give it a value, or leave it out", given.Name)
		case f.session != "" && f.newSession.has(given.Name):
			refuse("--%s is for a new session, and --session names one that is there; leave one of them out", given.Name)
		}
	})
	switch {
	case err != nil || !f.on:
	case flags.Changed("vision") && flags.Changed("no-vision"):
		err = errors.New("--vision and --no-vision exclude each other; leave one of them out")
	case f.maxSteps < 1 || f.maxSteps > maxSteps:
		err = fmt.Errorf("--max-steps %d is out of bounds; use 1 to %d", f.maxSteps, maxSteps)
	}
	return err
}

// formatFile is the JSON schema in a file, checked as far as it can be before
// anything is sent.
func formatFile(path string) (json.RawMessage, error) {
	if path == "" {
		return nil, nil
	}
	raw, err := jsonFile("response-format", path)
	if err != nil {
		return nil, err
	}
	if _, err := schema.Parse(raw); err != nil {
		return nil, fmt.Errorf("--response-format %s cannot be used: %w", path, err)
	}
	return raw, nil
}
