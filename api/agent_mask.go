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

// maxSecrets is how many secrets of one agent are remembered. What hides them
// takes time for each.
const maxSecrets = 200

// mask hides what the steps of one agent have typed into fields that keep
// secrets, and remembers it, for later texts may repeat it.
type mask struct {
	secrets []string // each once, and as Clean leaves it
	known   map[string]bool
	sorted  bool // the secrets are: the longest first
	full    bool // there are more, so that any text may hold one
}

func newMask(key string) *mask {
	m := &mask{known: map[string]bool{}}
	m.learn(key)
	return m
}

func (m *mask) learn(secret string) {
	secret = strings.TrimSpace(secret)
	m.remember(secret)
	m.remember(string(Clean(secret)))
}

func (m *mask) remember(secret string) {
	switch {
	case len(secret) < minSecret || secret == masked || m.known[secret]:
	case len(m.secrets) == maxSecrets:
		m.full = true
	default:
		m.known[secret], m.sorted = true, false
		m.secrets = append(m.secrets, secret)
	}
}

// text is t without the secrets that are known.
func (m *mask) text(t Text) Text { return Text(m.hide(string(t))) }

// hide is s without the secrets, or nothing of it when not all are known.
func (m *mask) hide(s string) string {
	if m.full && len(s) >= minSecret {
		return masked
	}
	return m.hideKnown(s)
}

func (m *mask) hideKnown(s string) string {
	if !m.sorted {
		// The longest goes first, so that no other leaves a part of it.
		slices.SortStableFunc(m.secrets, func(a, b string) int { return len(b) - len(a) })
		m.sorted = true
	}
	for _, secret := range m.secrets {
		if len(secret) <= len(s) {
			s = strings.ReplaceAll(s, secret, masked)
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
	m.find(value, hinted(value))
	return encode(m.hideIn(value))
}

// find masks the values of fields that keep secrets, and learns them. The step
// is hinted when it says itself that it is about to fill such a field.
func (m *mask) find(value any, hinted bool) {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			m.find(element, hinted)
		}
	case map[string]any:
		secret := typesSecret(value, hinted)
		for name, member := range value {
			if sensitive(name) || (secret && name == "value") {
				value[name] = m.cover(member)
			} else {
				m.find(member, hinted)
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

// hideIn masks the secrets in every text. A type is a word of the service, by
// which what it is the type of is told.
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
			if kind, ok := member.(string); ok && name == "type" {
				value[name] = m.hideKnown(kind)
			} else {
				value[name] = m.hideIn(member)
			}
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
func typesSecret(action map[string]any, hinted bool) bool {
	switch action["type"] {
	case "multi_factor_fill":
		return true
	case "fill", "fallback_fill":
	default:
		return false
	}
	if hinted {
		return true
	}
	for name, member := range action {
		if name != "value" && (tellsOfSecret(name) || saysSecret(member, maxSelector)) {
			return true
		}
	}
	return false
}

// maxSelector is how deep what describes a field may lie in an action. Without
// a limit, actions within actions would be read once for each.
const maxSelector = 4

// saysSecret reports whether a description, or what lies so deep in it, tells
// of a field that keeps secrets.
func saysSecret(about any, depth int) bool {
	switch about := about.(type) {
	case string:
		return tellsOfSecret(about)
	case []any:
		return depth > 0 && slices.ContainsFunc(about, func(element any) bool { return saysSecret(element, depth-1) })
	case map[string]any:
		for name, member := range about {
			if depth > 0 && (tellsOfSecret(name) || saysSecret(member, depth-1)) {
				return true
			}
		}
	}
	return false
}

// tellsOfSecret reports whether a text tells of a field that keeps secrets.
func tellsOfSecret(text string) bool {
	text = strings.ToLower(text)
	for _, word := range [...]string{
		"password", "passwd", "passcode", "cc_", "cc-", "card number", "cardnumber", "card-number",
		"cvv", "cvc", "security code", "totp", "otp", "one-time", "one time", "two-factor", "multi-factor", "multi_factor", "2fa", "mfa",
	} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// hinted reports whether a step tells of a field that keeps secrets before it
// fills it: in the next goal, or in why the element matters.
func hinted(step any) bool {
	outer, _ := step.(map[string]any)
	if inner, ok := outer["value"].(map[string]any); ok {
		outer = inner
	}
	state, _ := outer["state"].(map[string]any)
	action, _ := outer["action"].(map[string]any)
	if goal, _ := state["next_goal"].(string); tellsOfSecret(goal) {
		return true
	}
	list, _ := state["relevant_interactions"].([]any)
	return slices.ContainsFunc(list, func(entry any) bool {
		about, _ := entry.(map[string]any)
		reason, _ := about["reason"].(string)
		return sameID(about["id"], action["id"]) && tellsOfSecret(reason)
	})
}

// sameID compares what may be any JSON: lists and objects are no ids.
func sameID(a, b any) bool {
	switch a.(type) {
	case nil, string, json.Number:
		return a == b
	}
	return false
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
