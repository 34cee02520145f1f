package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"notturno/state"
	"notturno/state/table"
	"notturno/ui/dialog"
	"notturno/ui/markdown"
	"notturno/ui/part"
)

// openPalette offers every command, and every run.
func (a *App) openPalette() {
	items := dialog.Commands(part.Bindings())
	for i, t := range a.runs.tabs {
		items = append(items, dialog.Item{
			Label: fmt.Sprintf("Run %d: %s", i+1, part.Line(head(t.run.Task), maxTitle)), Note: t.run.Phase.String(),
			Detail: runKey(i), Intent: part.GoTo{Run: t.run.ID},
		})
	}
	a.open(dialog.NewPicker(a.theme, "Commands", items))
}

// runKey is the key that goes to a run, if it has one.
func runKey(i int) string {
	if i >= 9 {
		return ""
	}
	return fmt.Sprintf("alt+%d", i+1)
}

// openCopyMenu offers what a run has to copy. What takes time to be made is
// made when it is chosen.
func (a *App) openCopyMenu(t *tab) {
	run := t.run
	var items []dialog.Item
	add := func(label, what, text string) {
		if text != "" {
			items = append(items, dialog.Item{Label: label, Note: size(text), Intent: part.Copy{What: what, Text: text}})
		}
	}
	answer := run.Answer()
	if table.Likely(answer) {
		items = append(items,
			dialog.Item{Label: "Answer as JSON", Intent: part.CopyAs{What: "answer", Text: answer, As: part.JSONText}},
			dialog.Item{Label: "Answer as CSV", Intent: part.CopyAs{What: "answer", Text: answer, As: part.CSVText}})
		add("Answer as it came", "answer", answer)
	} else if answer != "" {
		add("Answer as Markdown", "answer", answer)
		items = append(items, dialog.Item{Label: "Answer as plain text", Intent: part.CopyAs{What: "answer", Text: answer, As: part.PlainText}})
	}
	if tool := a.toolToCopy(t); tool != nil {
		add("Result of "+part.Line(toolName(tool), maxTitle), "tool result", string(tool.Result))
	}
	add("Viewer link", "viewer link", string(run.ViewerURL()))
	for _, f := range run.Functions {
		add("Function id", "function id", string(f.ID))
	}
	if agent := run.Agent; agent != nil {
		add("Session id", "session id", string(agent.SessionID))
		add("Agent id", "agent id", string(agent.ID))
	}
	add("Task", "task", run.Task)
	items = append(items, dialog.Item{Label: "Whole run as Markdown", Note: "without the viewer link", Intent: part.CopyRun{}})
	a.open(dialog.NewPicker(a.theme, "Copy", items))
}

// convertedMsg is a text that was turned into another format, to be copied.
type convertedMsg struct{ part.Copy }

// copyAs turns a text into another format, in a command, and copies it then.
func copyAs(c part.CopyAs) tea.Cmd {
	return func() tea.Msg {
		switch c.As {
		case part.PlainText:
			return convertedMsg{part.Copy{What: c.What, Text: markdown.Plain(c.Text)}}
		case part.JSONText:
			if text, ok := table.JSON(c.Text); ok {
				return convertedMsg{part.Copy{What: c.What, Text: text}}
			}
		case part.CSVText:
			if rows, ok := table.Of(c.Text); ok {
				return convertedMsg{part.Copy{What: c.What, Text: rows.CSV()}}
			}
		}
		return saidMsg{text: "the " + c.What + " has no rows to copy: take it as it came"}
	}
}

// toolToCopy is the call that is selected in the transcript, else the last one.
func (a *App) toolToCopy(t *tab) *state.Tool {
	if i, ok := t.transcript.Selected(); ok && t.run.Items[i].Tool != nil {
		return t.run.Items[i].Tool
	}
	return t.run.LastTool()
}

func toolName(tool *state.Tool) string {
	if tool.Name == "" {
		return "a call that is not known"
	}
	return string(tool.Name)
}

// size is how much would be copied.
func size(text string) string {
	if len(text) < 1<<10 {
		return part.Count(len(text), "byte")
	}
	return fmt.Sprintf("%d KB", len(text)>>10)
}
