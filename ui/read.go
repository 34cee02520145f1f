package ui

import (
	"strings"

	"notturno/state"
	"notturno/ui/part"
	"notturno/ui/reader"
	"notturno/ui/structure"
)

// read opens an item of a run on the whole screen, as it is now.
func (a *App) read(run *state.Run, item int) {
	if item < 0 || item >= len(run.Items) {
		return
	}
	a.open(reader.New(a.theme, document(run, run.Items[item])))
}

// document is what the reader shows of an item.
func document(run *state.Run, item *state.Item) reader.Document {
	markdown := func(what string) reader.Document {
		return reader.Document{Title: strings.ToUpper(what[:1]) + what[1:], What: what,
			Sections: []reader.Section{{Text: item.Text(), Format: reader.Markdown}}}
	}
	plain := func(what, text string) reader.Document {
		return reader.Document{Title: strings.ToUpper(what[:1]) + what[1:], What: what,
			Sections: []reader.Section{{Text: text, Format: reader.Plain}}}
	}
	switch item.Kind {
	case state.ReasoningItem:
		return markdown("reasoning")
	case state.AnswerItem:
		if s, ok := structure.Of(run); ok && item.Text() == run.Answer() {
			return reader.Document{Title: "Answer", What: "answer",
				Sections: []reader.Section{{Text: item.Text(), Format: reader.JSON, Answer: s}}}
		}
		return markdown("answer")
	case state.ToolItem:
		return toolDocument(item.Tool)
	case state.TaskItem:
		return plain("task", item.Text())
	case state.NoticeItem:
		return plain("notice", item.Text())
	case state.OutcomeItem:
	}
	return plain("outcome", strings.Join(append([]string{run.Headline(part.Clock(run.Elapsed(run.EndedAt)))}, run.OutcomeLines()...), "\n"))
}

// toolDocument is a call: what went in, and what came out.
func toolDocument(tool *state.Tool) reader.Document {
	var sections []reader.Section
	for _, s := range []reader.Section{{Heading: "Input", Text: string(tool.Input)}, {Heading: "Result", Text: string(tool.Result)}} {
		if s.Text != "" {
			s.Format = reader.FormatOf(s.Text)
			sections = append(sections, s)
		}
	}
	return reader.Document{
		Title: part.Line(toolName(tool), maxTitle) + " · " + tool.State.String(), What: "tool result", Sections: sections,
	}
}
