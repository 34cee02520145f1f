package local

import (
	"net/http"
	"strings"
	"testing"
)

func TestHostMustBeThisServer(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	port := s.URL()[strings.LastIndexByte(s.URL(), ':'):]
	for host, want := range map[string]int{
		"127.0.0.1" + port:           200,
		"localhost" + port:           200,
		"LOCALHOST" + port:           200,
		"[::1]" + port:               200,
		"127.0.0.1":                  403,
		"localhost:1":                403,
		"localhost." + port:          403,
		"evil.example" + port:        403,
		"127.0.0.1.nip.io" + port:    403,
		"0.0.0.0" + port:             403,
		"localhost" + port + ".evil": 403,
	} {
		for _, path := range []string{"/health", "/", "/view/viewer.css"} {
			got := do(t, request(t.Context(), t, s, http.MethodGet, path, "", func(r *http.Request) { r.Host = host })).StatusCode
			if got != want {
				t.Errorf("Host %s gets %d for %s, want %d", host, got, path, want)
			}
		}
	}
}

func TestOtherOriginsAreRefusedOnTheAPI(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	own := s.URL()
	for _, test := range []struct {
		name, value string
		want        int
	}{
		{"Origin", own, 200},
		{"Origin", "https://evil.example", 403},
		{"Origin", "http://127.0.0.1:1", 403},
		{"Origin", strings.Replace(own, "127.0.0.1", "localhost", 1), 403},
		{"Origin", strings.Replace(own, "http:", "https:", 1), 403},
		{"Origin", "null", 403},
		{"Origin", "", 403},
		{"Sec-Fetch-Site", "same-origin", 200},
		{"Sec-Fetch-Site", "none", 200},
		{"Sec-Fetch-Site", "same-site", 403},
		{"Sec-Fetch-Site", "cross-site", 403},
	} {
		got := do(t, request(t.Context(), t, s, http.MethodPost, startPath, `{"query":"x"}`, header(test.name, test.value))).StatusCode
		if got != test.want {
			t.Errorf("%s: %q gets %d, want %d", test.name, test.value, got, test.want)
		}
		got = do(t, request(t.Context(), t, s, http.MethodGet, "/health", "", header(test.name, test.value))).StatusCode
		if got != test.want {
			t.Errorf("%s: %q gets %d for /health, want %d", test.name, test.value, got, test.want)
		}
	}
}

func TestRunsNeedTheKey(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{Key: "the-key"}, nothing)
	for value, want := range map[string]int{
		"Bearer the-key":    200,
		"bearer the-key":    200,
		"Bearer  the-key":   200,
		"":                  401,
		"Bearer":            401,
		"Bearer ":           401,
		"Bearer the-keys":   401,
		"Bearer the-ke":     401,
		"Bearer THE-KEY":    401,
		"Basic the-key":     401,
		"the-key":           401,
		"Bearer the-key, x": 401,
	} {
		resp := do(t, request(t.Context(), t, s, http.MethodPost, startPath, `{"query":"x"}`, header("Authorization", value)))
		body := readBody(t, resp)
		if resp.StatusCode != want {
			t.Errorf("Authorization: %q gets %d, want %d", value, resp.StatusCode, want)
		}
		if want == 401 && !strings.HasPrefix(body, `{"error":"Unauthorized"`) {
			t.Errorf("Authorization: %q gets the body %s", value, body)
		}
	}
	resp := do(t, request(t.Context(), t, s, http.MethodPost, startPath+"?key=the-key&token=the-key", `{"query":"x"}`, without("Authorization")))
	if resp.StatusCode != 401 {
		t.Errorf("a key in the URL gets %d", resp.StatusCode)
	}
}

func TestNoAnswerGrantsOtherOriginsAnything(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	for _, path := range []string{"/", "/health", startPath, "/api/", "/view/viewer.js", "/view/x", "/nothing"} {
		for _, method := range []string{http.MethodOptions, http.MethodGet, http.MethodPost} {
			for _, origin := range []string{"https://evil.example", s.URL()} {
				resp := do(t, request(t.Context(), t, s, method, path, `{"query":"x"}`,
					header("Origin", origin), header("Access-Control-Request-Method", "POST"), header("Access-Control-Request-Private-Network", "true")))
				if method == http.MethodOptions && resp.StatusCode < 400 {
					t.Errorf("OPTIONS %s gets %d", path, resp.StatusCode)
				}
				for name := range resp.Header {
					if strings.HasPrefix(name, "Access-Control") {
						t.Errorf("%s %s answers with %s", method, path, name)
					}
				}
				if resp.Header.Get("X-Content-Type-Options") != "nosniff" || resp.Header.Get("Referrer-Policy") != "no-referrer" {
					t.Errorf("%s %s lacks a security header: %v", method, path, resp.Header)
				}
			}
		}
	}
}

func TestTheSiteAndTheViewerAreReadOnly(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	for _, path := range []string{"/", "/news", "/health", "/view/viewer.css", "/view/viewer.js", "/view/x", "/view/x/page", "/view/x/events"} {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, "PROPFIND"} {
			resp := do(t, request(t.Context(), t, s, method, path, ""))
			if resp.StatusCode != 405 || resp.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s gets %d, Allow: %s", method, path, resp.StatusCode, resp.Header.Get("Allow"))
			}
		}
	}
}

func TestTheSiteIsWhereNothingElseIs(t *testing.T) {
	t.Parallel()
	s := startScripted(t, Config{}, nothing)
	for path, want := range map[string]string{
		"/":                    "the sample site at /",
		"/news":                "the sample site at /news",
		"/debug/pprof/":        "the sample site at /debug/pprof/",
		"/api/":                `{"error":"Not Found"`,
		"/api/anything/other":  `{"error":"Not Found"`,
		"/api/anything/start/": `{"error":"Not Found"`,
		"/api/unknown?x=1":     `{"error":"Not Found"`,
	} {
		resp := do(t, request(t.Context(), t, s, http.MethodGet, path, ""))
		if body := readBody(t, resp); !strings.HasPrefix(body, want) {
			t.Errorf("%s answers %d %s", path, resp.StatusCode, body)
		}
	}
	resp := do(t, request(t.Context(), t, s, http.MethodPost, "/api/anything/other", `{}`))
	if resp.StatusCode != 404 || resp.Header.Get("Content-Type") != "application/json" {
		t.Errorf("an unknown API path gets %d as %s", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
}
