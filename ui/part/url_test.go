package part_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// addresses are addresses as the network may send them, and how a safe one
// shows; an empty text means that it must not be opened.
var addresses = []struct{ raw, short string }{
	{"https://viewer.example/session/1?token=secret#part", "viewer.example/session/1"},
	{"https://viewer.example/", "viewer.example"},
	{"HTTPS://Viewer.Example:8443/a", "Viewer.Example:8443/a"},
	{"https://viewer.example", "viewer.example"},
	{"http://127.0.0.1:41207/view/9b1f?token=secret", "127.0.0.1:41207/view/9b1f"},
	{"http://localhost:8080/x", "localhost:8080/x"},
	{"http://[::1]:8080/x", "[::1]:8080/x"},
	{"http://127.9.9.9/", "127.9.9.9"},
	{"https://пример.example/путь", "xn--e1afmkfd.example/%D0%BF%D1%83%D1%82%D1%8C"},
	{"https://аpple.example/", "xn--pple-43d.example"}, // a Cyrillic letter
	{"https://a.example/%1b%5b31m", "a.example/%1b%5b31m"},

	{"", ""},
	{"viewer.example/session", ""},
	{"//viewer.example/session", ""},
	{"/etc/passwd", ""},
	{"file:///etc/passwd", ""},
	{"javascript:alert(1)", ""},
	{"JavaScript://example.com/%0aalert(1)", ""},
	{"data:text/html,x", ""},
	{"mailto:a@b.example", ""},
	{"ssh://host/", ""},
	{"ws://127.0.0.1/", ""},
	{"http://viewer.example/", ""},
	{"http://localhost.evil.example/", ""},
	{"http://127.0.0.1.evil.example/", ""},
	{"http://10.0.0.1/", ""},
	{"http://0.0.0.0/", ""},
	{"https://user@viewer.example/", ""},
	{"https://user:secret@viewer.example/", ""},
	{"https://viewer.example@evil.example/", ""},
	{"https:///path", ""},
	{"https://:443/path", ""},
	{"https:viewer.example", ""},
	{"https://viewer.example/a b", ""},
	{"https://viewer.example/␛]8;;x␇", ""},
	{"https://viewer.example/<9B>31m", ""},
	{"https://viewer.example\\@evil.example", ""},
	{" https://viewer.example/", ""},
	{"https://viewer.example/\n", ""},
	{"https://viewer.example/\t", ""},
	{"https://viewer.example/\x1b]8;;x\x07", ""},
	{"https://viewer.example/?q=\x7f", ""},
	{"https://viewer.example/?q=\u009c", ""},
	{"https://viewer.example/?q=\x9c", ""},
	{"https://viewer.example/?q=\u202egpj.exe", ""},
	{"https://viewer.example/#\u2028", ""},
	{"https://viewer.example/\u00a0", ""},
	{"https://viewer.example/%zz", ""},
	{"https://[::1/", ""},
	{"https://viewer.example/" + strings.Repeat("a", 9000), ""},
	{"-https://viewer.example/", ""},
	{"--help", ""},
}

const unsafe = "(a link that is not safe to open)"

func TestAddresses(t *testing.T) {
	t.Parallel()
	for _, test := range addresses {
		want := test.short
		if want == "" {
			want = unsafe
		}
		if _, ok := part.CheckURL(test.raw); ok != (test.short != "") {
			t.Errorf("%.60q may be opened: %v", test.raw, ok)
		}
		if got := part.ShortURL(test.raw, 80); got != want {
			t.Errorf("%.60q shows as %q, want %q", test.raw, got, want)
		}
	}
}

func TestShortURLFits(t *testing.T) {
	t.Parallel()
	for _, test := range addresses {
		for w := -1; w < 40; w++ {
			if got := ansi.StringWidth(part.ShortURL(test.raw, w)); got > max(w, 0) {
				t.Fatalf("%.60q takes %d cells, not %d", test.raw, got, w)
			}
		}
	}
}

func TestLinkLeadsOnlyToSafeAddresses(t *testing.T) {
	t.Parallel()
	for _, test := range addresses {
		link := part.Link(themes.Notte(), test.raw, "text")
		parttest.CheckSafe(t, link)
		if got := ansi.Strip(link); got != "text" {
			t.Errorf("the link to %.60q shows %q", test.raw, got)
		}
		if got := strings.Contains(link, "\x1b]8;;http"); got != (test.short != "") {
			t.Errorf("%.60q is linked: %v", test.raw, got)
		}
	}
}

func FuzzAddresses(f *testing.F) {
	for _, test := range addresses {
		f.Add(test.raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, ok := part.CheckURL(raw)
		short := part.ShortURL(raw, 60)
		parttest.CheckSafe(t, short)
		parttest.CheckSafe(t, part.Link(themes.Notte(), raw, "text"))
		if !ok {
			return
		}
		if (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "" || u.User != nil {
			t.Fatalf("%q may be opened", raw)
		}
		if strings.ContainsFunc(short, func(r rune) bool { return r != '…' && (r <= ' ' || r > '~') }) {
			t.Fatalf("%q shows as %q", raw, short)
		}
		if u.RawQuery != "" && strings.Contains(short, "?") {
			t.Fatalf("%q shows its query: %q", raw, short)
		}
	})
}
