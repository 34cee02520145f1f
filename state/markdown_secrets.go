package state

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"notturno/api"
)

// secrets are what must not leave this machine with a copy of a run.
type secrets struct {
	known []string
	links *strings.Replacer // of known
}

// secretValue is the length from which on a value in a link is taken for a
// secret of its own, rather than for a word that may occur anywhere.
const secretValue = 16

// newSecrets are the viewer links of sessions and what their queries hold, also
// as they are written within JSON.
func newSecrets(sessions []Session) secrets {
	var known []string
	for _, s := range sessions {
		link := string(s.ViewerURL)
		if !strings.Contains(link, "://") {
			continue // a word, which may occur anywhere
		}
		known = append(known, forms(link)...)
		for _, value := range queryValues(link) {
			if len(value) >= secretValue {
				known = append(known, forms(value)...)
			}
		}
	}
	// Where one link begins with another one, the whole of it has to go.
	slices.SortFunc(known, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, secret := range known {
		pairs = append(pairs, secret, "(viewer link)")
	}
	return secrets{known: known, links: strings.NewReplacer(pairs...)}
}

// hide is text without secrets.
func (s secrets) hide(text string) string {
	if s.mayBeIn(text) {
		text = s.links.Replace(text)
	}
	return api.Redact(text)
}

// mayBeIn reports whether text has to be searched for the known secrets. Few
// of them are looked for one by one, which is far faster than the replacer.
func (s secrets) mayBeIn(text string) bool {
	const few = 50
	return len(s.known) > few || slices.ContainsFunc(s.known, func(secret string) bool { return strings.Contains(text, secret) })
}

// queryValues are the values in the query of a link, as they stand there and
// decoded.
func queryValues(link string) []string {
	_, query, _ := strings.Cut(link, "?")
	var values []string
	for pair := range strings.SplitSeq(query, "&") {
		_, value, _ := strings.Cut(pair, "=")
		values = append(values, value)
		if decoded, err := url.QueryUnescape(value); err == nil && decoded != value {
			values = append(values, decoded)
		}
	}
	return values
}

// forms are text as it is, and in the ways that JSON may have it.
func forms(text string) []string {
	all := []string{text, strings.ReplaceAll(text, "/", `\/`)}
	if quoted, err := json.Marshal(text); err == nil {
		all = append(all, string(quoted[1:len(quoted)-1]))
	}
	return all
}
