package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	agentoptions "notturno/state/options"
)

// The README's examples of agents work as they stand there.
func TestReadmeAgents(t *testing.T) {
	t.Parallel()
	_, section, _ := strings.Cut(readme(t), "## Run a task without the screen\n")
	section, _, _ = strings.Cut(section, "\n## ")
	schema := regexp.MustCompile("(?s)```json\n(.*?)```").FindStringSubmatch(section)
	examples := regexp.MustCompile(`(?m)^go run \. (run --agent .*) '(.*)'$`).FindAllStringSubmatch(section, -1)
	if schema == nil || len(examples) != 2 {
		t.Fatalf("the section has the schema %q and the examples %q", schema, examples)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "posts.json"), []byte(schema[1]), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, example := range examples {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		cmd := command(ctx, t, nil, append(strings.Fields(example[1]), example[2])...)
		var out, progress bytes.Buffer
		cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &progress
		if code := exitCodeOf(t, cmd.Run()); code != 0 || !containsAll(out.String(), newsTitles(t)[:3]...) {
			t.Errorf("%s: exit code %d, standard output %q, standard error:\n%s", example[0], code, out.String(), progress.String())
		}
	}
}

// agentFlagTable is the README's section on the flags of run --agent, from the
// table of options.
func agentFlagTable() string {
	var b strings.Builder
	group := agentoptions.Group("")
	for _, field := range agentoptions.Fields() {
		if field.Group != group {
			group = field.Group
			fmt.Fprintf(&b, "\n| %s | |\n|---|---|\n", group)
		}
		name, help := "`--"+field.Flag+"`", field.Help
		switch field.Kind {
		case agentoptions.Suggest:
			help += " (`" + field.Choices[0] + "`, …)"
		case agentoptions.Choice:
			help += " (`" + strings.Join(field.Choices, "`, `") + "`)"
		case agentoptions.Document:
			help += ", or the name of a file with it"
		default:
		}
		if field.Name == agentoptions.Vision {
			name, help = name+", `--no-vision`", help+", or do not"
		}
		fmt.Fprintf(&b, "| %s | %s |\n", name, help)
	}
	return b.String() + "\n"
}

func TestReadmeAgentFlags(t *testing.T) {
	t.Parallel()
	_, rest, _ := strings.Cut(readme(t), "<!-- agent flags -->\n")
	got, _, found := strings.Cut(rest, "<!-- /agent flags -->")
	if want := agentFlagTable(); !found || got != want {
		t.Errorf("the README's flags of agents are not those of the options; they should be:\n%s", want)
	}
}
