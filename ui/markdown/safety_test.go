package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// TestHostile feeds what could steer a terminal, raw and through Markdown, and
// looks for it on the screen as text.
func TestHostile(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, shows string }{
		{"raw escape", "a \x1b[31mred\x1b[2J", "a ␛[31mred␛[2J"},
		{"raw C1", "a \u009b31m", "a <9B>31m"},
		{"bidi", "a \u202eb", "a <202E>b"},
		{"decimal entity", "a &#27;[31mred", "a ␛[31mred"},
		{"hexadecimal entity", "a &#x1B;]52;c;x&#7;", "a ␛]52;c;x␇"},
		{"entity for C1", "a &#155;31m", "a <9B>31m"},
		{"entity for bidi", "a &#x202E;b", "a <202E>b"},
		{"entity in emphasis", "**a &#27;[31m**", "a ␛[31m"},
		{"entity in strikethrough", "~~a &#27;[31m~~", "a ␛[31m"},
		{"entity in a heading", "# a &#27;[31m", "a ␛[31m"},
		{"entity in a table", "| &#27;[31m |\n|---|\n| &#27;[32m |", "␛[32m"},
		{"entity in a table link", "| a |\n|---|\n| [&#27;c](https://x.y) |", "␛c (https://x.y)"},
		{"entity in code", "`&#27;[31m`", "&#27;[31m"},
		{"entity in a fence", "```\n&#27;[31m\n```", "&#27;[31m"},
		{"escape in a fence", "```go\nx := \"\x1b[31m\"\n```", "x := \"␛[31m\""},
		{"entity in HTML", "<div>\n&#27;[31mred\n</div>", "␛[31mred"},
		{"entity in an address", "[a](https://x.y/&#27;]8;;https://evil&#7;)", "https://x.y/%1B]8;;https://evil%07"},
		{"entity in alt text", "![&#27;c](https://x.y)", "image: ␛c (https://x.y)"},
		{"entity without semicolon", "a &#27[31m", "a &#27[31m"},
		{"a link of our own kind", "&#27;]8;;https://evil&#7;click", "␛]8;;https://evil␇click"},
		{"script address", "[a](javascript:alert(1))", "a (javascript:alert(1))"},
		{"file address", "<file:///etc/passwd>", "file:///etc/passwd"},
		{"user information", "[bank](https://bank.example@evil.example/)", "bank (https://bank.example@evil.example/)"},
		{"misleading text", "[https://bank.example](https://evil.example)", "https://bank.example (https://evil.example)"},
		{"list item", "- a &#27;[31m", "• a ␛[31m"},
		{"definition", "a\n: b &#27;[31m", "b ␛[31m"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			open := newDoc(100)
			open.Append(test.text)
			for _, rows := range [][]string{open.Rows(0, open.Len()), all(test.text, 100)} {
				checkRows(t, rows, 100)
				if shown := strings.Join(plainRows(rows), "\n"); !strings.Contains(shown, test.shows) {
					t.Errorf("shows %q, not %q", shown, test.shows)
				}
				for _, r := range rows {
					if strings.Contains(r, "\x1b[31m") || strings.Contains(r, "\x1b[32m") || strings.Contains(r, ";https://evil\a") {
						t.Errorf("the text chose a colour or a link: %q", r)
					}
				}
			}
		})
	}
}

// TestLinks checks which addresses become links, and that each can be read.
func TestLinks(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, shows, link string }{
		{"[a](https://x.example/y)", "a (https://x.example/y)", "https://x.example/y"},
		{"[a](HTTPS://x.example)", "a (HTTPS://x.example)", "HTTPS://x.example"},
		{"[a](http://127.0.0.1:41207/news)", "a (http://127.0.0.1:41207/news)", "http://127.0.0.1:41207/news"},
		{"[a](http://x.example)", "a (http://x.example)", ""},
		{"[https://x.example](https://x.example/)", "https://x.example/", "https://x.example/"},
		{"<https://x.example>", "https://x.example", "https://x.example"},
		{"see https://x.example.", "see https://x.example.", "https://x.example"},
		{"<me@x.example>", "me@x.example", ""},
		{"[a](mailto:me@x.example)", "a (mailto:me@x.example)", ""},
		{"[a](https://x.example/ü)", "a (https://x.example/%C3%BC)", "https://x.example/%C3%BC"},
		{"[a](https://x.example/?a=1&amp;b=2)", "a (https://x.example/?a=1&b=2)", "https://x.example/?a=1&b=2"},
		{"[a](/relative)", "a (/relative)", ""},
		{"[a](../up?x#y)", "a (../up?x#y)", ""},
		{"[](https://x.example/y)", "(https://x.example/y)", "https://x.example/y"},
		{"**[a](https://x.example/y)**", "a (https://x.example/y)", "https://x.example/y"},
		{"~~[a](https://x.example/y)~~", "a (https://x.example/y)", ""},
		{"~~<https://x.example/y>~~", "https://x.example/y", ""},
		{"[a](https://x.example/%zz)", "a (https://x.example/%zz)", ""},
		{"![the *alt*](../i.png)", "image: the alt (../i.png)", ""},
		{"![](https://x.example/i.png)", "image (https://x.example/i.png)", "https://x.example/i.png"},
		{"[a](#part)", "a", ""},
		{"[a](https://)", "a (https://)", ""},
		{"[a](https://x.example/" + strings.Repeat("y", maxLink) + ")", "a (https://x.example/yyyyyyyyyyyyyy…yyyyyyyyyyyyyyy)", ""},
		{"[a](https://x.example/" + strings.Repeat("y", 29) + "z)", "a (https://x.example/" + strings.Repeat("y", 29) + "z)", "https://x.example/" + strings.Repeat("y", 29) + "z"},
		{"[a](https://x.example/" + strings.Repeat("y", 90) + "z)", "a (https://x.example/yyyyyyyyyyyyyy…yyyyyyyyyyyyyyz)", "https://x.example/" + strings.Repeat("y", 90) + "z"},
		{"[a](https://" + strings.Repeat("y.", 50) + "example/" + strings.Repeat("z", 90) + ")", "a (https://" + strings.Repeat("y.", 50) + "example/…zzzzzzzzzzzz)", "https://" + strings.Repeat("y.", 50) + "example/" + strings.Repeat("z", 90)},
	}
	for _, test := range tests {
		rows := all(test.text, 3000)
		if got := plainRows(rows)[0]; !strings.HasPrefix(got, test.shows) {
			t.Errorf("%q shows %q", test.text, got)
		}
		if got := strings.Contains(rows[0], "\x1b]8;id="); got != (test.link != "") || !strings.Contains(rows[0], ";"+test.link) && got {
			t.Errorf("%q: link %v in %q", test.text, got, rows[0])
		}
	}
}

// TestPathological checks that input made to be slow keeps to the promises;
// were it rendered as Markdown, the test would not end in time.
func TestPathological(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"*a_", "[", "> ", "![", "`", "<", "&", "**a ", "- ", "1. ", "[a](", "_*", "~~", "| ", "a\tb", "\\", ">", "x", "é", "日", "<!--", "[a]: b\n", "a  \n", "* a\n ", ":\n"} {
		t.Run(unit, func(t *testing.T) {
			t.Parallel()
			for _, prefix := range []string{"", "a ", "> ", "- ", "```\n"} {
				size := 60 << 10 // the largest block that is read as Markdown
				if prefix != "" || strings.HasSuffix(unit, "\n ") {
					size /= 12
				}
				text := prefix + strings.Repeat(unit, size/len(unit))
				checkRows(t, all(text, 60), 60)
				d := newDoc(60)
				for i := 0; i < len(text); i += 16 << 10 {
					d.Append(text[i:min(i+16<<10, len(text))])
					d.Len()
				}
				checkRows(t, d.Rows(0, d.Len()), 60)
			}
		})
	}
}

func TestLongBlocks(t *testing.T) {
	t.Parallel()
	for _, s := range streams {
		head := strings.Replace(s.head, "go", "", 1) // colours take long
		text := streamText(head, s.line, 3_000)
		want := all(text, 70)
		checkRows(t, want, 70)
		got := chunked(t, text, 70, func() int { return 4_999 }, func() bool { return true })
		checkSame(t, got, want)
		shown := strings.Join(strings.Fields(strings.Join(plainRows(want), " ")), " ")
		if s.name != "quote" && !strings.Contains(shown, "99") || len(shown) < len(text)/2 {
			t.Errorf("%s: %d bytes show as %d", s.name, len(text), len(shown))
		}
	}
}

// TestNewest checks that the last word that came is on the screen at once,
// whatever is open.
func TestNewest(t *testing.T) {
	t.Parallel()
	for _, s := range streams {
		d := newDoc(60)
		d.Append(s.head)
		for i := range 80 {
			word := fmt.Sprintf("word%d", i)
			line := s.line(i)
			n := len(line) / 2
			d.Append(line[:n] + word)
			last := d.Rows(d.Len()-4, d.Len())
			if shown := strings.Join(plainRows(last), ""); !strings.Contains(strings.ReplaceAll(shown, " ", ""), word) {
				t.Fatalf("%s: %q is not in %q", s.name, word, plainRows(last))
			}
			d.Append(line[n:])
		}
	}
}
