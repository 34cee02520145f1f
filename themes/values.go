package themes

import (
	"image/color"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2/styles"
)

// How each kind of value is written.
const (
	asText  = `write it in quotes, as in extends = "notte"`
	asDark  = "write dark = true for a dark background, dark = false for a light one"
	asColor = `write "#rrggbb", a number from "0" to "255", or "" for the terminal's own`
	asTable = "write [colors] on a line of its own, and the colours below it"
	asStyle = `name one that it has, such as "github-dark", "github" or "bw", or leave the line out`
)

// report takes the key that is wrong, and what is wrong with it.
type report func(key, what string)

// kind is what TOML calls a value, with its article.
func kind(value any) string {
	switch value.(type) {
	case string:
		return "a text"
	case int64, float64:
		return "a number"
	case bool:
		return "true or false"
	case []any:
		return "a list"
	case map[string]any:
		return "a table"
	default:
		return "a date or a time"
	}
}

// text is a value that has to be a text.
func text(key string, value any, bad report) string {
	s, ok := value.(string)
	if !ok {
		bad(key, "it is "+kind(value)+"; "+asText)
	}
	return s
}

// readName takes over the name, or the file's own where there is none.
func (d *draft) readName(root map[string]any, bad report) {
	given, ok := root["name"]
	if !ok {
		d.name = strings.TrimSuffix(filepath.Base(d.file), ext)
		if why := badName(d.name); why != "" {
			bad("name", "the file's own name "+why+"; write another as name = \"…\"")
		}
		return
	}
	if d.name = text("name", given, bad); d.name == "" && given != "" {
		return // of another kind, and told
	}
	if why := badName(d.name); why != "" {
		bad("name", quote(d.name)+" "+why+"; write another, or leave the line out for the file's own")
	}
}

// readExtends takes over the name of the theme that d changes.
func (d *draft) readExtends(value any, bad report) {
	if d.extends = text("extends", value, bad); value == "" {
		bad("extends", "it is empty; name the theme to change, or leave the line out")
	}
}

// readDark takes over what background d is for. Only the theme that it extends
// can stand in for it.
func (d *draft) readDark(root map[string]any, bad report) {
	value, ok := root["dark"]
	if !ok {
		if _, extends := root["extends"]; !extends {
			bad("dark", "it is missing; "+asDark)
		}
		return
	}
	dark, ok := value.(bool)
	if !ok {
		bad("dark", "it is "+kind(value)+"; "+asDark)
	}
	d.dark = &dark
}

// readStyle takes over the name of a chroma style; empty chooses one.
func (d *draft) readStyle(value any, bad report) {
	name := text("code_theme", value, bad)
	if _, ok := styles.Registry[name]; !ok && name != "" {
		bad("code_theme", quote(name)+" is no style of chroma; "+asStyle)
	}
	d.codeTheme = &name
}

// readColors takes over [colors].
func (d *draft) readColors(value any, bad report) {
	colors, ok := value.(map[string]any)
	if !ok {
		bad("colors", "it is "+kind(value)+"; "+asTable)
		return
	}
	d.colors = map[string]color.Color{}
	known := colorKeys()
	for _, key := range slices.Sorted(maps.Keys(colors)) {
		path := "colors." + bare(key)
		spelling, ok := colors[key].(string)
		switch {
		case !slices.Contains(known, key):
			bad(path, "no such colour; the colours are "+strings.Join(known, ", "))
			continue
		case !ok:
			bad(path, "it is "+kind(colors[key])+"; "+asColor)
			continue
		}
		c, ok := parseColor(spelling)
		if !ok {
			bad(path, quote(spelling)+" is no colour; "+asColor)
		}
		d.colors[key] = c
	}
}

// colorKeys are the keys of [colors].
func colorKeys() []string {
	var keys []string
	for _, s := range new(Theme).slots() {
		keys = append(keys, s.key)
	}
	return keys
}
