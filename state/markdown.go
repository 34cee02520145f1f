package state

import (
	"encoding/json"
	"strings"
	"time"

	"notturno/api"
)

// Markdown is the whole run as a Markdown document, to be copied or kept: the
// task as a heading, reasoning as quotes, tool calls with their input and
// result in fences, the answer as it came, and how it ended. Viewer links,
// which let anyone watch, are left out wherever they occur, and so are tokens.
func (r *Run) Markdown() string {
	d := document{secrets: newSecrets(r.Sessions)}
	for _, item := range r.Items {
		switch item.Kind {
		case TaskItem:
			d.task(item.Text())
		case ReasoningItem:
			d.quote(item.Text())
		case AnswerItem:
			d.answer(item.Text())
		case ToolItem:
			d.tool(item.Tool)
		case NoticeItem:
			d.paragraph("Note", item.Text())
		case OutcomeItem: // written below, for a run that goes on as well
		}
	}
	d.functions(r.Functions)
	// A run that goes on has lasted up to its last event, as far as this tells.
	d.paragraph(r.Headline(took(r.Elapsed(r.ProgressAt))), strings.Join(r.OutcomeLines(), " · "))
	return d.text.String()
}

// document is a Markdown document that is being written: blocks with an empty
// line between them, each of which ends where it should.
type document struct {
	text    strings.Builder
	secrets secrets
}

// block writes a block; it must not leave a fence open.
func (d *document) block(text string) {
	if d.text.Len() > 0 {
		d.text.WriteByte('\n')
	}
	d.text.WriteString(text)
	d.text.WriteByte('\n')
}

// task is a heading; a task of several lines follows as a whole.
func (d *document) task(text string) {
	text = strings.TrimSpace(d.secrets.hide(text))
	line, _, more := strings.Cut(text, "\n")
	d.block("# " + api.Text(orElse(api.Text(line), "(no task)")).Line())
	if more {
		d.fence("text", text)
	}
}

func (d *document) quote(text string) {
	text = strings.Trim(d.secrets.hide(text), "\n")
	if strings.TrimSpace(text) != "" {
		d.block("> " + strings.ReplaceAll(text, "\n", "\n> "))
	}
}

// answer is Markdown already. One that would swallow what comes after it is
// shown as its source.
func (d *document) answer(text string) {
	text = strings.Trim(d.secrets.hide(text), "\n")
	switch {
	case strings.TrimSpace(text) == "":
	case endsOpen(text):
		d.fence("markdown", text)
	default:
		d.block(text)
	}
}

func (d *document) tool(t *Tool) {
	name := "**Result without a call**"
	if t.Name != "" {
		name = "**Tool** " + codeSpan(d.secrets.hide(t.Name.Line()))
	}
	words := []string{name, t.State.String()}
	if t.Name != "" && !t.EndedAt.IsZero() && !t.Past {
		words = append(words, took(t.Duration(t.EndedAt)))
	}
	d.block(strings.Join(words, " · "))
	if input := string(t.Input); input != "" {
		info := "text"
		if json.Valid([]byte(input)) {
			info = "json"
		}
		d.block("Input:")
		d.fence(info, d.secrets.hide(input))
	}
	if t.Result != "" {
		d.block("Result:")
		d.fence("text", d.secrets.hide(string(t.Result)))
	}
}

func (d *document) functions(functions []Function) {
	for _, f := range functions {
		var words []string
		for _, word := range []api.Text{f.Name, f.ID} {
			if word != "" {
				words = append(words, codeSpan(d.secrets.hide(word.Line())))
			}
		}
		d.block("**Function** " + strings.Join(words, " · "))
	}
}

// paragraph begins with a bold word, so that no text can begin a list or a
// heading.
func (d *document) paragraph(word, text string) {
	text = api.Text(d.secrets.hide(text)).Line()
	if text != "" {
		text = " · " + text
	}
	d.block("**" + word + "**" + text)
}

// fence writes text as it is, between fences that are longer than any inside.
func (d *document) fence(info, text string) {
	marks := strings.Repeat("`", max(3, longest(text, '`')+1))
	d.block(marks + info + "\n" + strings.TrimSuffix(text, "\n") + "\n" + marks)
}

// codeSpan is text as code within a line.
func codeSpan(text string) string {
	marks := strings.Repeat("`", longest(text, '`')+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return marks + text + marks
}

// longest is the length of the longest run of a character in text.
func longest(text string, c byte) int {
	most, run := 0, 0
	for i := range len(text) {
		if text[i] == c {
			run++
			most = max(most, run)
		} else {
			run = 0
		}
	}
	return most
}

// took is a duration as it stands in a document: 0.4s, 12s, 2m5s.
func took(d time.Duration) string {
	unit := 100 * time.Millisecond
	if d >= 10*time.Second {
		unit = time.Second
	}
	return d.Round(unit).String()
}
