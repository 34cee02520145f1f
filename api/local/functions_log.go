package local

import (
	"regexp"
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

// What stands in addresses and must not be kept: values of parameters that
// are secrets by their names, and users with their passwords.
var (
	secretValue = regexp.MustCompile(`(?i)([?&;](?:[a-z_-]*(?:token|secret|password|signature)|jwt|sig|key|api_?key|auth)=)[^&;\s"'<>]+`)
	secretUser  = regexp.MustCompile(`(://)[^/@\s"'<>]+@`)
)

// redact takes the secrets out of the addresses in a line.
func redact(line string) string {
	return secretUser.ReplaceAllString(secretValue.ReplaceAllString(line, "${1}…"), "${1}…@")
}

// cutLine bounds a line of a log, and says so in it.
func cutLine(line string) string {
	line = redact(line)
	if len(line) <= maxLogLine {
		return line
	}
	return strings.ToValidUTF8(line[:maxLogLine], "") + "…"
}
