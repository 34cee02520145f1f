package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"notturno/api/local/site"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// saveAs is a Config.Save that keeps nothing and names everything alike.
func saveAs(id string) func(context.Context, Function) (Function, error) {
	return func(_ context.Context, f Function) (Function, error) {
		f.ID, f.CreatedAt = id, time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
		return f, nil
	}
}

// record runs a task on the sample site and returns what it told.
func record(t *testing.T, config Config, task string) (steps []Step, base string, err error) {
	t.Helper()
	server := httptest.NewServer(site.Handler())
	t.Cleanup(server.Close)
	config.Sections = map[string]string{}
	for _, s := range site.Sections() {
		config.Sections[s.Name] = server.URL + s.Path
	}
	err = New(config).Run(t.Context(), strings.ReplaceAll(task, "SITE", server.URL), func(s Step) { steps = append(steps, s) })
	return steps, server.URL, err
}

// outline is the steps' kinds in order, equal neighbours once.
func outline(steps []Step) string {
	var kinds []string
	for _, step := range steps {
		kind := strings.TrimPrefix(fmt.Sprintf("%T", step), "agent.")
		switch s := step.(type) {
		case Call:
			kind += " " + s.Tool
		case Result:
			if kind += " " + s.Tool; s.Failed {
				kind += " failed"
			}
		}
		if len(kinds) == 0 || kinds[len(kinds)-1] != kind {
			kinds = append(kinds, kind)
		}
	}
	return strings.Join(kinds, ", ")
}

func speech(steps []Step) string {
	var b strings.Builder
	for _, step := range steps {
		if s, ok := step.(Speech); ok {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// result checks that calls and results pair by id, and returns the last
// result of a tool.
func result(t *testing.T, steps []Step, tool string) Result {
	t.Helper()
	open, seen, found := "", map[string]bool{}, Result{}
	for _, step := range steps {
		switch s := step.(type) {
		case Call:
			if open != "" || s.ID == "" || seen[s.ID] {
				t.Errorf("call %+v begins while %q is open, or twice", s, open)
			}
			open, seen[s.ID] = s.ID, true
		case Result:
			if s.ID != open {
				t.Errorf("result %+v ends %q", s, open)
			}
			open = ""
			if s.Tool == tool {
				found = s
			}
		}
	}
	return found
}

func TestRunList(t *testing.T) {
	t.Parallel()
	for _, task := range []string{"list the top 3 posts of SITE/news", "list the top 3 posts of the news section"} {
		steps, base, err := record(t, Config{Save: saveAs("f-1")}, task)
		if err != nil {
			t.Fatal(err)
		}
		want := "Thought, Call open_page, Result open_page, View, Call read_page, Result read_page, Thought, " +
			"Call extract, Result extract, Speech, Call save_function, Result save_function, Saved"
		if got := outline(steps); got != want {
			t.Errorf("%q told\n%s, want\n%s", task, got, want)
		}
		answer := strings.ReplaceAll(`## Top 3 posts

1. [A tiny database in 900 lines](SITE/news/1) · 211 points · by mirela · 3 hours ago · 84 comments
2. [The lighthouse keeper's log, 1931 to 1958](SITE/news/2) · 187 points · by tobiasw · 5 hours ago · 41 comments
3. [Show: a bicycle bell that plays four notes](SITE/news/3) · 164 points · by junko · 2 hours ago · 57 comments
`, "SITE", base)
		if got := speech(steps); got != answer {
			t.Errorf("%q answered\n%s, want\n%s", task, got, answer)
		}
		var items []map[string]string
		if err := json.Unmarshal([]byte(result(t, steps, toolExtract).Content), &items); err != nil || len(items) != 3 || items[0]["points"] != "211" {
			t.Errorf("extract said %v: %v", items, err)
		}
		checkNewsSteps(t, steps, base)
	}
}

func checkNewsSteps(t *testing.T, steps []Step, base string) {
	t.Helper()
	thoughts := ""
	for _, step := range steps {
		switch s := step.(type) {
		case Thought:
			thoughts += s.Text
		case View:
			if s.URL != base+"/news" || s.Title != "News" || !strings.Contains(s.HTML, "A tiny database") {
				t.Errorf("view of %s, %q", s.URL, s.Title)
			}
		case Saved:
			f := s.Function
			if f.ID != "f-1" || f.Name != "news-top-posts" || f.Skill != "list" || len(f.Variables) != 2 ||
				f.Variables[0] != (Variable{"url", "url", base + "/news"}) || f.Variables[1] != (Variable{"count", "int", "3"}) {
				t.Errorf("saved %+v", f)
			}
		}
	}
	if !strings.Contains(thoughts, "One block repeats 30 times: rank, title, points") {
		t.Errorf("thought %q", thoughts)
	}
	if read := result(t, steps, toolRead).Content; !strings.Contains(read, "title: News") || !strings.Contains(read, "repeats 30 times") {
		t.Errorf("read_page said %q", read)
	}
	if opened := result(t, steps, toolOpen).Content; !strings.HasPrefix(opened, "200 OK\n"+base+"/news\ntext/html, utf-8") {
		t.Errorf("open_page said %q", opened)
	}
}

func TestRunAnswers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		task      string
		has, lack string
	}{
		{"list all posts of SITE/news", "30. [Goodbye to the last telegraph office](", "The page shows"},
		{"list the top 40 posts of SITE/news", "The page shows 30, not 40.", ""},
		{"list the top story of SITE/news", "## Top story\n\n1. [A tiny", "\n2."},
		{"list the top 2 teams of SITE/league", "1. Harbour Rovers · Played 22 · Won 16 · Drawn 4 · Lost 2 · Goals 48:17 · Points 52\n2. Upper Mill United", "\n3."},
		{"list the links of SITE/", "2. [News: thirty stories](SITE/news)", "The page shows"},
		{"read SITE/article", "## What a map leaves out\n", "Everything on this site is invented"},
		{"read SITE/article", "```go\nfunc walk(", ""},
		{"summarise SITE/article", "> A summary takes a model", ""},
		{"read SITE/chinese", "# 山城的清晨\n\n天还没有完全亮", ""},
		{"read SITE/mixed", "עברית", ""},
		{"read SITE/broken", "third thing, with an &", ""},
		{"read SITE/league", "| Harbour Rovers", ""},
		{"tabulate SITE/league as csv", "```csv\n#,Team,", ""},
		{"list the posts of SITE/news with over 180 points", "2. [The lighthouse keeper's log, 1931 to 1958](", "\n3."},
		{"find \"map\" on SITE/article", "**map**", ""},
		{"read SITE/news/7", "A field guide to the sounds", ""},
	} {
		steps, base, err := record(t, Config{}, test.task)
		if err != nil {
			t.Errorf("%q: %v", test.task, err)
			continue
		}
		got := strings.ReplaceAll(speech(steps), base, "SITE")
		if !strings.Contains(got, test.has) || test.lack != "" && strings.Contains(got, test.lack) {
			t.Errorf("%q answered\n%s", test.task, got)
		}
		if strings.Contains(outline(steps), toolSave) {
			t.Errorf("%q saved a function, and nobody was there to keep it", test.task)
		}
	}
}

func TestRunFails(t *testing.T) {
	t.Parallel()
	broken := func(context.Context, Function) (Function, error) { return Function{}, errors.New("disk full") }
	for _, test := range []struct{ task, want, last string }{
		{"list the top 3 posts of SITE/article", "failed to find a list on page \"SITE/article\"", "Result extract failed"},
		{"read SITE/nowhere", "failed to open page \"SITE/nowhere\": the server", "Result open_page failed"},
		{"read SITE/news/31", "404 Not Found", "Result open_page failed"},
		{"read http://127.0.0.1:1/", "failed to open page \"http://127.0.0.1:1/\"", "Result open_page failed"},
		{"read SITE/article", "failed to save function \"article-text\": disk full", "Result save_function failed"},
	} {
		steps, base, err := record(t, Config{Save: broken}, test.task)
		if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), base, "SITE"), test.want) {
			t.Errorf("%q: error %v, want %q", test.task, err, test.want)
		}
		if got := outline(steps); !strings.HasSuffix(got, test.last) {
			t.Errorf("%q told %s, want it to end with %s", test.task, got, test.last)
		}
	}
}

func TestRunCannotDo(t *testing.T) {
	t.Parallel()
	steps, _, err := record(t, Config{}, "book a table for two")
	var cannot *CannotDo
	if !errors.As(err, &cannot) || len(steps) != 0 {
		t.Errorf("error %v after %s", err, outline(steps))
	}
}

// A run can be cancelled at every one of its steps, and tells no more.
func TestCancelAtEveryStep(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(site.Handler())
	t.Cleanup(server.Close)
	agent := New(Config{Save: saveAs("f")})
	task := "list the top 2 posts of " + server.URL + "/news"
	all := 0
	if err := agent.Run(t.Context(), task, func(Step) { all++ }); err != nil {
		t.Fatal(err)
	}
	for stop := range all {
		ctx, cancel := context.WithCancel(t.Context())
		told := 0
		err := agent.Run(ctx, task, func(Step) {
			if told++; told == stop+1 {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) || told != stop+1 {
			t.Errorf("cancelled at step %d of %d: %d steps and error %v", stop+1, all, told, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := agent.Run(ctx, task, func(Step) { t.Error("told a step of a cancelled run") }); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
