package form

import "notturno/state/options"

// presetField is the first row of the form, which is in no table.
func presetField() options.Field {
	return options.Field{Kind: options.Choice, Label: "Preset", Help: "options that were saved under a name; taking one fills the form"}
}

// unset is what the form shows for a field without a value: what the service
// does then, as far as its documentation says so.
func unset(field options.Field) string {
	if field.Name == "" {
		return "none"
	}
	if known, ok := documented()[field.Name]; ok {
		return "service's default (" + known + ")"
	}
	switch field.Name {
	case options.SessionID:
		return "a new one"
	case options.AfterAgent:
		return "as configured"
	}
	if absent()[field.Name] {
		return "none"
	}
	return "service's default"
}

// documented are the defaults of the service by the names of fields. Where its
// documents disagree there is none.
func documented() map[string]string {
	return map[string]string{
		options.MaxSteps:                  "20",
		options.Vision:                    "on",
		"session.headless":                "on",
		"session.max_duration_minutes":    "15m",
		"session.idle_timeout_minutes":    "3m",
		"session.proxies":                 "off",
		"session.browser_type":            "chromium",
		"session.profile_persist":         "off",
		"session.use_file_storage":        "on",
		"session.screenshot_type":         "last_action",
		"session.wait_for_authentication": "on",
		"session.web_bot_auth":            "off",
	}
}

// absent are the fields that mean something only when they are set.
func absent() map[string]bool {
	return map[string]bool{
		options.URL:                  true,
		"vault_id":                   true,
		"persona_id":                 true,
		options.ResponseFormat:       true,
		"notifier_config":            true,
		"session_offset":             true,
		"session.profile":            true,
		"session.vault_id":           true,
		"session.chrome_args":        true,
		"session.cdp_url":            true,
		"session.extra_http_headers": true,
		"session.auth_ids":           true,
	}
}

// note is what stands beside the value of a field.
func note(name string) string {
	if name == "session_offset" {
		return "experimental"
	}
	return ""
}
