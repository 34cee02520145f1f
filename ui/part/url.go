package part

import (
	"net"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/net/idna"

	"notturno/themes"
)

// maxURL is the longest address that is opened or linked.
const maxURL = 8192

// CheckURL parses an address that came from the network and says whether it
// may be opened: https, or http on loopback, without a user and with nothing
// but plain characters.
func CheckURL(raw string) (*url.URL, bool) {
	if raw == "" || len(raw) > maxURL || !utf8.ValidString(raw) || strings.ContainsFunc(raw, foreign) {
		return nil, false
	}
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return nil, false
	}
	switch u.Scheme {
	case "https":
		return u, true
	case "http":
		return u, loopback(u.Hostname())
	}
	return nil, false
}

// foreign are the characters that no address has: spaces, those that show
// nothing or reorder the text, and what api.Clean makes of such, so that an
// address that was cleaned does not become another one that is opened.
func foreign(r rune) bool {
	const pictures, picturesEnd = '\u2400', '\u2426'
	return !unicode.IsPrint(r) || strings.ContainsRune(" <>\"\\`", r) || (r >= pictures && r <= picturesEnd)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// ShortURL is an address cut to the width for the screen: the host in
// punycode, the path, and never the query, which holds secrets.
func ShortURL(raw string, width int) string {
	u, ok := CheckURL(raw)
	if !ok {
		return ansi.Truncate("(a link that is not safe to open)", max(width, 0), "…")
	}
	host := u.Hostname()
	if ascii, err := idna.ToASCII(host); err == nil {
		host = ascii
	}
	if port := u.Port(); port != "" {
		host = net.JoinHostPort(host, port)
	}
	return ansi.Truncate(host+strings.TrimSuffix(u.EscapedPath(), "/"), max(width, 0), "…")
}

// Link is text that a terminal may open as the address; text alone when the
// address is not safe to open.
func Link(theme *themes.Theme, raw, text string) string {
	u, ok := CheckURL(raw)
	if !ok {
		return themes.Paint(theme.Muted, text)
	}
	return ansi.SetHyperlink(u.String()) + themes.Paint(theme.Accent, text) + ansi.ResetHyperlink()
}
