package local

import "slices"

// onlyText is the text of a result that is a text and nothing else.
func onlyText(result map[string]any) (any, bool) {
	text, ok := result["text"].(string)
	return text, ok && len(result) == 1
}

// listIn is the list of a result: its items, the rows of its table with the
// columns' names, or the only list that it has.
func listIn(result map[string]any) []any {
	if items, ok := result["items"].([]any); ok {
		return items
	}
	columns, ok := result["columns"].([]any)
	if rows, isTable := result["rows"].([]any); ok && isTable {
		return namedRows(columns, rows)
	}
	var list []any
	n := 0
	for _, value := range result {
		if found, ok := value.([]any); ok {
			list = found
			n++
		}
	}
	if n != 1 {
		return nil
	}
	return list
}

// namedRows are the rows of a table as objects.
func namedRows(columns, rows []any) []any {
	out := make([]any, len(rows))
	for i, row := range rows {
		cells, ok := row.([]any)
		if !ok {
			out[i] = row
			continue
		}
		object := map[string]any{}
		for j, cell := range cells[:min(len(cells), len(columns))] {
			if name, ok := columns[j].(string); ok {
				object[name] = cell
			}
		}
		out[i] = object
	}
	return out
}

// named is the member of that name, or else the one with another name for the
// same thing.
func named(name string, result map[string]any) (any, bool) {
	if value, ok := result[name]; ok {
		return value, true
	}
	want := canonical(name)
	keys := make([]string, 0, len(result))
	for key := range result {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if canonical(key) == want {
			return result[key], true
		}
	}
	return nil, false
}
