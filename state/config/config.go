package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"notturno/state/options"
)

// Config are the settings of a person.
type Config struct {
	// AfterAgent is what becomes of a new session when its agent has ended:
	// options.StopAfter or options.KeepAfter.
	AfterAgent string
}

// Default is Config without any settings.
func Default() Config { return Config{AfterAgent: options.StopAfter} }

// Options are the options of an agent that the settings decide where nothing
// else was chosen.
func (c Config) Options() options.Values {
	return options.Values{options.AfterAgent: c.AfterAgent}
}

// maxConfig is the longest file of settings, in bytes.
const maxConfig = 64 << 10

// Load reads a file of settings. What is wrong in it is left at its default,
// and the errors, each a [*Problem], say why. A file that does not exist has
// nothing wrong.
func Load(path string) (Config, []error) {
	c := Default()
	data, err := readFile(path, maxConfig)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, nil
	case err != nil:
		return c, []error{&Problem{File: path, What: "failed to read it: " + reason(err), Err: err}}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var document map[string]any
	if err := toml.Unmarshal(data, &document); err != nil {
		return c, []error{syntaxProblem(path, err)}
	}
	var problems []error
	for _, s := range settings(data) {
		if what := c.set(s); what != "" {
			problems = append(problems, &Problem{File: path, Line: s.line, Key: s.key, What: what})
		}
	}
	return c, problems
}

// set takes a setting over, or says what is wrong with it.
func (c *Config) set(s setting) (wrong string) {
	allowed := []string{options.StopAfter, options.KeepAfter}
	switch {
	case s.key != "after_agent":
		return "no such key; there is after_agent"
	case s.kind != unstable.String || !slices.Contains(allowed, s.value):
		return fmt.Sprintf("it cannot be %s; write %q or %q", clip(s.raw), allowed[0], allowed[1])
	}
	c.AfterAgent = s.value
	return ""
}

// setting is a key with its value, as a file has it.
type setting struct {
	key   string // with the names of its tables
	kind  unstable.Kind
	value string // of a string
	raw   string // as it is written
	line  int    // from 1
}

// settings are those of a document that is known to be right. A table counts
// as a setting when it has no keys, so that it is not passed over.
func settings(data []byte) []setting {
	var p unstable.Parser
	p.Reset(data)
	var all []setting
	var table []string
	for p.NextExpression() {
		e := p.Expression()
		path, line := keyPath(&p, e)
		if e.Kind != unstable.KeyValue {
			table = path
			all = append(all, setting{key: strings.Join(path, "."), kind: e.Kind, raw: "a table", line: line})
			continue
		}
		if len(table) > 0 {
			continue // the table is told already
		}
		value := e.Value()
		all = append(all, setting{
			key: strings.Join(path, "."), kind: value.Kind, value: string(value.Data), raw: written(&p, value), line: line,
		})
	}
	return all
}

// keyPath is the key of an expression, and its line.
func keyPath(p *unstable.Parser, e *unstable.Node) (path []string, line int) {
	for keys := e.Key(); keys.Next(); {
		node := keys.Node()
		if line == 0 {
			line = p.Shape(node.Raw).Start.Line
		}
		path = append(path, string(node.Data))
	}
	return path, line
}

// written is a value as the file has it; of what has parts, what it is.
func written(p *unstable.Parser, value *unstable.Node) string {
	switch value.Kind {
	case unstable.Array:
		return "a list"
	case unstable.InlineTable:
		return "a table"
	default:
		if raw := p.Raw(value.Raw); len(raw) > 0 {
			return string(raw)
		}
		return string(value.Data)
	}
}

// readFile is the text of a regular file: for a pipe one could wait for ever.
func readFile(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a regular file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		err = errTooLong
	}
	return data, err
}

var errTooLong = errors.New("it is too long")
