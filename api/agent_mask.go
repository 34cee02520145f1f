package api

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// masked stands for what was typed into a field that keeps secrets.
const masked = "••••••"

// minSecret is how many bytes a masked value must have to be masked wherever
// else it stands: a shorter one stands everywhere by chance.
const minSecret = 4

// mask hides what the steps of one agent have typed into fields that keep
// secrets, and remembers it, for later texts may repeat it.
type mask struct{ secrets []string }

func newMask(key string) *mask {
	m := &mask{}
	m.learn(key)
	return m
}

func (m *mask) learn(secret string) {
	secret = strings.TrimSpace(secret)
	if len(secret) >= minSecret && secret != masked && !slices.Contains(m.secrets, secret) {
		m.secrets = append(m.secrets, secret)
		// The longest goes first, so that no other leaves a part of it.
		slices.SortStableFunc(m.secrets, func(a, b string) int { return len(b) - len(a) })
	}
}

// text is t without the secrets that are known.
func (m *mask) text(t Text) Text { return Text(m.hide(string(t))) }

func (m *mask) hide(s string) string {
	for _, secret := range m.secrets {
		s = strings.ReplaceAll(s, secret, masked)
		if clean := string(Clean(secret)); clean != secret && len(clean) >= minSecret {
			s = strings.ReplaceAll(s, clean, masked)
		}
	}
	return s
}

// step is the JSON of a step, in any of its shapes, with its secrets masked.
func (m *mask) step(raw json.RawMessage) json.RawMessage {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return json.RawMessage("null")
	}
	m.find(value, hintsOf(value))
	return encode(m.hideIn(value))
}

// find masks the values of fields that keep secrets, and learns them.
func (m *mask) find(value any, hints string) {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			m.find(element, hints)
		}
	case map[string]any:
		secret := typesSecret(value, hints)
		for name, member := range value {
			if sensitive(name) || (secret && name == "value") {
				value[name] = m.cover(member)
			} else {
				m.find(member, hints)
			}
		}
	}
}

// cover masks a value and all that is in it.
func (m *mask) cover(value any) any {
	switch value := value.(type) {
	case nil, bool:
		return value
	case string:
		m.learn(value)
		if value == "" {
			return value
		}
	case json.Number:
		m.learn(value.String())
	case []any:
		for i, element := range value {
			value[i] = m.cover(element)
		}
		return value
	case map[string]any:
		for name, member := range value {
			value[name] = m.cover(member)
		}
		return value
	}
	return masked
}

// hideIn masks the known secrets in every text.
func (m *mask) hideIn(value any) any {
	switch value := value.(type) {
	case string:
		return m.hide(value)
	case []any:
		for i, element := range value {
			value[i] = m.hideIn(element)
		}
	case map[string]any:
		for name, member := range value {
			value[name] = m.hideIn(member)
		}
	}
	return value
}

// sensitive reports whether a field of that name keeps a secret.
func sensitive(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "password") || strings.HasPrefix(name, "cc_") || name == "totp"
}

// typesSecret reports whether an action types a secret: always a second
// factor, and whatever goes into a field that is said to keep one. Masking too
// much does no harm.
func typesSecret(action map[string]any, hints string) bool {
	switch action["type"] {
	case "multi_factor_fill":
		return true
	case "fill", "fallback_fill":
	default:
		return false
	}
	about := make(map[string]any, len(action))
	for name, member := range action {
		if name != "value" {
			about[name] = member
		}
	}
	said := strings.ToLower(string(encode(about)) + hints)
	for _, word := range [...]string{
		"password", "passwd", "passcode", "cc_", "cc-", "card number", "cardnumber", "card-number",
		"cvv", "cvc", "security code", "totp", "otp", "one-time", "one time", "two-factor", "multi-factor", "multi_factor", "2fa", "mfa",
	} {
		if strings.Contains(said, word) {
			return true
		}
	}
	return false
}

// hintsOf is what a step says about the field that it is about to fill: the
// next goal, and why an element matters.
func hintsOf(step any) string {
	outer, _ := step.(map[string]any)
	if inner, ok := outer["value"].(map[string]any); ok {
		outer = inner
	}
	state, _ := outer["state"].(map[string]any)
	action, _ := outer["action"].(map[string]any)
	goal, _ := state["next_goal"].(string)
	hints := " " + goal
	list, _ := state["relevant_interactions"].([]any)
	for _, entry := range list {
		about, _ := entry.(map[string]any)
		if reason, ok := about["reason"].(string); ok && about["id"] == action["id"] {
			hints += " " + reason
		}
	}
	return hints
}

// encode is the JSON of a value that can be encoded, without HTML's escapes,
// which only hinder reading.
func encode(value any) json.RawMessage {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(value) != nil {
		return json.RawMessage("null")
	}
	return bytes.TrimSpace(b.Bytes())
}
