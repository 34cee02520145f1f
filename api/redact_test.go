package api

import (
	"strings"
	"testing"
)

// What opens something to whoever reads it is hidden, and words are not.
func TestRedact(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"see https://viewer.example/?jwt=supersecretjwtvalue1234": "see https://viewer.example/?jwt=(hidden)",
		"https://a.example/v?x=1&Access_Token=short&y=2":          "https://a.example/v?x=1&Access_Token=(hidden)&y=2",
		"(https://a.example/?password=p@ss!w0rd)":                 "(https://a.example/?password=(hidden))",
		"https://a.example/v?ws=wss%3A%2F%2Fb%3Fjwt%3Dabc&x=1":    "https://a.example/v?ws=wss%3A%2F%2Fb%3Fjwt%3D(hidden)&x=1",
		"%253Fx%253D1%2526token%253Dabc":                          "%253Fx%253D1%2526token%253D(hidden)",
		`{"u":"https://a.example/v?x=1\u0026token=abc","y":1}`:    `{"u":"https://a.example/v?x=1\u0026token=(hidden)","y":1}`,
		"https://a.example/v?X-Amz-Signature=abc&X-Amz-Date=1":    "https://a.example/v?X-Amz-Signature=(hidden)&X-Amz-Date=1",
		"https://a.example/v?key=shoes":                           "https://a.example/v?key=shoes",
		"https://a.example/v?key=AIzaSyEXAMPLEexample0":           "https://a.example/v?key=(hidden)",
		"token=token=5ecret5ecret5ecret":                          "token=token=(hidden)",
		"token=short, jwt, key=x and tokens = many":               "token=short, jwt, key=x and tokens = many",
		"https://me:hunter2@a.example/x":                          "https://(hidden)@a.example/x",
		`https:\/\/me:hunter2@a.example\/x`:                       `https:\/\/(hidden)@a.example\/x`,
		"http://me:HUN#TER/2@proxy:3128 is bad":                   "http://(hidden)@proxy:3128 is bad",
		"https://a.example:8080/@alice and me@a.example":          "https://a.example:8080/@alice and me@a.example",
		"Authorization: Bearer eyJ5ecret.x_y-z=":                  "Authorization: Bearer (hidden)=",
		"authorization=bearer%20abcdefghijklmnopq":                "authorization=bearer%20(hidden)",
		"a bearer token is missing, bearer":                       "a bearer token is missing, bearer",
		"the bearer authorization header":                         "the bearer authorization header",
		`{"next_token":"abc"}`:                                    `{"next_token":"abc"}`,
		"é=1 % %3 %25 : = b":                                      "é=1 % %3 %25 : = b",
		"":                                                        "",
	} {
		if got := Redact(said); got != want {
			t.Errorf("%q is %q, not %q", said, got, want)
		}
	}
}

// What a service quotes of a request is JSON, or Python's way to write it.
func TestRedactWhatIsQuoted(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		`bad {"token":"hunter two"} given`:      `bad {"token":"(hidden)"} given`,
		`bad {\"token\": \"hunter\"} given`:     `bad {\"token\": \"(hidden)\"} given`,
		`bad {"token":"hun\"ter","x":1}`:        `bad {"token":"(hidden)","x":1}`,
		`bad {"token":"hun\`:                    `bad {"token":"(hidden)`,
		`bad {\"token\":\"hun`:                  `bad {\"token\":\"(hidden)`,
		`bad {'api_key': 'hunter', 'x': 'y'}`:   `bad {'api_key': '(hidden)', 'x': 'y'}`,
		`bad {"password":12345}`:                `bad {"password":(hidden)}`,
		`bad {"token":`:                         `bad {"token":`,
		`the token: it is missing, "x": "y", :`: `the token: it is missing, "x": "y", :`,
	} {
		if got := redactSaid(said); got != want {
			t.Errorf("%q is %q, not %q", said, got, want)
		}
	}
}

// FuzzRedact reads any text: what is hidden stays hidden, and the rest stays.
func FuzzRedact(f *testing.F) {
	for _, seed := range []string{"?token=", "https://a:b@c", "Bearer abcdefgh1", "%253D", `"jwt" : '`, `\u0026key=aaaaaaaaaaaaaaaaaaaa`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, got := range []string{Redact(text), redactSaid(text)} {
			rest := text
			for i, part := range strings.Split(got, redacted) {
				at := strings.Index(rest, part)
				if at < 0 || (i == 0 && at > 0) {
					t.Fatalf("%q is %q", text, got)
				}
				rest = rest[at+len(part):]
			}
		}
		if got := Redact(text + " https://a.example/?token=5ecret5ecret5ecret"); strings.Contains(text, "5ecret") == false && strings.Contains(got, "5ecret") {
			t.Errorf("%q keeps the token: %q", text, got)
		}
	})
}

func BenchmarkRedact(b *testing.B) {
	for name, text := range map[string]string{
		"prose":     strings.Repeat("The agent looks at the page and clicks. ", 1600),
		"equals":    strings.Repeat("=", 64_000),
		"addresses": strings.Repeat("https://a:", 6400),
		"escapes":   strings.Repeat("%25", 21_000),
		"bearers":   strings.Repeat("bearer ", 9_000),
		"quotes":    strings.Repeat(`"':`, 21_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				redactSaid(text)
			}
		})
	}
}
