package api

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

// answered is the error of a start that the server answers so.
func answered(t *testing.T, handler http.HandlerFunc) *Error {
	t.Helper()
	_, err := serve(t, handler).StartAnything(t.Context(), "x")
	var answer *Error
	if !errors.As(err, &answer) {
		t.Fatalf("%T: %v", err, err)
	}
	checkShown(t, err.Error())
	return answer
}

// Every shape of body that protocol.md lists in section 6.3.
func TestErrorBodies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body      string
		message, detail Text
		fields          []FieldError
	}{
		{"validation", `{"detail":[{"type":"missing","loc":["body","query"],"msg":"Field required","input":{}},{"type":"x","loc":["query","page",0],"msg":"Bad"}]}`,
			"Unprocessable Entity", "", []FieldError{{"query", "Field required"}, {"query.page.0", "Bad"}}},
		{"detail text", `{"detail":"Not Found"}`, "Not Found", "", nil},
		{"message", `{"message":"Authentication failed."}`, "Authentication failed.", "", nil},
		{"message and detail", `{"message":"Rate limit exceeded","detail":"Please wait"}`, "Rate limit exceeded", "Please wait", nil},
		{"message and list", `{"message":"Validation","detail":[{"loc":["body","x"],"msg":"m"}]}`, "Validation", "", []FieldError{{"x", "m"}}},
		{"all of them", `{"detail":"d","error":"e","message":"m","status":422}`, "e", "m: d", nil},
		{"the same twice", `{"detail":"d","error":"d","message":"d"}`, "d", "", nil},
		{"message is a list", `{"message":"[{\"loc\":[\"body\",\"x\"],\"msg\":\"m\"}]","status":422}`, "Unprocessable Entity", "", []FieldError{{"x", "m"}}},
		{"message is a Python list", `{"message":"[{'loc': ('body', 'x')}]"}`, "[{'loc': ('body', 'x')}]", "", nil},
		{"error object", `{"error":{"code":"quota","message":"No budget left"}}`, "No budget left", "", nil},
		{"error object with code only", `{"error":{"code":"quota"}}`, "quota", "", nil},
		{"odd error object", `{"error":{"x":1}}`, "Unprocessable Entity", "", nil},
		{"error text", `{"error":"Unauthorized"}`, "Unauthorized", "", nil},
		{"error and detail", `{"error":"Failed to start agent","detail":"upstream returned 503"}`, "Failed to start agent", "upstream returned 503", nil},
		{"error and message", `{"error":"unsupported_version","message":"v1 is retired"}`, "unsupported_version", "v1 is retired", nil},
		{"detail object", `{"detail":{"code":"busy","reason":"Session is busy"}}`, "Session is busy", "", nil},
		{"detail object without words", `{"detail":{"reason":[1,null]}}`, "Unprocessable Entity", "", nil},
		{"detail object that is an entry", `{"detail":{"loc":["body","x"],"msg":"m","input":"5ecret"}}`, "Unprocessable Entity", "", []FieldError{{"x", "m"}}},
		{"Lambda", `{"statusCode":500,"body":"{\"error\":\"inner\"}"}`, "inner", "", nil},
		{"Lambda in Lambda without end", lambda(9), "", "", nil},
		{"nulls", `{"detail":null,"error":null,"message":null}`, "Unprocessable Entity", "", nil},
		{"numbers", `{"detail":1,"message":2.50}`, "2.50", "1", nil},
		{"keys match exactly", `{"Message":"a","ERROR":"b","detail":"c"}`, "c", "", nil},
		{"bare list", `[{"loc":["x"],"msg":"m"},"n"]`, "Unprocessable Entity", "", []FieldError{{"x", "m"}, {"", "n"}}},
		{"bare string", `"no"`, "no", "", nil},
		{"empty", ``, "Unprocessable Entity", "", nil},
		{"blank", " \n", "Unprocessable Entity", "", nil},
		{"empty object", `{}`, "Unprocessable Entity", "", nil},
		{"text", "upstream\r\nfailed\x1b[31m", "upstream\nfailed␛[31m", "", nil},
		{"cut JSON", `{"message":"a`, `{"message":"a`, "", nil},
		{"HTML", "<!DOCTYPE html><html><head><title>502 Bad\nGateway</title><style>b{}</style><script>alert('<b>')</script></head><body><h1>Bad &lt;i&gt; gateway</h1><!-- x --><p>nginx&#27;[31m</p></body></html>",
			"502 Bad Gateway Bad <i> gateway nginx␛[31m", "", nil},
		{"HTML cut off", "<html><body>Wait<scr", "Wait", "", nil},
		{"hostile", `{"error":"\u001b]0;x\u0007\u202e","detail":"a\u0000"}`, "␛]0;x␇<202E>", "a␀", nil},
		{"hostile path", `{"detail":[{"loc":["a\u001b\n"],"msg":"\u009b"}]}`, "Unprocessable Entity", "", []FieldError{{"a␛", "<9B>"}}},
		{"the key", `{"error":"no such key: ` + testKey + `"}`, "no such key: [key]", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := answered(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusUnprocessableEntity)
				_, _ = io.WriteString(w, tt.body)
			})
			if tt.message == "" { // only that it ends, and says something
				if got.Message == "" {
					t.Error("no message")
				}
				return
			}
			if got.Status != 422 || got.Message != tt.message || got.Detail != tt.detail || !reflect.DeepEqual(got.Fields, tt.fields) {
				t.Errorf("got  %q, %q, %q\nwant %q, %q, %q", got.Message, got.Detail, got.Fields, tt.message, tt.detail, tt.fields)
			}
		})
	}
}

// lambda is a Lambda answer in the text of another, n deep.
func lambda(n int) string {
	body := `{"error":"inner"}`
	for range n {
		body = fmt.Sprintf(`{"statusCode":500,"body":%q}`, body)
	}
	return body
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err  Error
		want string
	}{
		{Error{Status: 401, Host: "a.example", Message: "Unauthorized"}, "a.example answered 401 Unauthorized"},
		{Error{Status: 401, Host: "a.example", Message: "no\nkey", Detail: "try again"}, "a.example answered 401 Unauthorized: no key: try again"},
		{Error{Status: 422, Host: "a.example", Message: "Unprocessable Entity", Fields: []FieldError{{"query", "Field required"}, {"", "x"}}},
			"a.example answered 422 Unprocessable Entity: query: Field required: x"},
		{Error{Status: 529, Host: "a.example", Message: "Overloaded"}, "a.example answered 529 Overloaded"},
		{Error{Status: 999, Host: "a.example", Message: "no reason given"}, "a.example answered 999: no reason given"},
	}
	for _, tt := range tests {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

func TestAnswersThatAreNoStream(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, contentType, body string
		status                  int
		want                    string
	}{
		{"JSON", "application/json", `{"detail":"Session is gone"}`, 200, "200 OK: expected an event stream, got application/json: Session is gone"},
		{"HTML", "text/html; charset=utf-8", "<h1>Sign in</h1>", 200, "200 OK: expected an event stream, got text/html: Sign in"},
		{"text", "text/plain", "\n  first\nsecond", 200, "200 OK: expected an event stream, got text/plain: first"},
		{"a stream in disguise", "application/octet-stream", "data: {\"type\":\"done\"}\n\n", 200, `200 OK: expected an event stream, got application/octet-stream: data: {"type":"done"}`},
		{"nothing", "application/json", "", 200, "200 OK: expected an event stream, got application/json"},
		{"hostile type", "text/x\u009by", "", 200, "200 OK: expected an event stream, got text/x<9B>y"},
		{"not created as one", "text/event-stream", "data: {\"type\":\"done\"}\n\n", 201, `201 Created: data: {"type":"done"}`},
		{"detached", "application/json", `{"thread_id":"t1","url":"https://a.example/t/t1","status":"started"}`, 202,
			"202 Accepted: the run was started without a stream to watch: thread t1: https://a.example/t/t1"},
		{"detached, header only", "application/json", ``, 202, "202 Accepted: the run was started without a stream to watch: thread t2"},
		{"no content", "", "", 204, "204 No Content"},
		{"bad gateway", "text/html", "<center>nginx</center>", 502, "502 Bad Gateway: nginx"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := answered(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", tt.contentType)
				w.Header().Set("x-thread-id", "t2")
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
			})
			if want := got.Host + " answered " + tt.want; got.Error() != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestErrorHeaders(t *testing.T) {
	t.Parallel()
	got := answered(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "12")
		w.Header().Set("x-request-id", "req-\u0080 1")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	if got.RetryAfter != 12*time.Second || got.RequestID != "req-<80> 1" || got.Message != "Too Many Requests" {
		t.Errorf("%+v", got)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                              0,
		"0":                             0,
		"7":                             7 * time.Second,
		" 7 ":                           7 * time.Second,
		"-7":                            0,
		"+7":                            0,
		"7.5":                           0,
		"soon":                          0,
		"1e9":                           0,
		"1000000000":                    time.Hour,
		"18446744073709551615":          time.Hour,
		"99999999999999999999999":       0,
		"Mon, 04 May 2026 09:00:30 GMT": 30 * time.Second,
		"Mon, 04 May 2026 08:00:00 GMT": 0,
		"Mon, 04 May 2099 08:00:00 GMT": time.Hour,
		"Mon, 04 May 0001 08:00:00 GMT": 0,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

// However much a server says, an error keeps little of it, and does not wait
// for the end.
func TestErrorBodiesAreBounded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", 100_000)
	for name, handler := range map[string]http.HandlerFunc{
		"text": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadGateway)
			_, _ = io.WriteString(w, long)
		},
		"fields": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadGateway)
			_, _ = io.WriteString(w, `{"detail":[`+strings.Repeat(`{"msg":"m"},`, 5000)+`{"msg":"m"}]}`)
		},
		"gzip bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(http.StatusBadGateway)
			z := gzip.NewWriter(w)
			for range 100 {
				_, _ = io.WriteString(z, long)
			}
			_ = z.Close()
		},
		"without end": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadGateway)
			for err := error(nil); err == nil; {
				_, err = io.WriteString(w, long)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := answered(t, handler)
			if n := len([]rune(got.Message)); n == 0 || n > maxErrorText+1 || len(got.Fields) > maxErrorFields {
				t.Errorf("%d characters, %d fields", n, len(got.Fields))
			}
		})
	}
}

// A silent error body is given up like a silent stream.
func TestSilentErrorBody(t *testing.T) {
	t.Parallel()
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "half a ")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}, func(c *Config) { c.IdleTimeout = 50 * time.Millisecond })
	_, err := client.StartAnything(t.Context(), "x")
	var answer *Error
	if !errors.As(err, &answer) || answer.Message != "half a" {
		t.Errorf("%T: %v", err, err)
	}
}

func FuzzErrorBody(f *testing.F) {
	for _, seed := range []string{`{"detail":[{"loc":["body","x"],"msg":"m"}]}`, `{"error":{"message":"m"}}`, "<p>a<script>b", `{"statusCode":1,"body":"[]"}`, "\x1b\u202e"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		p := problemOf(body, 0)
		for _, text := range []Text{p.message, p.detail} {
			if r, found := hostile(string(text)); found {
				t.Errorf("%q: %q holds %U", body, text, r)
			}
		}
		for _, field := range p.fields {
			if r, found := hostile(field.Path + string(field.Message)); found {
				t.Errorf("%q: %q holds %U", body, field, r)
			}
		}
	})
}
