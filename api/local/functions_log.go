package local

import (
	"strings"

	"notturno/api/local/agent"
)

// logLines are what the log of a function's run says about a step. The answer
// is not among it: that is the run's result.
func logLines(step agent.Step) []string {
	switch step := step.(type) {
	case agent.Thought:
		return textLines(step.Text)
	case agent.Call:
		return []string{strings.TrimSpace(step.Tool + " " + compactJSON(step.Input))}
	case agent.Result:
		said := step.Tool + ": "
		if step.Failed {
			said = step.Tool + " failed: "
		}
		if lines := textLines(step.Content); len(lines) > 0 {
			return []string{said + lines[0]}
		}
		return []string{said + "nothing"}
	default:
		return nil
	}
}

// textLines are the lines of text that are not blank.
func textLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// cutLine bounds a line of a log, and says so in it.
func cutLine(line string) string {
	if len(line) <= maxLogLine {
		return line
	}
	return strings.ToValidUTF8(line[:maxLogLine], "") + "…"
}
