//go:build unix

package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// bothGenerations runs a story on each generation of the stream.
func bothGenerations(t *testing.T, story func(t *testing.T, stream string)) {
	t.Helper()
	t.Parallel()
	for _, stream := range []string{"v1", "v2"} {
		t.Run(stream, func(t *testing.T) {
			t.Parallel()
			story(t, stream)
		})
	}
}

var newsAddress = regexp.MustCompile(`127\.0\.0\.1:\d+/news`)

// A first task: the home screen proposes it, the agent's work shows as it
// happens, and what it leaves behind can be used.
func TestFirstTask(t *testing.T) {
	bothGenerations(t, func(t *testing.T, stream string) {
		titles := newsTitles(t)
		x := startTerminal(t, 120, 45, nil, "--stream", stream, "--pace", "10ms")
		home := x.waitFor("the home screen", func(s screen) bool { return s.has("notturno", "local") && newsAddress.MatchString(s.String()) })
		x.watch("Thinking", "Thought", "open_page", "extract", titles[0])
		x.submit("list the top 3 posts of " + newsAddress.FindString(home.String()))
		end := x.waitText("done", titles[0], titles[1], titles[2], "ctrl+n")
		// On a busy machine the first thought may be over before it shows.
		last := x.firstShown("Thinking")
		if over := x.firstShown("Thought"); over > 0 && (last == 0 || over < last) {
			last = over
		}
		for _, text := range []string{"open_page", "extract", titles[0]} {
			shown := x.firstShown(text)
			if last == 0 || last > shown {
				t.Errorf("%q first showed with chunk %d, and what comes before it with chunk %d", text, shown, last)
			}
			last = shown
		}
		if strings.Contains(end.String(), titles[3]) {
			t.Errorf("four titles show, three were asked for:\n%s", end)
		}
		if name := savedFunction(t, x.home); !end.has("Function", name) {
			t.Errorf("the function %q that the run left does not show:\n%s", name, end)
		}
		wantViewer(t, x)
		x.quit()
	})
}

// savedFunction is the name of the only function that the local backend keeps.
func savedFunction(t *testing.T, home string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(home, "data", "notturno", "functions", "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the function files are %q, %v; want one", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var function struct{ Name string }
	if err := json.Unmarshal(data, &function); err != nil || function.Name == "" {
		t.Fatalf("the function file holds %q: %v", data, err)
	}
	return function.Name
}

// wantViewer opens the viewer by its key and looks at what answers there.
func wantViewer(t *testing.T, x *terminal) {
	t.Helper()
	if shown, _ := x.now(); !shown.has("/view/") {
		t.Errorf("no viewer link shows:\n%s", shown)
	}
	x.send(ctrl('o'))
	opened := x.opened.wait(t)
	if len(opened.args) != 1 {
		t.Fatalf("the opener got %q, want one address", opened.args)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, opened.args[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if kind := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || !strings.HasPrefix(kind, "text/html") {
		t.Errorf("the viewer answers %s, %s; want an HTML page", response.Status, kind)
	}
	if token := request.URL.Query().Get("token"); token == "" || screenHas(x, token) {
		t.Errorf("the viewer's token %q is missing, or shows on the screen", token)
	}
}

func screenHas(x *terminal, text string) bool {
	shown, _ := x.now()
	return shown.has(text)
}

// The browser that shows a viewer does not get the key.
func TestViewerOpensWithoutTheKey(t *testing.T) {
	t.Parallel()
	const viewer = "https://viewer.example/watch?ws=wss%3A%2F%2Fw.example&jwt=a.b.c;$(id)&x='y'"
	s := newService(t, says(object("notte_session_data", "viewer_url", viewer), delta("There."), doneEvent))
	x := startTerminal(t, 120, 40, s.env())
	x.submit("watch me")
	x.waitText("done", "There.", "viewer.example")
	x.send(ctrl('o'))
	opened := x.opened.wait(t)
	if len(opened.args) != 1 || opened.args[0] != viewer {
		t.Errorf("the opener got %q, want %q", opened.args, viewer)
	}
	for _, variable := range opened.env {
		if strings.Contains(variable, secretKey) || strings.HasPrefix(variable, "NOTTE_API_KEY") {
			t.Errorf("the opener got the key, in %.20q", variable)
		}
	}
	x.quit()
}
