package markdown

// records draws a table that has no room for columns: a group of rows for each
// record, each with a header and the value. begins says that the first record
// is the first of the table; the others stand below a blank row.
func (r *renderer) records(rows [][][]cell, width int, begins bool) []line {
	header := rows[0]
	var out []line
	for _, record := range rows[1:] {
		if !begins {
			out = append(out, line{})
		}
		begins = false
		out = append(out, r.record(header, record, width)...)
	}
	if len(rows) == 1 {
		return r.record(make([][]cell, len(header)), header, width)
	}
	return out
}

// record draws one record. A value that is not there is left out.
func (r *renderer) record(header, values [][]cell, width int) []line {
	var out []line
	for k, value := range values {
		if len(value) == 0 || k >= len(header) {
			continue
		}
		var row []cell
		if len(header[k]) > 0 {
			row = append(append(row, header[k]...), appendText(nil, ": ", r.style.TableHeader.pen())...)
		}
		row = append(row, value...)
		out = append(out, r.hanging(row, width)...)
	}
	if out == nil {
		return []line{{}}
	}
	return out
}

// hanging wraps row, with the rows after the first indented.
func (r *renderer) hanging(row []cell, width int) []line {
	indent, inner := r.indentation(width)
	spans := wrap(row, width)
	if len(spans) == 1 || indent == "" {
		return lines(row, spans)
	}
	first := lines(row, spans[:1])
	rest := row[spans[1].from:]
	hang := line{indent, len(indent)}
	return append(first, prefixed(lines(rest, wrap(rest, inner)), hang, hang)...)
}
