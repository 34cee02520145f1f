package local

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"notturno/api/local/agent"
)

func startWhole(t *testing.T, config Config) *Server {
	t.Helper()
	config.DataDir = t.TempDir()
	s, err := Start(context.WithoutCancel(t.Context()), config)
	if err != nil {
		t.Fatal(err)
	}
	closeAfter(t, s)
	return s
}

func TestEveryExampleWorks(t *testing.T) {
	t.Parallel()
	s := startWhole(t, Config{Version: "1.0"})
	if len(s.Examples()) == 0 {
		t.Fatal("there are no examples")
	}
	host := strings.TrimPrefix(s.URL(), "http://")
	for _, task := range s.Examples() {
		if !strings.Contains(task, host+"/") || strings.Contains(task, "://") || strings.Contains(task, "%!") {
			t.Errorf("the example %q does not name its page", task)
		}
		body := encode(map[string]string{"query": task})
		lines := dataLines(t, startTask(t.Context(), t, s, string(body)).Body)
		if last := lines[len(lines)-1]; !strings.HasPrefix(last, `{"type":"done"`) {
			t.Errorf("%q ends with %s", task, last)
		}
	}
}

func TestARunOnTheSampleSite(t *testing.T) {
	t.Parallel()
	for _, generation := range []int{1, 2} {
		s := startWhole(t, Config{Generation: generation})
		body := encode(map[string]string{"query": "list the top 3 posts of " + strings.TrimPrefix(s.URL(), "http://") + "/news"})
		resp := startTask(t.Context(), t, s, string(body))
		lines := dataLines(t, resp.Body)
		all := strings.Join(lines, "\n")
		for _, want := range [][]string{nil,
			{`"type":"thinking_delta"`, `"name":"open_page"`, `"type":"tool_result"`, `"type":"text_delta"`, `"type":"function_uploaded"`, `"type":"done","total_cost_usd":0,"function_id":"`},
			{`"type":"reasoning-delta"`, `"toolName":"open_page"`, `"type":"tool-output-available"`, `"type":"text-delta"`, `"type":"data-notte-function"`, `"type":"finish"`, `[DONE]`},
		}[generation] {
			if !strings.Contains(all, want) {
				t.Errorf("generation %d lacks %s:\n%s", generation, want, all)
			}
		}
		expectOneFunction(t, s, all)

		link, err := url.Parse(viewerOf(t, lines))
		if err != nil {
			t.Fatal(err)
		}
		page := readBody(t, get(t, s, link.Path+"/page?"+link.RawQuery))
		if !strings.Contains(page, "<h1") && !strings.Contains(page, "<h2") {
			t.Errorf("the viewer shows the page as %s", page)
		}
	}
}

// expectOneFunction checks that the function that a stream tells of is kept.
func expectOneFunction(t *testing.T, s *Server, stream string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.config.DataDir, "functions", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the functions are %v (%v)", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var f agent.Function
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&f); err != nil {
		t.Fatal(err)
	}
	if f.ID == "" || !strings.Contains(stream, `"function_id":"`+f.ID+`"`) || time.Since(f.CreatedAt) > time.Hour {
		t.Errorf("function %+v is not the stream's", f)
	}
}

func TestWhatTheAgentCannotDoIsSaid(t *testing.T) {
	t.Parallel()
	s := startWhole(t, Config{})
	lines := dataLines(t, startTask(t.Context(), t, s, `{"query":"book me a table for two"}`).Body)
	last := lines[len(lines)-1]
	if !strings.HasPrefix(last, `{"type":"error","error":"`) || !strings.Contains(last, "NOTTE_API_KEY") {
		t.Errorf("it ends with %s", last)
	}
}

func TestLeavingStopsTheAgentInTheMiddleOfAPage(t *testing.T) {
	t.Parallel()
	asked, dropped := make(chan struct{}), make(chan struct{})
	s := startWhole(t, Config{})
	s.site = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
		close(dropped)
	})
	ctx, leave := context.WithCancel(t.Context())
	body := encode(map[string]string{"query": "read " + strings.TrimPrefix(s.URL(), "http://") + "/slow"})
	startTask(ctx, t, s, string(body))
	<-asked
	leave()
	<-dropped
	s.sessions.runs.Wait()
}
