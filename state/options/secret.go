package options

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// mayHoldSecret reports whether a value is not to be kept. It errs on the side
// of a secret: what is not kept can be given again.
func (f Field) mayHoldSecret(text string) bool {
	switch {
	case f.Secret:
		return true
	case f.Kind == File && (strings.EqualFold(text, On) || strings.EqualFold(text, Off)):
		return false
	case f.Kind == File:
		return inline(text) || !pathLike(text)
	case f.Kind == Document && inline(text):
		return secretInDocument(text)
	case f.Kind == Document:
		return !pathLike(text)
	}
	return secretInText(text)
}

// pathLike reports whether a text is a path and nothing that has a password in
// it: neither an address nor a setting.
func pathLike(text string) bool {
	text = strings.TrimPrefix(text, filepath.VolumeName(text))
	return !strings.ContainsAny(text, ":@=") && !strings.Contains(text, "//") && !inline(text)
}

// The bounds of a text that is looked at; beyond them it may hold anything.
const (
	maxText    = 16 << 10 // bytes
	maxEscaped = 4        // times that it is escaped, one within the other
)

// secretInText looks at a text, and at what it means where it is escaped.
func secretInText(text string) bool {
	if len(text) > maxText || strings.Contains(text, `\`) {
		return true
	}
	for range maxEscaped {
		if userinfo(text) || namesCredential(text) {
			return true
		}
		plain, err := url.PathUnescape(text)
		switch {
		case err != nil:
			return true
		case plain == text:
			return longParameter(text) || strings.Contains(strings.ToLower(text), "bearer ")
		}
		text = plain
	}
	return true
}

// userinfo reports whether a text with an @ can have a user or a password
// before it. Only an @ that begins a part of a path is known to be none, as in
// https://example.org/@me.
func userinfo(text string) bool {
	if !strings.Contains(text, "@") {
		return false
	}
	whole := text
	if !strings.Contains(text, "://") {
		whole = "https://" + text
	}
	address, err := url.Parse(whole)
	if err != nil || address.User != nil || strings.Contains(address.Host+address.Path, ":") {
		return true
	}
	return strings.Count(text, "@") != strings.Count(address.Path, "/@")
}

// credentials are what names of secrets have in them.
func credentials() []string {
	return []string{"token", "secret", "passw", "passphrase", "pwd", "apikey", "api_key", "api-key", "jwt", "credential", "bearer", "signature", "authorization"}
}

// parameters are what names of secrets have in them where they are of a
// parameter; in a sentence the words are too common.
func parameters() []string { return []string{"auth", "session"} }

// endings are those of names of secrets that are of a parameter.
func endings() []string { return []string{"key", "sig", "code", "sid", "otp", "pass", "pin"} }

// namesCredential reports whether something in a text has a value, behind = or
// behind a colon, and the name of a secret.
func namesCredential(text string) bool {
	for i, sign := range text {
		if (sign == '=' || sign == ':') && credentialName(nameBefore(text[:i]), sign == '=') {
			return true
		}
	}
	return false
}

// nameBefore is the name that a text ends with, in small letters.
func nameBefore(text string) string {
	const longest = 100 // of a name; no more of a text is looked at
	text = strings.ToLower(strings.TrimRight(text[max(0, len(text)-longest):], ` "'`))
	start := strings.LastIndexFunc(text, func(r rune) bool { return !nameRune(r) })
	if start < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[start:])
	return text[start+size:]
}

func nameRune(r rune) bool {
	return strings.ContainsRune("_-.[]", r) || '0' <= r && r <= '9' || 'a' <= r && r <= 'z'
}

// credentialName reports whether a name is one of a secret.
func credentialName(name string, ofParameter bool) bool {
	within := func(word string) bool { return strings.Contains(name, word) }
	if slices.ContainsFunc(credentials(), within) {
		return true
	}
	if !ofParameter {
		return false
	}
	if slices.ContainsFunc(parameters(), within) {
		return true
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("_-.[]", r) })
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.ContainsFunc(endings(), func(end string) bool { return strings.HasSuffix(word, end) })
	})
}

// maxParameter is the longest value of a parameter that is taken for no
// secret, in characters. Keys are longer.
const maxParameter = 20

// longParameter reports whether the query or the fragment of an address has a
// value in it that is as long as a key. A fragment that is a path has none.
func longParameter(text string) bool {
	head, fragment, _ := strings.Cut(text, "#")
	_, query, _ := strings.Cut(head, "?")
	if strings.HasPrefix(fragment, "/") {
		_, fragment, _ = strings.Cut(fragment, "?")
	}
	all := strings.FieldsFunc(query+"&"+fragment, func(r rune) bool { return strings.ContainsRune("&;?#", r) })
	return slices.ContainsFunc(all, func(parameter string) bool {
		_, value, named := strings.Cut(parameter, "=")
		if !named {
			value = parameter
		}
		return utf8.RuneCountInString(value) > maxParameter
	})
}

// secretInDocument looks at the strings of a JSON document. One that is not
// valid may be anything.
func secretInDocument(text string) bool {
	var document any
	return json.Unmarshal([]byte(text), &document) != nil || secretInJSON(document)
}

func secretInJSON(value any) bool {
	switch value := value.(type) {
	case string:
		return secretInString(value)
	case []any:
		return slices.ContainsFunc(value, secretInJSON)
	case map[string]any:
		for name, member := range value {
			_, isText := member.(string)
			if isText && credentialName(strings.ToLower(name), true) || secretInString(name) || secretInJSON(member) {
				return true
			}
		}
	}
	return false
}

// secretInString looks at a string of a document. It may be a pattern or a
// sentence, so that an @ or a % alone says nothing.
func secretInString(text string) bool {
	before, _, found := strings.Cut(text, "@")
	return len(text) > maxText || namesCredential(text) || found && strings.Contains(before, ":") || strings.Contains(text, "://") && secretInText(text)
}
