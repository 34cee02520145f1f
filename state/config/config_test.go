package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state/config"
	"notturno/state/options"
)

// writeFile is the path of a new file with the text.
func writeFile(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoad(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                 options.StopAfter,
		"# nothing\n":                      options.StopAfter,
		`after_agent = "stop"`:             options.StopAfter,
		`after_agent = "keep"`:             options.KeepAfter,
		"\ufeff\r\n'after_agent'='keep'\n": options.KeepAfter,
		`after_agent = """keep"""`:         options.KeepAfter,
	} {
		got, problems := config.Load(writeFile(t, text))
		if got.AfterAgent != want || len(problems) > 0 {
			t.Errorf("%q is %+v, %v", text, got, problems)
		}
		if values := got.Options(); values[options.AfterAgent] != want {
			t.Errorf("%q are the options %v", text, values)
		}
	}
	got, problems := config.Load(filepath.Join(t.TempDir(), "none", "config.toml"))
	if got != config.Default() || len(problems) > 0 {
		t.Errorf("without a file it is %+v, %v", got, problems)
	}
}

// What is wrong is said with its place and with what is allowed; the rest
// counts.
func TestLoadProblems(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		after string
		says  []string
	}{
		{"\nafter_agent = 'burn'", options.StopAfter, []string{`:2: after_agent: it cannot be 'burn'; write "stop" or "keep"`}},
		{"after_agent = true", options.StopAfter, []string{`:1: after_agent: it cannot be true; write "stop" or "keep"`}},
		{"after_agent = 1e3", options.StopAfter, []string{`:1: after_agent: it cannot be 1e3;`}},
		{"after_agent = ['keep']", options.StopAfter, []string{`:1: after_agent: it cannot be a list;`}},
		{"after_agent = {a = 1}", options.StopAfter, []string{`:1: after_agent: it cannot be a table;`}},
		{"after_agent = 1979-05-27", options.StopAfter, []string{`:1: after_agent: it cannot be 1979-05-27;`}},
		{"[after_agent]\nx = 1", options.StopAfter, []string{`:1: after_agent: it cannot be a table;`}},
		{"after_agent.x = 1", options.StopAfter, []string{`:1: after_agent.x: no such key; there is after_agent`}},
		{"after = 1\n\nafter_agent = 'keep'\n[keys]\nquit = 'q'\n[[a.b]]", options.KeepAfter,
			[]string{":1: after: no such key", ":4: keys: no such key", ":6: a.b: no such key"}},
		{"after_agent = 'keep'\nafter_agent = 'stop'", options.StopAfter, []string{":2: "}},
		{"x\n", options.StopAfter, []string{`:1: `}},
		{"after_agent = keep", options.StopAfter, []string{`; a line is written like after_agent = "stop"`}},
		{"\"\x7f\u202e\n\" = 1", options.StopAfter, []string{":1: "}},
		{"\"\\u001b[31m" + strings.Repeat("x", 500) + "\" = 1", options.StopAfter, []string{":1: ␛[31mxxx"}},
		{strings.Repeat("#", 64<<10+1), options.StopAfter, []string{"failed to read it: it is too long"}},
	} {
		path := writeFile(t, test.text)
		got, problems := config.Load(path)
		if got.AfterAgent != test.after || len(problems) != len(test.says) {
			t.Errorf("%.60q is %+v, %v", test.text, got, problems)
			continue
		}
		for i, problem := range problems {
			text := problem.Error()
			if !strings.HasPrefix(text, path+":") || !strings.Contains(text, test.says[i]) || len(text) > len(path)+300 || string(api.Clean(text)) != text || strings.Contains(text, "\n") {
				t.Errorf("%.60q: the problem is %q, want %q", test.text, text, test.says[i])
			}
		}
	}
}

func TestLoadFromOddPlaces(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	got, problems := config.Load(dir)
	if got != config.Default() || len(problems) != 1 || problems[0].Error() != dir+": failed to read it: it is not a regular file" {
		t.Errorf("a directory is %+v, %v", got, problems)
	}
	_, problems = config.Load(filepath.Join(writeFile(t, ""), "config.toml"))
	if len(problems) != 1 || errors.Is(problems[0], fs.ErrNotExist) {
		t.Errorf("below a file: %v", problems)
	}
	if problem, ok := errors.AsType[*config.Problem](problems[0]); !ok || problem.Err == nil {
		t.Errorf("the problem is %#v", problems[0])
	}
}

// Any text gives settings that are allowed, and clean problems.
func FuzzLoad(f *testing.F) {
	f.Add(`after_agent = "keep"`)
	f.Add("a.b.'c' = [1, {x = 2}]\n[t]\n[[u]]\nv=1")
	f.Add("after_agent = \"\\u202e\"")
	f.Fuzz(func(t *testing.T, text string) {
		got, problems := config.Load(writeFile(t, text))
		if got.AfterAgent != options.StopAfter && got.AfterAgent != options.KeepAfter {
			t.Errorf("the settings are %+v", got)
		}
		for _, problem := range problems {
			if said := problem.Error(); string(api.Clean(said)) != said || strings.Contains(said, "\n") {
				t.Errorf("the problem is %q", said)
			}
		}
	})
}
