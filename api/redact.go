package api

import (
	"strings"
	"unicode/utf8"
)

// redacted stands for a secret that somebody has put into a text.
const redacted = "(hidden)"

// The lengths from which on a value is taken for a secret rather than for a
// word that may occur anywhere.
const (
	secretValue  = 16 // of what stands behind a name
	secretBearer = 8  // of what stands behind "Bearer", with a digit in it
)

// How far is looked for the name of a value, and for the end of a password
// before a host.
const (
	maxSecretName = 64
	maxUserinfo   = 512
)

// Redact is text without what opens something to whoever reads it: the values
// of tokens, passwords and signatures in the addresses and the words of the
// text, what follows "Bearer", and the names and passwords before the host of
// an address. Words that merely come after such a name stay. It takes time in
// proportion to the text.
func Redact(text string) string { return redactor{text: text}.run() }

// redactSaid is Redact for what a service says of a request, which may quote
// the JSON of it.
func redactSaid(text string) string { return redactor{text: text, members: true}.run() }

// redactor goes through a text once.
type redactor struct {
	text    string
	members bool // those of JSON, and of Python's way to write it, count too
}

// run copies the text but for the secrets. What can come before one is an
// equals sign, as it is or escaped, a colon, or the word "Bearer".
func (r redactor) run() string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(r.text); {
		from, to, next := r.at(i)
		if from < to {
			b.WriteString(r.text[done:from])
			b.WriteString(redacted)
			done, next = to, to
		}
		i = next
	}
	if done == 0 {
		return r.text
	}
	b.WriteString(r.text[done:])
	return b.String()
}

// at is where the secret lies that what stands at i announces, if from < to,
// and where to go on if there is none.
func (r redactor) at(i int) (from, to, next int) {
	switch c := r.text[i]; c {
	case '=':
		from, to = r.value(i, i+1)
	case '%':
		if n := escapedEquals(r.text[i:]); n > 0 {
			from, to = r.value(i, i+n)
			return from, to, i + n
		}
	case ':':
		if from, to = r.userinfo(i); from == to && r.members {
			from, to = r.member(i)
		}
	case 'b', 'B':
		from, to = r.bearer(i)
	}
	return from, to, i + 1
}

// escapedEquals is the length of an equals sign that is escaped once or more.
func escapedEquals(s string) int {
	rest := s[1:]
	for strings.HasPrefix(rest, "25") {
		rest = rest[2:]
	}
	if len(rest) >= 2 && strings.EqualFold(rest[:2], "3D") {
		return len(s) - len(rest) + 2
	}
	return 0
}

// value is the secret from start on whose name ends at nameEnd. In the query
// of an address a short one is a secret as well.
func (r redactor) value(nameEnd, start int) (from, to int) {
	name, before := r.nameBefore(nameEnd)
	sure, maybe := secretName(name)
	if !maybe {
		return 0, 0
	}
	rest := r.text[start:]
	if sure && inQuery(name, before) {
		return start, start + lengthUntil(rest, " \t\n&#\"'<>()[]{}\\`")
	}
	if n := lengthOfToken(rest); n >= secretValue {
		return start, start + n
	}
	return 0, 0
}

// nameBefore is the name that ends at end, in lower case, and the byte before
// it, or 0.
func (r redactor) nameBefore(end int) (name string, before byte) {
	start := end
	for start > 0 && end-start < maxSecretName && inName(r.text[start-1]) {
		start--
	}
	if start > 0 {
		before = r.text[start-1]
	}
	return strings.ToLower(r.text[start:end]), before
}

func inName(c byte) bool {
	return c == '_' || c == '-' || (c >= '0' && c <= '9') || (c|0x20 >= 'a' && c|0x20 <= 'z')
}

// secretName reports whether what goes by a name is a secret, and whether it
// may be one if it is long enough.
func secretName(name string) (sure, maybe bool) {
	for _, end := range [...]string{"token", "jwt", "secret", "password", "passwd", "signature", "api_key", "api-key", "apikey"} {
		if strings.HasSuffix(name, end) {
			return true, true
		}
	}
	return false, strings.HasSuffix(name, "key") || strings.HasSuffix(name, "sig") || strings.HasSuffix(name, "auth")
}

// inQuery reports whether a name is one in the query of an address: what comes
// before it may be escaped, for an address or for JSON, and so passes for the
// beginning of the name.
func inQuery(name string, before byte) bool {
	switch before {
	case '?', '&', ';':
		return true
	case '%':
		name = strings.TrimLeft(name, "25")
		return strings.HasPrefix(name, "3f") || strings.HasPrefix(name, "6") // 26, without what was trimmed
	case '\\':
		return strings.HasPrefix(name, "u0026")
	}
	return false
}

// userinfo is what stands before the host of the address whose scheme ends at
// the colon at i.
func (r redactor) userinfo(i int) (from, to int) {
	for _, mark := range [...]string{"://", `:\/\/`} {
		if !strings.HasPrefix(r.text[i:], mark) {
			continue
		}
		from = i + len(mark)
		rest := r.text[from:min(from+maxUserinfo, len(r.text))]
		authority := rest[:lengthUntil(rest, "/?# \t\n\"'<>\\`")]
		if _, port, found := strings.Cut(authority, ":"); found && !strings.Contains(authority, "@") && strings.Trim(port, "0123456789") != "" {
			// No port: a password that holds what should have been escaped.
			authority = rest[:lengthUntil(rest, " \t\n\"'<>`")]
		}
		if at := strings.LastIndexByte(authority, '@'); at > 0 {
			return from, from + at
		}
	}
	return 0, 0
}

// member is the text that is the value of a JSON member whose name ends before
// the colon at i.
func (r redactor) member(i int) (from, to int) {
	end := i
	for end > 0 && i-end < maxSecretName && strings.IndexByte(" \t\"'\\", r.text[end-1]) >= 0 {
		end--
	}
	if end == i {
		return 0, 0 // prose
	}
	if name, _ := r.nameBefore(end); !isSure(name) {
		return 0, 0
	}
	from = i + 1
	for from < len(r.text) && strings.IndexByte(" \t\n\\", r.text[from]) >= 0 {
		from++
	}
	if from == len(r.text) || (r.text[from] != '"' && r.text[from] != '\'') {
		return from, from + lengthOfToken(r.text[from:])
	}
	from++
	return from, from + lengthOfQuoted(r.text[from:], r.text[i+1:from])
}

// lengthOfQuoted is how much of s comes before the quotation mark that ends
// what opening begins.
func lengthOfQuoted(s, opening string) int {
	mark := opening[len(opening)-1:]
	if strings.HasSuffix(opening, "\\"+mark) { // JSON in JSON
		if n := strings.Index(s, "\\"+mark); n >= 0 {
			return n
		}
		return len(s)
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case mark[0]:
			return i
		}
	}
	return len(s)
}

func isSure(name string) bool {
	sure, _ := secretName(name)
	return sure
}

// bearer is what follows the word at i.
func (r redactor) bearer(i int) (from, to int) {
	const word = "bearer"
	rest := r.text[i:]
	if len(rest) <= len(word) || !strings.EqualFold(rest[:len(word)], word) {
		return 0, 0
	}
	rest = rest[len(word):]
	value := strings.TrimPrefix(strings.TrimLeft(rest, " \t:+"), "%20")
	n := lengthOfToken(value)
	if len(value) == len(rest) || (n < secretValue && (n < secretBearer || !strings.ContainsAny(value[:n], "0123456789"))) {
		return 0, 0
	}
	from = len(r.text) - len(value)
	return from, from + n
}

// lengthUntil is how much of s comes before any of the bytes.
func lengthUntil(s, ends string) int {
	if n := strings.IndexAny(s, ends); n >= 0 {
		return n
	}
	return len(s)
}

// lengthOfToken is how much of s can be a token.
func lengthOfToken(s string) int {
	n := strings.IndexFunc(s, func(c rune) bool {
		return c >= utf8.RuneSelf || (!inName(byte(c)) && !strings.ContainsRune(".~%+/", c))
	})
	if n < 0 {
		return len(s)
	}
	return n
}
