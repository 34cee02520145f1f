package form_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"notturno/state/options"
	"notturno/themes"
	"notturno/ui/form"
)

// files are paths of files with JSON, by what they hold.
func files(t *testing.T) map[string]string {
	t.Helper()
	paths := map[string]string{}
	for name, text := range map[string]string{"list": `["a","b"]`, "object": `{"a":"b"}`, "string": `"wss://a.example"`, "proxies": `[{"type":"notte","country":"it"}]`} {
		paths[name] = filepath.Join(t.TempDir(), name+".json")
		if err := os.WriteFile(paths[name], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return paths
}

// examples are values that a field may have.
func examples(field options.Field, paths map[string]string) []string {
	switch field.Name {
	case "session.proxies":
		return []string{options.On, options.Off, paths["proxies"]}
	case "session.cdp_url":
		return []string{paths["string"]}
	case "session.extra_http_headers":
		return []string{paths["object"]}
	case "session.chrome_args", "session.auth_ids":
		return []string{`["a"]`, "[\n  \"a\",\n  \"b\"\n]", paths["list"]}
	case "session.viewport":
		return []string{"1280x800"}
	}
	switch field.Kind {
	case options.Switch:
		return []string{options.On, options.Off}
	case options.Choice, options.Suggest:
		return field.Choices
	case options.Number:
		return []string{"1", "20", "150"}
	case options.Minutes:
		return []string{"1", "15m", "30m"}
	case options.Document:
		return []string{"{}", `{"type": "object"}`, "{\n\t\"type\":\"object\"\n}", `{"title":"e` + "\u00ad" + `x"}`, `{"title":"` + "\ufffd" + `"}`, paths["object"]}
	default:
		return []string{"x", "https://example.com/a b?c=日本", "an-id", "👍🏽 e\u0301"}
	}
}

// validValues are values of any fields that an order can be made of.
func validValues(r *rand.Rand, paths map[string]string) options.Values {
	values := options.Values{}
	for _, field := range options.Fields() {
		if some := examples(field, paths); r.IntN(3) > 0 {
			values[field.Name] = some[r.IntN(len(some))]
		}
	}
	if r.IntN(2) == 0 {
		delete(values, options.SessionID)
	}
	for {
		_, err := values.Order("task")
		if err == nil {
			return values
		}
		for name := range options.Errors(err) { // what does not go with the others
			delete(values, name)
		}
	}
}

func TestValuesComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	paths := files(t)
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 2))
		values := validValues(r, paths)
		f := form.New(themes.Notte(), form.Config{Values: values, Presets: presets()})
		f.Resize(80, 24)
		for range r.IntN(40) { // to be looked at changes nothing
			keys(f, []string{"<tab>", "<shift+tab>", "<pgdown>"}[r.IntN(3)])
			f.Rows()
		}
		wantValues(t, taken(t, f), values)
	}
}

func TestEveryExampleIsValid(t *testing.T) {
	t.Parallel()
	paths := files(t)
	for _, field := range options.Fields() {
		for _, value := range examples(field, paths) {
			t.Run(fmt.Sprintf("%s=%s", field.Name, value), func(t *testing.T) {
				t.Parallel()
				values := options.Values{field.Name: value}
				if field.Name == "session.profile_persist" {
					values["session.profile"] = "p"
				}
				if err := values.Check(field.Name); err != nil {
					t.Error(err)
				}
			})
		}
	}
}
