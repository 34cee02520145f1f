package agent

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

const (
	contextLength = 80 // characters on each side of a match
	shownMatches  = 20
)

// match is one place where a text is found.
type match struct {
	Before   string   `json:"before"` // on one line, at most contextLength and an ellipsis
	Text     string   `json:"text"`   // as the page spells it
	After    string   `json:"after"`
	Headings []string `json:"headings"` // those it stands under, the highest first
}

// find is the skill that finds a text on a page: the tool extract, and the
// answer.
func (r *run) find(ctx context.Context, s *sight) (*finding, error) {
	var matches []match
	err := r.call(ctx, toolExtract, r.plan.extractInput(), func() (string, error) {
		matches = findText(s.passages(), r.plan.text)
		return fmt.Sprintf("%s of “%s”", times(len(matches), "occurrence"), r.plan.text), nil
	})
	if err != nil {
		return nil, err
	}
	found := &finding{
		value:    map[string]any{"text": r.plan.text, "count": len(matches), "matches": append([]match{}, matches...)},
		grid:     &grid{columns: []string{"before", "text", "after", "headings"}},
		markdown: []string{fmt.Sprintf("## “%s”: %s\n\n", escapeMarkdown(r.plan.text), times(len(matches), "occurrence"))},
	}
	for i, m := range matches {
		found.grid.rows = append(found.grid.rows, []string{m.Before, m.Text, m.After, strings.Join(m.Headings, " › ")})
		if i < shownMatches {
			found.markdown = append(found.markdown, fmt.Sprintf("%d. %s\n", i+1, m.markdown()))
		}
	}
	if more := len(matches) - shownMatches; more > 0 {
		found.markdown = append(found.markdown, fmt.Sprintf("\nAnd %d more.\n", more))
	}
	if len(matches) == 0 {
		found.markdown = append(found.markdown, "The page does not say it.\n")
	}
	return found, nil
}

func (m match) markdown() string {
	said := escapeMarkdown(m.Before) + "**" + escapeMarkdown(m.Text) + "**" + escapeMarkdown(m.After)
	if len(m.Headings) > 0 {
		said += " (under " + escapeMarkdown(strings.Join(m.Headings, " › ")) + ")"
	}
	return said
}

func times(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// passage is a piece of a page's text that reads in one go.
type passage struct {
	text     string // on one line
	headings []string
}

// passages cuts a page's text at its blocks, each under its headings.
func (s *sight) passages() []passage {
	if s.plain {
		return []passage{{text: oneLine(s.page.text)}}
	}
	var all []passage
	var headings [6]string
	var b strings.Builder
	end := func() {
		if line := oneLine(b.String()); line != "" {
			all = append(all, passage{line, above(headings)})
		}
		b.Reset()
	}
	var walk func(node *html.Node)
	walk = func(node *html.Node) {
		for n := range node.ChildNodes() {
			switch {
			case n.Type == html.TextNode:
				b.WriteString(n.Data)
			case n.Type != html.ElementNode:
			case isInline(n.Data):
				walk(n)
			case n.Data == "br" || n.Data == "img" || n.Data == "wbr":
				b.WriteByte(' ')
			default:
				end()
				if isHeading(n) {
					level := int(n.Data[1] - '1')
					clear(headings[level:])
					walk(n)
					end()
					headings[level] = clipTo(inlineText(n), shownHeading)
					continue
				}
				walk(n)
				end()
			}
		}
	}
	walk(s.body)
	end()
	return all
}

func above(headings [6]string) []string {
	found := []string{}
	for _, h := range headings {
		if h != "" {
			found = append(found, h)
		}
	}
	return found
}

// findText finds a text in passages, in capitals or not, whatever the white
// space.
func findText(passages []passage, text string) []match {
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	if len(words) == 0 {
		return nil
	}
	looks, err := regexp.Compile(`(?i)` + strings.Join(words, `\s+`))
	if err != nil {
		return nil // longer than an expression may be, and than any passage
	}
	var found []match
	for _, p := range passages {
		for _, at := range looks.FindAllStringIndex(p.text, -1) {
			found = append(found, match{
				Before:   lastOf(p.text[:at[0]], contextLength),
				Text:     p.text[at[0]:at[1]],
				After:    firstPart(p.text[at[1]:], contextLength),
				Headings: append([]string{}, p.headings...),
			})
		}
	}
	return found
}

// firstPart is the first characters of a text, and an ellipsis when cut.
func firstPart(s string, most int) string {
	at := 0
	for range most {
		_, size := utf8.DecodeRuneInString(s[at:])
		if at += size; at == len(s) {
			return s
		}
	}
	return s[:at] + "…"
}

// lastOf is the last characters of a text, after an ellipsis when cut.
func lastOf(s string, most int) string {
	at := len(s)
	for range most {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		if at -= size; at == 0 {
			return s
		}
	}
	return "…" + s[at:]
}
