package agent

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// findPages finds the pages that a task names, and the task without their
// names. Addresses come before sections.
func findPages(task string, sections map[string]string) (pages []*url.URL, rest string, err error) {
	var words []string
	for _, token := range strings.Fields(task) {
		found, before, tokenErr := pageIn(token)
		if tokenErr != nil && err == nil {
			err = tokenErr
		}
		if found == nil {
			words = append(words, token)
			continue
		}
		words = append(words, before)
		if !slices.ContainsFunc(pages, func(p *url.URL) bool { return p.String() == found.String() }) {
			pages = append(pages, found)
		}
	}
	rest = strings.Join(words, " ")
	switch {
	case err != nil:
		return nil, rest, err
	case len(pages) == 1 && slices.ContainsFunc(splitWords(rest), comparing):
		// The other one may be a section.
		if others, left, err := findSections(rest, sections); err == nil {
			return append(pages, others...), left, nil
		}
		return pages, rest, nil
	case len(pages) > 0:
		return pages, rest, nil
	default:
		return findSections(rest, sections)
	}
}

// findSections finds every section that a task names.
func findSections(task string, sections map[string]string) (pages []*url.URL, rest string, err error) {
	for {
		page, left, err := findSection(task, sections)
		if err != nil && len(pages) > 0 && namesNoPage(err) {
			return pages, task, nil
		}
		if err != nil {
			return nil, task, err
		}
		pages, task = append(pages, page), left
	}
}

// findSection finds a section that the task names: "the news section", "the
// news page", "the sample news". A word alone is not enough, so that "the
// latest news" does not quietly mean the sample site.
func findSection(task string, sections map[string]string) (page *url.URL, rest string, err error) {
	tokens := strings.Fields(task) // the rest of the task keeps its marks and its case
	words := make([]string, len(tokens))
	for i, token := range tokens {
		if parts := splitWords(token); len(parts) == 1 {
			words[i] = parts[0]
		}
	}
	for i, w := range words {
		address, known := sections[w]
		if !known {
			continue
		}
		from, to := i, i+1
		if to < len(words) && (words[to] == "section" || words[to] == "page") {
			to++
		}
		if from > 0 && words[from-1] == "sample" {
			from--
		}
		if to-from == 1 && !slices.Contains(words, "sample") {
			continue
		}
		page, _, err := pageIn(address)
		if err != nil || page == nil {
			return nil, task, cannot("the address of section %q is not one of a web page: %q", w, address)
		}
		return page, strings.Join(slices.Delete(tokens, from, to), " "), nil
	}
	return nil, task, &CannotDo{
		Reason: "the task names no page: give an address (https://example.com/news)" + sectionNames(sections),
		noPage: true,
	}
}

// pageIn is the page that one word of a task names, if any, and what stands
// before it in the word. The error is a *CannotDo for an address that names
// no web page.
func pageIn(token string) (page *url.URL, before string, err error) {
	if i := indexWeb(token); i >= 0 && !strings.Contains(token[:i], "://") {
		page, err = parsePage(trimAddress(token[i:]))
		return page, token[:i], err
	}
	address := trimAddress(strings.TrimLeft(token, "(<{'\"“‘«`"))
	lower := strings.ToLower(address)
	for _, scheme := range []string{"javascript:", "data:", "file:", "mailto:", "about:", "view-source:"} {
		if strings.HasPrefix(lower, scheme) {
			return nil, "", cannot("the task names %q, and only http and https pages can be opened", address)
		}
	}
	if before, _, found := strings.Cut(address, "://"); found && before != "" {
		return nil, "", cannot("the task names %q, and only http and https pages can be opened", address)
	}
	if scheme := guessScheme(address); scheme != "" {
		page, err = parsePage(scheme + "://" + address)
	}
	return page, "", err
}

// indexWeb is where "http://" or "https://" begins, in any case; -1 if nowhere.
func indexWeb(token string) int {
	for i := range len(token) {
		for _, scheme := range []string{"http://", "https://"} {
			if len(token)-i >= len(scheme) && strings.EqualFold(token[i:i+len(scheme)], scheme) {
				return i
			}
		}
	}
	return -1
}

// trimAddress cuts off the sentence around an address: what follows a mark
// that no address holds, and punctuation at the end. A closing bracket stays
// where the address opens it.
func trimAddress(address string) string {
	if i := strings.IndexAny(address, "\"<>`“”«»「」『』，。、；！？（）"); i >= 0 {
		address = address[:i]
	}
	for address != "" {
		last := address[len(address)-1]
		switch {
		case strings.IndexByte(".,;:!?'*_}", last) >= 0,
			last == ')' && strings.Count(address, "(") < strings.Count(address, ")"),
			last == ']' && strings.Count(address, "[") < strings.Count(address, "]"):
			address = address[:len(address)-1]
		default:
			return strings.TrimSuffix(address, "’")
		}
	}
	return ""
}

// guessScheme is the scheme of an address that was written without one, or
// empty when it is no address. Names under a public suffix speak https unless
// they name a port; this machine, bare addresses and inner names speak http.
func guessScheme(address string) string {
	host := address
	if i := strings.IndexAny(host, "/?#"); i >= 0 {
		host = host[:i]
	}
	if strings.Contains(host, "@") {
		return ""
	}
	name, port := splitPort(host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return "http"
	}
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		if strings.Contains(name, ":") && !strings.HasPrefix(name, "[") {
			return ""
		}
		return "http"
	}
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 || !startsWithLetter(name[dot+1:]) {
		return ""
	}
	suffix, listed := publicsuffix.PublicSuffix(strings.ToLower(name))
	switch {
	case listed && suffix != name && (port == "" || port == "443"):
		return "https"
	case port != "", len(host) < len(address), listed && suffix != name:
		return "http"
	default:
		return ""
	}
}

// splitPort is "host:port" in two; the port is empty unless it is a number.
func splitPort(host string) (name, port string) {
	i := strings.LastIndexByte(host, ':')
	if i < 0 || strings.HasSuffix(host, "]") {
		return host, ""
	}
	if _, err := strconv.ParseUint(host[i+1:], 10, 16); err != nil {
		return host, ""
	}
	return host[:i], host[i+1:]
}

func startsWithLetter(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r)
	}
	return false
}

// parsePage checks an address with its scheme. Host names become ASCII, so
// that one host has one spelling wherever it is compared or shown.
func parsePage(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return nil, cannot("the task names %q, which is not the address of a page", address)
	}
	if u.User != nil {
		return nil, cannot("the task names a page with a user name in its address; leave it out")
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return nil, cannot("the task names %q, whose port is out of range", address)
		}
	}
	if !strings.HasPrefix(u.Host, "[") {
		name, err := idna.Lookup.ToASCII(u.Hostname())
		if err != nil {
			return nil, cannot("the task names %q, whose host name is not valid", address)
		}
		if u.Port() != "" {
			name += ":" + u.Port()
		}
		u.Host = name
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}
