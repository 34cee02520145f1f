package agent

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestRobotsDecide(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		robots, path string
		allowed      bool
	}{
		{"", "/a", true},
		{"User-agent: *\nDisallow: /", "/a", false},
		{"User-agent: *\nDisallow: /", "/robots.txt", true},
		{"User-agent: *\nDisallow:", "/a", true},
		{"User-agent: other\nDisallow: /", "/a", true},
		{"User-agent: notturno\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", true},
		{"User-agent: notturno\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/a/b", false},
		{"user-agent: NotTurno/2.0\ndisallow: /a", "/a", false},
		{"User-agent: notturno-image\nDisallow: /a", "/a", true},
		{"User-agent: other\nUser-agent: notturno\nDisallow: /a", "/a", false},
		{"User-agent: notturno\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: notturno\nDisallow: /c", "/c", false},
		{"User-agent: notturno\nUser-agent: *\nAllow: /", "/a", true},
		{"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"User-agent: *\nAllow: /a\nDisallow: /a", "/a", true},
		{"User-agent: *\nAllow: /\nDisallow: /a", "/a", false},
		{"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false},
		{"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true},
		{"User-agent: *\nDisallow: /*/private/*/x", "/a/private/b/x/y", false},
		{"User-agent: *\nDisallow: /a$", "/ab", true},
		{"User-agent: *\nDisallow: /q?*secret", "/q?a=secret", false},
		{"User-agent: *\nDisallow: /é", "/%C3%A9t%C3%A9", false},
		{"User-agent: *\nDisallow: /%c3%a9", "/%C3%A9", false},
		{"\uFEFFUser-agent: * # all\r\nDisallow: /a # not this\r\n", "/a", false},
		{"User-agent: *\rDisallow: /a\r", "/a", false},
		{"Disallow: /a", "/a", true},
		{"User-agent: *\nSitemap: https://x.example/s.xml\nCrawl-delay: 3\nDisallow: /a", "/a", false},
		{"<html>User-agent: nothing", "/a", true},
	} {
		rules := robots{rules: parseRobots(test.robots, "notturno")}
		if rule, allowed := rules.decide(mustParse(t, "https://a.example"+test.path)); allowed != test.allowed {
			t.Errorf("%q on %s: allowed %t by %q, want %t", test.robots, test.path, allowed, rule, test.allowed)
		}
	}
}

func TestRobotsAreRespected(t *testing.T) {
	t.Parallel()
	s := newShop()
	s.pages["/robots.txt"] = "User-agent: notturno\nDisallow: /all?p=3\nDisallow: /medals"
	steps, _, err := ask(t, s, "tabulate SHOP/medals")
	if err == nil || !strings.Contains(err.Error(), "failed to open page") || !strings.Contains(err.Error(), "forbids") || !strings.Contains(err.Error(), "Disallow: /medals") {
		t.Errorf("error %v", err)
	}
	if got := thoughts(steps); !strings.Contains(got, "robots.txt. That is respected.") {
		t.Errorf("thought %s", got)
	}
	if got := s.requests(); !slices.Equal(got, []string{"/robots.txt"}) {
		t.Errorf("asked for %v", got)
	}
	s.asked = nil
	if _, _, err = ask(t, s, "list all products of SHOP/all"); err == nil || !strings.Contains(err.Error(), "Disallow: /all?p=3") {
		t.Errorf("error %v", err)
	}
	if got, want := s.requests(), []string{"/robots.txt", "/all", "/all?p=2"}; !slices.Equal(got, want) {
		t.Errorf("asked for %v, want %v", got, want)
	}
}

func TestRobotsForbidARedirect(t *testing.T) {
	t.Parallel()
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /secret")
		case "/a":
			http.Redirect(w, r, "/secret", http.StatusFound)
		default:
			t.Errorf("%s was asked for", r.URL.Path)
		}
	})
	err := New(Config{UserAgent: "notturno/1"}).Run(t.Context(), "read "+server.URL+"/a", func(Step) {})
	if err == nil || !strings.Contains(err.Error(), "Disallow: /secret") || !strings.Contains(err.Error(), "→") {
		t.Errorf("error %v", err)
	}
}

// A site without a robots.txt forbids nothing; one that has it and does not
// give it out may forbid everything.
func TestRobotsThatCannotBeHad(t *testing.T) {
	t.Parallel()
	for kind, fault := range map[string]string{
		"404": "", "403": "", "429": "", "204": "", "loop": "",
		"500": "500 Internal Server Error", "503": "503 Service Unavailable", "hang": "no whole answer within 50ms", "cut": "unexpected EOF",
		"gzip": "gzip: invalid header", "reset": "EOF", "away": "redirected",
	} {
		opened := false
		server := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/robots.txt" {
				opened = true
				_, _ = io.WriteString(w, "<title>Fine</title><p>The page itself.")
				return
			}
			switch kind {
			case "hang":
				<-r.Context().Done()
			case "cut":
				w.Header().Set("Content-Length", "100")
				_, _ = io.WriteString(w, "User-agent: *\nDisallow: /")
			case "gzip":
				w.Header().Set("Content-Encoding", "gzip")
				_, _ = io.WriteString(w, "User-agent: *\nDisallow: /")
			case "reset":
				panic(http.ErrAbortHandler)
			case "away":
				http.Redirect(w, r, "http://127.0.0.2:1/robots.txt", http.StatusFound)
			case "loop":
				http.Redirect(w, r, "/robots.txt", http.StatusFound)
			default:
				var status int
				_, _ = fmt.Sscan(kind, &status)
				w.WriteHeader(status)
			}
		})
		a := New(Config{})
		if kind == "hang" {
			a.robotsTimeout = 50 * time.Millisecond
		}
		var steps []Step
		err := a.Run(t.Context(), "read "+server.URL+"/a", func(s Step) { steps = append(steps, s) })
		if fault == "" {
			if err != nil || !opened {
				t.Errorf("%s: %v", kind, err)
			}
			continue
		}
		if err == nil || opened || !strings.Contains(err.Error(), "cannot be had (") || !strings.Contains(err.Error(), fault) || !strings.Contains(err.Error(), "try again later") {
			t.Errorf("%s: the error is %v, want %s", kind, err, fault)
		}
		if got := thoughts(steps); !strings.Contains(got, "So the page stays closed.") {
			t.Errorf("%s: thought %s", kind, got)
		}
	}
}

// A site that cannot be reached says that of its page, not of its rules.
func TestRobotsOfASiteThatIsNotThere(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	err := New(Config{}).Run(t.Context(), "read "+server.URL+"/a", func(Step) {})
	if err == nil || strings.Contains(err.Error(), "robots") || !strings.Contains(err.Error(), "failed to open page") {
		t.Errorf("the error is %v", err)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a*b$", "/xayb")
	f.Add("User-agent: notturno\rAllow: /%\nDisallow: *", "/%zz")
	f.Fuzz(func(t *testing.T, text, path string) {
		u := mustParse(t, "https://a.example/")
		u.Path = "/" + path
		rules := robots{rules: parseRobots(text, "notturno")}
		rule, allowed := rules.decide(u)
		if allowed != (rule == "") {
			t.Errorf("%q on %q: allowed %t by %q", text, path, allowed, rule)
		}
		if allowed && len(rules.rules) > 0 && !slices.ContainsFunc(rules.rules, func(r robotsRule) bool { return r.allow }) &&
			slices.ContainsFunc(rules.rules, func(r robotsRule) bool { return r.pattern == "/" }) && u.EscapedPath() != "/robots.txt" {
			t.Errorf("%q allows %q although everything is forbidden", text, path)
		}
	})
}
