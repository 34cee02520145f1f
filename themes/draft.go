package themes

import (
	"bytes"
	"errors"
	"image/color"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// draft is a theme as its file has it, before the theme that it extends fills
// in the rest.
type draft struct {
	file string
	data []byte

	name      string // from the file, or the file's own
	extends   string
	dark      *bool   // nil: left out
	codeTheme *string // nil: left out
	colors    map[string]color.Color

	lines map[string]int // where the keys stand, once somebody asked
}

// over is the theme that d makes of the one that it extends.
func (d *draft) over(base *Theme) *Theme {
	t := *base
	t.Name, t.Extends = d.name, d.extends
	if d.dark != nil && *d.dark != t.Dark {
		t.Dark, t.CodeTheme = *d.dark, "" // what suited the other background
	}
	if d.codeTheme != nil {
		t.CodeTheme = *d.codeTheme
	}
	for _, s := range t.slots() {
		if c, ok := d.colors[s.key]; ok {
			*s.color = c
		}
	}
	return &t
}

// problem is what is wrong with a key of d, with its line.
func (d *draft) problem(key, what string) *FileError {
	if d.lines == nil {
		d.lines = keyLines(d.data)
	}
	line, ok := d.lines[key]
	if parent, _, nested := strings.Cut(key, "."); !ok && nested {
		line = d.lines[parent]
	}
	return &FileError{File: d.file, Line: line, Key: key, What: what}
}

// keyLines are the lines of the keys of a document. A strict decoder tells them:
// for a target that has no fields every key is a stranger with a place.
func keyLines(data []byte) map[string]int {
	lines := map[string]int{}
	for _, target := range []any{&struct{}{}, &struct{ Colors struct{} }{}} {
		var strangers *toml.StrictMissingError
		err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(target)
		if !errors.As(err, &strangers) {
			continue
		}
		for i := range strangers.Errors {
			stranger := &strangers.Errors[i]
			line, _ := stranger.Position()
			addLine(lines, stranger.Key(), line)
		}
	}
	return lines
}

// addLine notes the line of a key, and of the tables around it where this is
// their first key.
func addLine(lines map[string]int, key toml.Key, line int) {
	var path string
	for i, part := range key {
		if i > 0 {
			path += "."
		}
		path += bare(part)
		if _, ok := lines[path]; !ok {
			lines[path] = line
		}
	}
}
