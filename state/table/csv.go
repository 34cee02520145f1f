package table

import (
	"encoding/json"
	"strings"
)

// CSV is the table as comma-separated values: a header, and a line for each
// row, quoted as RFC 4180 says. What is nested is compact JSON; null and what
// is absent are empty.
//
// Spreadsheets run a cell that begins with =, +, -, @, a tab or a carriage
// return as a formula, and the answer comes from strangers: such a cell gets an
// apostrophe at its start, by which spreadsheets take it for text. Numbers
// stay as they are.
func (t Table) CSV() string {
	var b strings.Builder
	cells := make([]string, len(t.Columns))
	for k, name := range t.Columns {
		cells[k] = defused(name)
	}
	writeLine(&b, cells)
	for i := range t.rows {
		for k, value := range t.Row(i) {
			cells[k] = value.cell()
		}
		writeLine(&b, cells)
	}
	return b.String()
}

// cell is the text of a value in CSV.
func (v Value) cell() string {
	switch v.Kind() {
	case Absent, Null:
		return ""
	case String:
		return defused(v.Text())
	default: // begins with a bracket or is a number or a word of JSON
		return v.Text()
	}
}

// defused is a text that no spreadsheet takes for a formula.
func defused(text string) string {
	if text == "" || !strings.Contains("=+-@\t\r", text[:1]) {
		return text
	}
	if text[0] == '-' && json.Valid([]byte(text)) { // a number
		return text
	}
	return "'" + text
}

func writeLine(b *strings.Builder, cells []string) {
	for k, cell := range cells {
		if k > 0 {
			b.WriteByte(',')
		}
		// Readers drop empty lines, and some the space around a cell.
		alone := cell == "" && len(cells) == 1
		if alone || strings.ContainsAny(cell, ",\"\r\n") || strings.Trim(cell, space) != cell {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		b.WriteString(cell)
	}
	b.WriteByte('\n')
}
