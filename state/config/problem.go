package config

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"notturno/api"
)

// Problem is what is wrong with a file. Error can be shown as it is.
type Problem struct {
	File string
	Line int    // from 1; 0 where no line is to blame
	Key  string // as in "after_agent"; empty where no key is to blame
	What string // what is wrong, and what is allowed
	Err  error  // the cause, if there is one beyond What
}

// Error is the file, the line and the key, then what is wrong with them.
func (p *Problem) Error() string {
	text := p.File
	if p.Line > 0 {
		text = fmt.Sprintf("%s:%d", text, p.Line)
	}
	if p.Key != "" {
		text += ": " + clip(p.Key)
	}
	return api.Clean(text + ": " + p.What).Line()
}

// Unwrap is the cause.
func (p *Problem) Unwrap() error { return p.Err }

// syntaxProblem is why a file is not TOML.
func syntaxProblem(path string, err error) *Problem {
	p := &Problem{File: path, Err: err}
	if where, ok := errors.AsType[*toml.DecodeError](err); ok {
		p.Line, _ = where.Position()
	}
	p.What = clip(strings.TrimPrefix(err.Error(), "toml: ")) + "; a line is written like after_agent = \"stop\""
	return p
}

// reason is an error of the file system without the path, which comes first.
func reason(err error) string {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err.Error()
	}
	return err.Error()
}

// clip is the start of a text.
func clip(text string) string {
	const longest = 80
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}
