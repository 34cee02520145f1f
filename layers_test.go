package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// module is the path that begins the path of every package of ours.
const module = "notturno"

// layer says what of ours a package may import, and why no more.
type layer struct {
	may     []string // packages of ours
	never   []string // beginnings of packages of others that it must not even reach
	because string
}

// layers are all packages of the module. A new one has to find its place here.
func layers() map[string]layer {
	const (
		piece  = "the pieces of the screen know neither each other nor their parent: it joins them"
		screen = "charm.land/bubbletea" // Bubble Tea
		looks  = "charm.land/"          // Bubble Tea and all that draws
	)
	forPiece := layer{may: []string{"api", "state", "state/options", "state/table", "themes", "ui/part", "ui/find", "ui/markdown", "ui/structure"}, because: piece}
	return map[string]layer{
		"": {may: []string{"api", "api/schema", "api/local", "state", "state/config", "state/options", "themes", "ui", "ui/part", "ui/plain"},
			because: "the program only wires a backend to a way of running"},
		"api":                {may: []string{"api/jsonscan"}, never: []string{looks}, because: "the client knows the wire and not who shows what it says"},
		"api/jsonscan":       {never: []string{looks}, because: "it knows JSON and nothing else"},
		"api/local":          {may: []string{"api/schema", "api/local/agent", "api/local/site", "api/local/validate"}, never: []string{looks}, because: "it is a server of its own, whose only seam to the program is HTTP"},
		"api/schema":         {never: []string{looks}, because: "it checks any JSON, for the client and for the server"},
		"api/local/agent":    {never: []string{looks}, because: "the agent knows tasks and pages, and nothing of this program"},
		"api/local/site":     {never: []string{looks}, because: "the sample site is only a site"},
		"api/local/validate": {never: []string{looks}, because: "it checks requests and knows no API"},
		"state":              {may: []string{"api", "api/schema"}, never: []string{looks}, because: "a run is a fold of events that live, stored and headless runs share"},
		"state/feed":         {may: []string{"api", "api/schema", "state"}, never: []string{looks}, because: "runs with and without a screen are fed by it"},
		"state/options":      {may: []string{"api", "api/schema", "state"}, never: []string{looks}, because: "the form, the flags and the documentation come from one table"},
		"state/config":       {may: []string{"api", "state/options"}, never: []string{looks}, because: "what is kept on disk is the same with and without a screen"},
		"state/table":        {may: []string{"api", "api/jsonscan"}, never: []string{looks}, because: "it reads any JSON, and knows neither runs nor how it is shown"},
		"themes":             {never: []string{screen}, because: "colours know nothing of what is painted with them"},
		"ui/part":            {may: []string{"state", "themes"}, because: "it is the contract of all pieces, so it knows none"},
		"ui/part/parttest": {may: []string{"api", "state", "themes", "ui/part"},
			because: "it tests any piece by the contract alone"},
		"ui/markdown": {may: []string{"themes"}, never: []string{screen}, because: "it turns any Markdown into rows and knows no runs"},
		"ui/find":     {may: []string{"api", "themes", "ui/part"}, because: "it finds in any text and knows no runs"},
		"ui/structure": {may: []string{"api", "api/schema", "state", "state/table", "themes", "ui/part"},
			because: "it turns an answer that is JSON into rows, for whichever piece shows it"},
		"ui/agent":      forPiece,
		"ui/board":      forPiece,
		"ui/browse":     forPiece,
		"ui/dialog":     forPiece,
		"ui/form":       forPiece,
		"ui/home":       forPiece,
		"ui/links":      forPiece,
		"ui/prompt":     forPiece,
		"ui/reader":     forPiece,
		"ui/timeline":   forPiece,
		"ui/transcript": forPiece,
		"ui": {may: []string{"api", "state", "state/config", "state/feed", "state/options", "state/table", "themes", "ui/part", "ui/markdown",
			"ui/agent", "ui/board", "ui/browse", "ui/dialog", "ui/find", "ui/form", "ui/home", "ui/structure", "ui/links", "ui/prompt", "ui/reader", "ui/timeline", "ui/transcript"},
			because: "the screen does not care which backend answers, and is one of two ways of running"},
		"ui/plain": {may: []string{"api", "state", "state/feed"}, never: []string{looks},
			because: "a run without a screen needs nothing of the screen"},
	}
}

// goPackage is a package as the go command lists it.
type goPackage struct {
	path    string // within the module, empty for the program itself
	imports []string
	deps    []string // imports of imports, too
}

func goPackages(t *testing.T) []goPackage {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}}|{{join .Imports " "}}|{{join .Deps " "}}`, "./...")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("failed to list the packages: %v", err)
	}
	var packages []goPackage
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		path, _ := own(fields[0])
		packages = append(packages, goPackage{path, strings.Fields(fields[1]), strings.Fields(fields[2])})
	}
	return packages
}

// own is the path of one of our packages within the module.
func own(path string) (string, bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

// The house stands as it was drawn: who may import whom.
func TestLayers(t *testing.T) {
	t.Parallel()
	all := layers()
	packages := goPackages(t)
	if len(packages) < 15 {
		t.Fatalf("the go command lists only %d packages", len(packages))
	}
	for _, p := range packages {
		l, placed := all[p.path]
		if !placed {
			t.Errorf("%s has no place in the table of layers: say there what it may import", p.path)
			continue
		}
		for _, path := range p.imports {
			if ours, is := own(path); is && !slices.Contains(l.may, ours) {
				t.Errorf("%s must not import %s, because %s", name(p.path), ours, l.because)
			}
		}
		for _, path := range p.deps {
			if slices.ContainsFunc(l.never, func(start string) bool { return strings.HasPrefix(path, start) }) {
				t.Errorf("%s must not import %s, not even through another package, because %s", name(p.path), path, l.because)
			}
		}
	}
}

// The table itself keeps what it is for.
func TestLayersPointDown(t *testing.T) {
	t.Parallel()
	all := layers()
	for path, l := range all {
		for _, below := range l.may {
			if _, placed := all[below]; !placed {
				t.Errorf("the table lets %s import %s, which has no place in it", name(path), below)
			}
			if !strings.HasPrefix(path, "ui") && path != "" && strings.HasPrefix(below, "ui") {
				t.Errorf("the table lets %s import %s: api and state never import the screen", name(path), below)
			}
		}
	}
}

func name(path string) string {
	if path == "" {
		return "the program"
	}
	return path
}
