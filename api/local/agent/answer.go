package agent

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
)

// The forms of an answer beside Markdown, which is "".
const (
	formCSV   = "csv"
	formJSON  = "json"
	formTable = "table" // a list as a Markdown table
)

// finding is what a skill found, in all the forms that an answer may have.
type finding struct {
	value    any      // becomes the JSON object
	markdown []string // pieces in order
	grid     *grid    // for CSV and as a table; nil when it has no rows
}

// answer tells what was found in the form that the task asks for, and returns
// it as JSON.
func (r *run) answer(ctx context.Context, f *finding) (json.RawMessage, error) {
	encoded, err := encodeJSON(f.value)
	if err != nil {
		return nil, err
	}
	pieces := f.markdown
	switch {
	case r.plan.form == formJSON:
		pieces = []string{fence("json", encoded)}
	case r.plan.form == formCSV && f.grid != nil:
		text, err := f.grid.csv()
		if err != nil {
			return nil, err
		}
		pieces = []string{fence("csv", text)}
	case r.plan.form == formTable && f.grid != nil:
		pieces = f.grid.markdown()
	case r.plan.form != "":
		if err := r.think(ctx, "What was found has no rows, so it is told as Markdown and not as %s.", r.plan.form); err != nil {
			return nil, err
		}
	}
	for _, piece := range pieces {
		if err := r.say(ctx, Speech{piece}); err != nil {
			return nil, err
		}
	}
	return json.RawMessage(encoded), nil
}

// encodeJSON is a value as JSON on one line, with the page's own characters.
func encodeJSON(value any) (string, error) {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", fmt.Errorf("failed to encode the result: %w", err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

func (g *grid) csv() (string, error) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.Write(g.columns); err != nil {
		return "", fmt.Errorf("failed to write CSV: %w", err)
	}
	if err := w.WriteAll(g.rows); err != nil {
		return "", fmt.Errorf("failed to write CSV: %w", err)
	}
	return b.String(), nil
}

// markdown is the grid as a Markdown table, a row in each piece.
func (g *grid) markdown() []string {
	pieces := []string{markdownRow(g.columns) + strings.Repeat("| --- ", len(g.columns)) + "|\n"}
	for _, row := range g.rows {
		pieces = append(pieces, markdownRow(row))
	}
	return pieces
}

func markdownRow(cells []string) string {
	var b strings.Builder
	for _, cell := range cells {
		b.WriteString("| " + escapeMarkdown(cell) + " ")
	}
	return b.String() + "|\n"
}

// fence is text as Markdown: verbatim, between marks that the text does not
// hold.
func fence(language, text string) string {
	marks := "```"
	for strings.Contains(text, marks) {
		marks += "`"
	}
	return marks + language + "\n" + strings.TrimSpace(text) + "\n" + marks + "\n"
}
