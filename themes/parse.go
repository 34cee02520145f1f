package themes

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// ext is how the name of a theme file ends.
const ext = ".toml"

// maxValues is how many values a file may have. A theme has 15; what is wrong
// with each of thousands nobody would read, and finding their lines takes long.
const maxValues = 50

// parse reads the text of a theme file. Without problems the draft is whole.
func parse(file string, data []byte) (*draft, []*FileError) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var root map[string]any
	if err := toml.Unmarshal(data, &root); err != nil {
		return nil, []*FileError{syntaxError(file, err)}
	}
	if within(root) > maxValues {
		return nil, []*FileError{{File: file, What: fmt.Sprintf("it has more than %d values; a theme needs a few lines", maxValues)}}
	}
	d := &draft{file: file, data: data}
	problems := d.read(root)
	if len(problems) > 0 {
		slices.SortStableFunc(problems, func(a, b *FileError) int { return a.Line - b.Line })
		return nil, problems
	}
	return d, nil
}

// within is how many values there are in a table or a list, at any depth.
func within(value any) int {
	n := 0
	switch value := value.(type) {
	case map[string]any:
		for _, v := range value {
			n += 1 + within(v)
		}
	case []any:
		for _, v := range value {
			n += 1 + within(v)
		}
	}
	return n
}

// read takes over a document.
func (d *draft) read(root map[string]any) (problems []*FileError) {
	bad := func(key, what string) { problems = append(problems, d.problem(key, what)) }
	d.readName(root, bad)
	d.readDark(root, bad)
	for _, key := range slices.Sorted(maps.Keys(root)) {
		switch key {
		case "name", "dark":
		case "extends":
			d.readExtends(root[key], bad)
		case "code_theme":
			d.readStyle(root[key], bad)
		case "colors":
			d.readColors(root[key], bad)
		default:
			bad(bare(key), "no such key; the keys are name, extends, dark, code_theme and [colors]")
		}
	}
	return problems
}

// syntaxError is why a file is not TOML.
func syntaxError(file string, err error) *FileError {
	e := &FileError{File: file, Err: err}
	var where *toml.DecodeError
	if errors.As(err, &where) {
		e.Line, _ = where.Position()
	}
	why := strings.TrimPrefix(err.Error(), "toml: ")
	if unshowable(why) { // keys of the file are in it as they are
		why = strconv.QuoteToASCII(why)
	}
	e.What = cut(why, 2*maxQuote) + "; a line is written like accent = \"#9db4ff\""
	return e
}
