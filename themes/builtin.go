package themes

import (
	"embed"
	"slices"
)

// files are the built-in themes, one file each, named after the theme.
//
//go:embed *.toml
var files embed.FS

// builtinNames are the names of the built-in themes in the order of Builtin.
func builtinNames() []string {
	return []string{"notte", "giorno", "terminal", "contrast", "mono"}
}

// Builtin are the built-in themes: the two that For chooses from, then the
// others.
func Builtin() []*Theme {
	var all []*Theme
	for _, name := range builtinNames() {
		all = append(all, builtin(name))
	}
	return all
}

// Notte is the theme for dark terminals.
func Notte() *Theme { return builtin("notte") }

// Giorno is the theme for light terminals.
func Giorno() *Theme { return builtin("giorno") }

// ByName is the theme with the name, whatever its case: a built-in one or one
// of own.
func ByName(name string, own ...*Theme) (theme *Theme, ok bool) {
	if isBuiltin(name) {
		return builtin(folded(name)), true
	}
	for _, theme := range own {
		if folded(theme.Name) == folded(name) {
			return theme, true
		}
	}
	return nil, false
}

// isBuiltin says whether a name is that of a built-in theme.
func isBuiltin(name string) bool { return slices.Contains(builtinNames(), folded(name)) }

// builtin reads a built-in theme. Its file is part of the program, so what is
// wrong with it is a mistake of ours that the tests find.
func builtin(name string) *Theme {
	data, err := files.ReadFile(name + ext)
	if err != nil {
		panic(err)
	}
	d, problems := parse(name+ext, data)
	if len(problems) > 0 {
		panic(problems[0])
	}
	return d.over(&Theme{})
}
