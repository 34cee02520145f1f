package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"notturno/ui/part"
)

// keyTable is the README's section on keys, from the key table.
func keyTable() string {
	var b strings.Builder
	context := part.Context("")
	for _, row := range part.Bindings() {
		if row.Context != context {
			context = row.Context
			fmt.Fprintf(&b, "\n| %s | |\n|---|---|\n", context)
		}
		keys := row.Keys
		if row.Action == part.GoRun {
			keys = []string{"alt+1` … `alt+9"}
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", strings.Join(keys, "` `"), row.Help)
	}
	return b.String() + "\n"
}

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestReadmeKeys(t *testing.T) {
	t.Parallel()
	_, rest, _ := strings.Cut(readme(t), "<!-- keys -->\n")
	got, _, found := strings.Cut(rest, "<!-- /keys -->")
	if want := keyTable(); !found || got != want {
		t.Errorf("the README's keys are not those of the key table; they should be:\n%s", want)
	}
}

func TestReadmeFlagsAndVariables(t *testing.T) {
	t.Parallel()
	text := readme(t)
	root := newRoot(environment{})
	known := map[string]bool{}
	for _, command := range append(root.Commands(), root) {
		command.Flags().VisitAll(func(f *pflag.Flag) { known[f.Name] = true })
		command.PersistentFlags().VisitAll(func(f *pflag.Flag) { known[f.Name] = true })
	}
	for _, flag := range regexp.MustCompile("`--([a-z-]+)`").FindAllStringSubmatch(text, -1) {
		if !known[flag[1]] {
			t.Errorf("the README names the flag --%s, which does not exist", flag[1])
		}
	}
	for name := range known {
		if name != "help" && !strings.Contains(text, "`--"+name+"`") {
			t.Errorf("the README does not name the flag --%s", name)
		}
	}
	for _, variable := range []string{envKey, envAnythingURL, envAPIURL} {
		if !strings.Contains(text, "| `"+variable+"` |") {
			t.Errorf("the README does not name the variable %s", variable)
		}
	}
}

func TestReadmePaths(t *testing.T) {
	t.Parallel()
	for _, link := range regexp.MustCompile(`\]\(([^):]+)\)`).FindAllStringSubmatch(readme(t), -1) {
		if _, err := os.Stat(filepath.FromSlash(link[1])); err != nil {
			t.Errorf("the README points to %s: %v", link[1], err)
		}
	}
}
