package reader_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
	"notturno/ui/reader"
)

var (
	_ part.Dialog   = (*reader.Reader)(nil)
	_ part.Whole    = (*reader.Reader)(nil)
	_ part.Typing   = (*reader.Reader)(nil)
	_ part.Cursored = (*reader.Reader)(nil)
	_ part.Themed   = (*reader.Reader)(nil)
)

const object = `{"url":"https://example.com/a","count":3.50e1,"ok":true,"none":null,` +
	`"items":["one",{"key":"\u001b[31m two","漢字":[]}],"long":"` +
	`Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore"}`

const answer = "# Top 3 posts\n\n1. A **tiny** database in 900 lines · [211 points](https://example.com/p)\n2. `漢字`\n\n" +
	"| rank | title |\n|---|---|\n| 1 | A tiny database |\n\n```json\n{\"a\": 1}\n```\n\n" +
	"A paragraph that is long enough to be broken at any of the widths at which it is looked at here, and once more."

func call() reader.Document {
	return reader.Document{Title: "extract · result", What: "tool result", Sections: []reader.Section{
		{Heading: "Input", Text: object, Format: reader.JSON},
		{Heading: "Result", Text: "rank\ttitle\tpoints\n1\tA tiny database in 900 lines\t211\n" + strings.Repeat("a long line of words ", 9)},
	}}
}

func page(text string, format reader.Format) reader.Document {
	return reader.Document{Title: "extract · result", What: "tool result", Sections: []reader.Section{{Text: text, Format: format}}}
}

func open(doc reader.Document, w, h int) *reader.Reader {
	r := reader.New(themes.Notte(), doc)
	r.Resize(w, h)
	return r
}

func do(r *reader.Reader, actions ...part.Action) part.Intent {
	var intent part.Intent
	for _, a := range actions {
		intent, _ = r.Update(part.Do{Action: a})
	}
	return intent
}

func typed(r *reader.Reader, text string) {
	for _, c := range text {
		r.Update(tea.KeyPressMsg{Code: c, Text: string(c)})
	}
}

func text(r *reader.Reader) string { return parttest.Text(r.Rows()) }

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 80, 120} {
		for name, show := range map[string]func() *reader.Reader{
			"call": func() *reader.Reader { return open(call(), w, 30) },
			"sideways": func() *reader.Reader {
				r := open(call(), w, 24)
				do(r, part.WrapLines, part.PanRight)
				return r
			},
			"markdown": func() *reader.Reader { return open(page(answer, reader.Markdown), w, 20) },
			"finding": func() *reader.Reader {
				r := open(call(), w, 24)
				do(r, part.FindHere)
				typed(r, "tiny")
				return r
			},
			"found": func() *reader.Reader {
				r := open(call(), w, 12)
				do(r, part.FindHere)
				typed(r, "o")
				do(r, part.NextFound, part.Back)
				return r
			},
		} {
			t.Run(fmt.Sprintf("%s-%d", name, w), func(t *testing.T) {
				t.Parallel()
				golden.RequireEqual(t, text(show()))
			})
		}
	}
}

// documents are hostile texts, in every format.
func documents() []reader.Document {
	var docs []reader.Document
	all := ""
	for _, hostile := range parttest.Hostile() {
		all += string(api.Clean(hostile)) + "\n"
	}
	for format := reader.Plain; format <= reader.JSON; format++ {
		docs = append(docs, reader.Document{Title: all, What: "x", Sections: []reader.Section{
			{Heading: all, Text: object, Format: reader.JSON}, {Text: "", Format: format}, {Heading: "日本", Text: all, Format: format},
		}})
	}
	return append(docs, page(`{"漢\u001b":"`+strings.Repeat(`e\u0301\ud83d1️⃣`, 60)+`","a":[[[{}]]]}`, reader.JSON), reader.Document{})
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	docs := documents()
	for w, h := range parttest.Sizes() {
		r := reader.New(themes.Notte(), docs[(w+h)%len(docs)])
		parttest.Exact(t, r, w, h)
		for _, a := range []part.Action{part.FindHere, part.Back, part.WrapLines, part.End} {
			do(r, a)
			if a == part.FindHere {
				typed(r, "e")
			}
			parttest.CheckRows(t, r.Rows(), w, h)
			if c := r.Cursor(); c != nil && (c.X < 0 || c.X >= w || c.Y != h-1) {
				t.Fatalf("at %d×%d the cursor is at %d,%d", w, h, c.X, c.Y)
			}
		}
		r.SetTheme(themes.Giorno())
		parttest.Exact(t, r, w, h)
	}
}

// Every document at a few sizes, with every row of it looked at.
func TestEveryRowOfHostileTexts(t *testing.T) {
	t.Parallel()
	for _, doc := range documents() {
		for _, w := range []int{1, 5, 40} {
			for _, wrap := range []bool{true, false} {
				r := open(doc, w, 80)
				if !wrap {
					do(r, part.WrapLines)
				}
				before := ""
				for text(r) != before {
					before = text(r)
					parttest.CheckRows(t, r.Rows(), w, 80)
					do(r, part.PageDown)
				}
				do(r, part.FindHere)
				typed(r, "漢")
				parttest.Exact(t, r, w, 80)
			}
		}
	}
}

func TestKeysAnswer(t *testing.T) {
	t.Parallel()
	doc := call()
	result := doc.Sections[1].Text
	for action := part.NoAction; action <= part.PanRight; action++ {
		var want part.Intent
		switch action {
		case part.CopyThis:
			want = part.Copy{What: "tool result", Text: result}
		case part.SaveThis:
			want = part.Save{What: "tool result", Ext: "txt", Text: result}
		case part.Leave, part.Back, part.Interrupt:
			want = part.Close{}
		case part.NextMatch, part.PrevMatch:
			want = part.Say{Text: "/ finds a text"}
		default:
		}
		if got, cmd := open(doc, 80, 24).Update(part.Do{Action: action}); got != want || cmd != nil {
			t.Errorf("action %d means %#v, want %#v", action, got, want)
		}
	}
}

// What leaves the reader is the source, byte for byte, however it is shown.
func TestCopiesAndSavesTheSource(t *testing.T) {
	t.Parallel()
	for _, source := range append(parttest.Hostile(), object, answer, " "+object+"\n\n") {
		source = string(api.Clean(source))
		for format, ext := range map[reader.Format]string{reader.Plain: "txt", reader.Markdown: "md", reader.JSON: "json"} {
			r := open(page(source, format), 40, 10)
			if got, want := do(r, part.CopyThis), (part.Copy{What: "tool result", Text: source}); got != want {
				t.Fatalf("copied %#v, want %#v", got, want)
			}
			if got, want := do(r, part.SaveThis), (part.Save{What: "tool result", Ext: ext, Text: source}); got != want {
				t.Fatalf("saved %#v, want %#v", got, want)
			}
		}
	}
}

func TestEscClosesTheLineFirst(t *testing.T) {
	t.Parallel()
	r := open(call(), 80, 24)
	do(r, part.FindHere)
	if !r.Typing() || r.Cursor() == nil || r.Contexts()[0] != part.InFind {
		t.Fatal("the line does not open")
	}
	if got := do(r, part.Back); got != nil || r.Typing() || r.Cursor() != nil || r.Contexts()[0] != part.InReader {
		t.Fatalf("esc in the line means %#v", got)
	}
	if got := do(r, part.Back); got != (part.Close{}) {
		t.Errorf("esc without the line means %#v", got)
	}
}
