package state

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"notturno/api"
)

func TestMarkdownTellsTheWholeRun(t *testing.T) {
	t.Parallel()
	cost := 0.0837
	r := begun()
	r.Apply(arrivals(
		api.Connected{ThreadID: "t0"},
		api.ThinkingDelta{Delta: "I need a browser.\n\nAnd a page."},
		api.ToolStart{Name: "open_page", Input: `{"url":"https://a.example/x_y"}`},
		api.SessionData{ViewerURL: "https://viewer.example/1"},
		api.ToolResult{Content: "a line\n```\nfenced\n```\n"},
		api.ToolStart{Name: "odd`name", Input: "not json"},
		api.ToolResult{Failed: true},
		api.ToolResult{Content: "alone"},
		api.Notice{Text: "# an event\nwas dropped"},
		api.TextDelta{Delta: "## Top 3\n\n1. A **tiny** database\n"},
		api.FunctionUploaded{FunctionID: "f1", FunctionName: "newest"},
		api.Done{TotalCostUSD: &cost},
	))
	want := strings.ReplaceAll(`# list the top 3 posts

> I need a browser.
> 
> And a page.

**Tool** 'open_page' · done · 2s

Input:

'''json
{"url":"https://a.example/x_y"}
'''

Result:

''''text
a line
'''
fenced
'''
''''

**Tool** ''odd'name'' · failed · 1s

Input:

'''text
not json
'''

**Result without a call** · done

Result:

'''text
alone
'''

**Note** · # an event was dropped

## Top 3

1. A **tiny** database

**Function** 'newest' · 'f1'

**done · 12s · cost $0.0837**
`, "'", "`")
	if got := r.Markdown(); got != want {
		t.Errorf("the run is\n%s\nwant\n%s", got, want)
	}
}

func TestMarkdownOfEveryPhase(t *testing.T) {
	t.Parallel()
	said := api.TextDelta{Delta: "so far"}
	tests := []struct {
		name string
		run  func() *Run
		ends string
	}{
		{"queued", func() *Run { return New("1", LocalBackend, "x", start) }, "# x\n\n**queued · 0s**\n"},
		{"connecting", begun, "**connecting · 0s**\n"},
		{"running", func() *Run { r := begun(); r.Apply(arrivals(said, said)); return r }, "so farso far\n\n**running · 2s**\n"},
		{"failed", func() *Run { r := begun(); r.Apply(arrivals(api.Failed{Error: "no", Detail: "a\nb"})); return r }, "**failed · 1s** · no · a b\n"},
		{"cancelled", func() *Run { r := begun(); r.Cancel(start.Add(90 * time.Second)); return r }, "**cancelled · 1m30s** · closing the stream…; the local agent stops with it\n"},
		{"unfinished call", func() *Run { r := begun(); r.Apply(arrivals(api.ToolStart{Name: "a"}, api.TimedOut{})); return r }, "**Tool** `a` · unfinished\n\n**timed out · 2s** · the agent ran out of time\n"},
		{"open call", func() *Run { r := begun(); r.Apply(arrivals(api.ToolStart{Name: "a"})); return r }, "**Tool** `a` · running\n\n**running · 1s**\n"},
	}
	for _, test := range tests {
		if got := test.run().Markdown(); !strings.HasSuffix(got, test.ends) {
			t.Errorf("a run that is %s is %q, want the end %q", test.name, got, test.ends)
		}
	}
}

func TestMarkdownOfTasks(t *testing.T) {
	t.Parallel()
	for task, want := range map[string]string{
		"one line":              "# one line\n\n**",
		"":                      "# (no task)\n\n**",
		"  \n ":                 "# (no task)\n\n**",
		"first\n\n```\ncode":    "# first\n\n````text\nfirst\n\n```\ncode\n````\n\n**",
		"\n\nfirst\tcolumn \n ": "# first column\n\n**",
	} {
		if got := New("1", LocalBackend, task, start).Markdown(); !strings.HasPrefix(got, want) {
			t.Errorf("the task %q becomes %q, want %q", task, got, want)
		}
	}
}

// hostile are texts that could break out of their place in a document.
func hostile() []api.Text {
	var texts []api.Text
	for _, text := range []string{
		"", " ", "\n\n", "plain", "```", "~~~", "````\n```\n`````", "```\nopen", "~~~\nopen", "<!--", "<script>", "<pre>\n\n", "<div>\n```",
		"> quote\n>> more", "- item\n\n      code\n", "1. a\n   ```\n   b", "# head #", "===\n---", "    code", "\tcode", "[a]: <b\n", "`a``b`", "| a |\n|---|",
		strings.Repeat("`", 40), strings.Repeat(">", 40), strings.Repeat("- ", 40), "\x1b[31mred\u202e\u009b\x00\r\n", "日本語\u2028漢字", "**open *and _more", "&#27;[31m", "![x](y)\\",
	} {
		texts = append(texts, api.Clean(text))
	}
	return texts
}

// topLevel is the blocks of a document: what is fenced, by its text, and how
// many of the other kinds there are.
func topLevel(source string) (fenced map[string]bool, kinds map[ast.NodeKind]int) {
	fenced, kinds = map[string]bool{}, map[ast.NodeKind]int{}
	for n := parseBlocks(source).FirstChild(); n != nil; n = n.NextSibling() {
		kinds[n.Kind()]++
		if n.Kind() == ast.KindFencedCodeBlock {
			fenced[string(n.Lines().Value([]byte(source)))] = true
		}
	}
	return fenced, kinds
}

// Whatever the texts are, every part of a run stays in its place.
func TestMarkdownKeepsEveryPartInItsPlace(t *testing.T) {
	t.Parallel()
	texts := hostile()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		some := func() api.Text { return texts[r.IntN(len(texts))] + texts[r.IntN(len(texts))] }
		run := New("1", "anything.example", string(some()), start)
		var whole []string
		for i := range 6 {
			id := api.Text(fmt.Sprint("id", i))
			result := fmt.Sprintf("%s\n%s result %d", some(), some(), i)
			whole = append(whole, result+"\n")
			run.Apply(arrivals(
				api.ThinkingDelta{Delta: some()}, api.TextDelta{Delta: some()}, api.Notice{Text: some()},
				api.ToolStart{ID: id, Name: some(), Input: some()}, api.ToolResult{ID: id, Content: api.Text(result)},
			))
		}
		if r.IntN(2) == 0 {
			run.Apply(arrivals(api.Failed{Error: some(), Detail: some()}))
		}
		source := run.Markdown()
		fenced, _ := topLevel(source)
		for _, result := range whole {
			if !fenced[result] {
				t.Fatalf("seed %d: the result %q is not in its fence in\n%s", seed, result, source)
			}
		}
		last := parseBlocks(source).LastChild()
		if last.Kind() != ast.KindParagraph || !strings.HasPrefix(string(last.Lines().Value([]byte(source))), "**"+run.Phase.String()) {
			t.Fatalf("seed %d: the outcome is not at the end of\n%s", seed, source)
		}
		if i := strings.IndexFunc(source, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }); i >= 0 {
			t.Fatalf("seed %d: a control character at %q", seed, source[i:])
		}
	}
}

func TestMarkdownKeepsReasoningQuoted(t *testing.T) {
	t.Parallel()
	for _, text := range hostile() {
		r := begun()
		r.Apply(arrivals(api.ThinkingDelta{Delta: text}))
		want := 1
		if strings.TrimSpace(string(text)) == "" {
			want = 0
		}
		source := r.Markdown()
		_, kinds := topLevel(source)
		if kinds[ast.KindBlockquote] != want || kinds[ast.KindHeading] != 1 || kinds[ast.KindParagraph] != 1 || len(kinds) != 2+want {
			t.Errorf("the reasoning %q is not one quote in\n%s", text, source)
		}
	}
}

// BenchmarkMarkdown shows that the time grows as the run does.
func BenchmarkMarkdown(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		run := begun()
		for range n {
			run.Apply(arrivals(api.ThinkingDelta{Delta: "I think.\n"}, api.ToolStart{Name: "a", Input: `{"b":1}`},
				api.ToolResult{Content: "a result\n```\nof some\n```\nlines"}, api.TextDelta{Delta: "> - An answer\n"}, api.MessageComplete{}))
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run.Markdown()
			}
		})
	}
}
