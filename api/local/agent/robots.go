package agent

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"time"
)

const (
	robotsTimeout = 5 * time.Second
	robotsBytes   = 500 << 10 // what RFC 9309 wants read at the least
)

// robots are the rules of one site's robots.txt (RFC 9309) that apply to this
// program.
type robots struct {
	rules []robotsRule
	fault string // why they could not be had; may be empty
}

type robotsRule struct {
	allow   bool
	pattern string
}

// forbiddenError is a page that its site's robots.txt forbids.
type forbiddenError struct {
	page *url.URL
	rule string
}

func (e *forbiddenError) Error() string {
	return fmt.Sprintf("the robots.txt of %s forbids programs to open %s (“%s”); open it in a browser yourself", e.page.Host, e.page.EscapedPath(), e.rule)
}

// unknownRulesError is a page of a site that has a robots.txt but does not give
// it out. It may forbid the page, so nothing is opened.
type unknownRulesError struct {
	page  *url.URL
	fault string
}

func (e *unknownRulesError) Error() string {
	return fmt.Sprintf("the robots.txt of %s cannot be had (%s), so it may forbid programs to open %s; try again later, or open it in a browser yourself", e.page.Host, e.fault, e.page.EscapedPath())
}

// permit returns a *forbiddenError for a page that its site's robots.txt
// forbids, and an *unknownRulesError when that file cannot be had. The file is
// fetched once for each site and run, through the same guard as pages; named is
// the host that the task names. A site without the file forbids nothing.
func (r *run) permit(ctx context.Context, page *url.URL, named string) error {
	origin := page.Scheme + "://" + page.Host
	rules, known := r.robots[origin]
	if !known {
		var err error
		if rules, err = r.agent.fetchRobots(ctx, page, r.guard(named)); err != nil {
			return err
		}
		if r.robots == nil {
			r.robots = map[string]robots{}
		}
		r.robots[origin] = rules
	}
	if rules.fault != "" {
		return &unknownRulesError{page, rules.fault}
	}
	if rule, allowed := rules.decide(page); !allowed {
		return &forbiddenError{page, rule}
	}
	return nil
}

// fetchRobots is the robots of the site of a page. It fails only when ctx has
// ended.
func (a *Agent) fetchRobots(ctx context.Context, page *url.URL, g *guard) (robots, error) {
	timed, cancel := context.WithTimeout(ctx, a.robotsTimeout)
	defer cancel()
	body, err := a.getRobots(timed, page.ResolveReference(&url.URL{Path: "/robots.txt"}), g)
	switch {
	case ctx.Err() != nil:
		return robots{}, ctx.Err()
	case timed.Err() != nil && err != nil:
		return robots{fault: fmt.Sprintf("no whole answer within %s", a.robotsTimeout)}, nil
	case err != nil:
		return robots{fault: err.Error()}, nil
	default:
		return robots{rules: parseRobots(body, a.product())}, nil
	}
}

// getRobots is the text of a robots.txt; empty when the site has none. As RFC
// 9309 has it, an answer of 4xx and too many redirects mean that there is none;
// one of 5xx, and a connection that breaks, that nobody knows. A site that
// cannot be reached at all says so when its page is opened.
func (a *Agent) getRobots(ctx context.Context, address *url.URL, g *guard) (string, error) {
	answer, reached := &page{}, false
	client, done := a.client(g, answer, func(*url.URL) error { return nil })
	defer done()
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { reached = true }}
	req, err := a.request(httptrace.WithClientTrace(ctx, trace), address)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	switch {
	case errors.Is(err, errRedirects), err != nil && !reached && ctx.Err() == nil:
		return "", nil
	case err != nil:
		return "", explain(err, answer.hops)
	}
	defer resp.Body.Close() //nolint:errcheck // reading is over, nothing can be done
	switch {
	case resp.StatusCode >= 500:
		return "", errors.New(statusText(resp))
	case resp.StatusCode != http.StatusOK:
		return "", nil
	}
	body, err := decompress(resp.Body, resp.Header.Values("Content-Encoding"))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(body, robotsBytes))
	return string(text), err
}

// product is the name in the User-Agent that robots.txt files address.
func (a *Agent) product() string {
	name, _, _ := strings.Cut(a.config.UserAgent, "/")
	name, _, _ = strings.Cut(name, " ")
	return strings.ToLower(name)
}

// parseRobots is the rules of a robots.txt for a product: those of all groups
// that name it, or else those of all groups for everyone.
func parseRobots(text, product string) []robotsRule {
	var own, everyone []robotsRule
	mine, all, named, inRules := false, false, false, true
	lines := bufio.NewScanner(strings.NewReader(strings.ReplaceAll(strings.TrimPrefix(text, "\uFEFF"), "\r", "\n")))
	lines.Buffer(nil, robotsBytes+1)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		key, value, found := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if !found {
			continue
		}
		switch key = strings.ToLower(strings.TrimSpace(key)); key {
		case "user-agent":
			if inRules {
				mine, all, inRules = false, false, false
			}
			agent, _, _ := strings.Cut(strings.ToLower(value), "/")
			mine = mine || product != "" && agent == product
			all = all || agent == "*"
			named = named || mine
		case "allow", "disallow":
			inRules = true
			if value == "" {
				continue
			}
			rule := robotsRule{key == "allow", value}
			if mine {
				own = append(own, rule)
			}
			if all {
				everyone = append(everyone, rule)
			}
		}
	}
	if named {
		return own
	}
	return everyone
}

// decide finds the longest rule that fits a page; of equals, the one that
// allows. robots.txt itself is always allowed.
func (r robots) decide(page *url.URL) (rule string, allowed bool) {
	path := firstOf(page.EscapedPath(), "/")
	if page.RawQuery != "" {
		path += "?" + page.RawQuery
	}
	best, allowed := "", true
	for _, candidate := range r.rules {
		longer := len(candidate.pattern) > len(best)
		equal := len(candidate.pattern) == len(best)
		if (longer || equal && candidate.allow) && fits(candidate.pattern, path) {
			best, allowed = candidate.pattern, candidate.allow
		}
	}
	if path == "/robots.txt" || allowed {
		return "", true
	}
	return "Disallow: " + best, false
}

// fits matches a path with a pattern in which * is any text and $ at the end
// is the path's end. The time is at worst the product of their lengths.
func fits(pattern, path string) bool {
	pattern, path = escapedAlike(pattern), escapedAlike(path)
	pattern, ends := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, found := strings.CutPrefix(path, parts[0])
	if !found {
		return false
	}
	if len(parts) == 1 {
		return !ends || rest == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		if _, rest, found = strings.Cut(rest, part); !found {
			return false
		}
	}
	last := parts[len(parts)-1]
	if ends {
		return strings.HasSuffix(rest, last)
	}
	return strings.Contains(rest, last)
}

// escapedAlike gives one spelling to characters that may be escaped or not.
func escapedAlike(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		switch {
		case c == '%' && i+2 < len(path) && isHex(path[i+1]) && isHex(path[i+2]):
			b.WriteString(strings.ToUpper(path[i : i+3]))
			i += 2
		case c <= ' ' || c >= 0x7F:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
