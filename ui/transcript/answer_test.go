package transcript

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/api/schema"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/find"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

const postFormat = `{"items":{"required":["rank","title"],"properties":{"rank":{"type":"integer"}}}}`

// table is JSON with so many posts, of which the fifth has no title.
func table(posts int) string {
	var rows []string
	for i := range posts {
		title := fmt.Sprintf(`,"title":"Post number %d"`, i+1)
		if i == 4 {
			title = ""
		}
		rows = append(rows, fmt.Sprintf(`{"rank":%d%s,"link":null}`, i+1, title))
	}
	return "[" + strings.Join(rows, ",") + "]"
}

// agent is the run of an agent that has heard events.
func agent(format string, events ...api.Data) *state.Run {
	order := state.AgentOrder{Request: api.AgentRequest{Task: "list the posts"}}
	if format != "" {
		order.Request.ResponseFormat = json.RawMessage(format)
	}
	run := state.NewAgent("1", state.LocalBackend, order, parttest.Start())
	run.Connect(parttest.Start())
	hear(run, format, events...)
	return run
}

// hear folds events. The answer is checked before the end, as it is in a feed.
func hear(run *state.Run, format string, events ...api.Data) {
	for _, event := range events {
		if _, done := event.(api.Done); done && format != "" {
			run.Apply([]state.Arrival{{At: parttest.Start(), Agent: &state.AgentChange{Check: checked(format, run.Answer())}}})
		}
		run.Apply(parttest.Arrivals(run, event))
	}
}

// checked is what the check of an answer finds.
func checked(format, answer string) *state.AnswerCheck {
	s, err := schema.Parse([]byte(format))
	if err != nil {
		panic(err)
	}
	return &state.AnswerCheck{Faults: s.Check(answer)}
}

// answered is the run of an agent that has ended with the answer.
func answered(answer, format string) *state.Run {
	return agent(format, api.ToolStart{ID: "0", Name: "scrape"}, api.ToolResult{ID: "0", Content: "200 OK"}, api.TextDelta{Delta: api.Text(answer)}, api.Done{})
}

func TestGoldenAnswers(t *testing.T) {
	t.Parallel()
	states := map[string]struct {
		run *state.Run
		do  func(tr *Transcript)
	}{
		"table":    {answered(table(7), postFormat), func(*Transcript) {}},
		"folded":   {answered(table(40), postFormat), func(tr *Transcript) { press(tr, part.Top) }},
		"unfolded": {answered(table(40), postFormat), func(tr *Transcript) { press(tr, part.Top, part.Fold) }},
		"tree":     {answered(`{"post":{"title":"Post","tags":["a","b"]}}`, `{"required":["post"]}`), func(*Transcript) {}},
		"found":    {answered(table(40), postFormat), func(tr *Transcript) { tr.SetQuery(find.NewQuery("number 3")) }},
	}
	for name, s := range states {
		for _, w := range []int{24, 60, 120} {
			t.Run(fmt.Sprintf("%s-%d", name, w), func(t *testing.T) {
				t.Parallel()
				tr := newTranscript(s.run, w, 44)
				tr.Focus(true)
				s.do(tr)
				golden.RequireEqual(t, withMarks(tr.Rows()))
			})
		}
	}
}

// However the events of a run are cut into batches, its answer is shown in the
// same way in the end.
func TestAnswersInAnyBatches(t *testing.T) {
	t.Parallel()
	events := []api.Data{api.ThinkingDelta{Delta: "hm"}, api.TextDelta{Delta: api.Text(table(9)[:50])}, api.TextDelta{Delta: api.Text(table(9)[50:])}, api.MessageComplete{}, api.Status{Status: "x"}, api.Done{}}
	want := ""
	for cut := range events {
		run := agent(postFormat, events[:cut]...)
		tr := newTranscript(run, 80, 40)
		before := parttest.Text(tr.Rows())
		hear(run, postFormat, events[cut:]...)
		tr.Sync()
		got := parttest.Text(tr.Rows())
		if want == "" {
			want = got
		}
		if got != want || !strings.Contains(got, "title: missing") {
			t.Errorf("cut after %d events the run shows\n%s\nand not\n%s", cut, got, want)
		}
		if strings.Contains(before, "│") {
			t.Errorf("an answer that may go on shows as\n%s", before)
		}
	}
}

// What is not all of the answer, or not JSON, is Markdown.
func TestOtherAnswersAreMarkdown(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]*state.Run{
		"words":      agent("", api.TextDelta{Delta: "**one** two"}, api.Done{}),
		"two parts":  agent("", api.TextDelta{Delta: `[{"a":1}]`}, api.MessageComplete{}, api.TextDelta{Delta: `[{"a":1}]`}, api.Done{}),
		"automation": parttest.Run("task", api.TextDelta{Delta: `[{"a":1}]`}, api.Done{}),
	} {
		tr := newTranscript(run, 80, 40)
		if got := parttest.Text(tr.Rows()); strings.Contains(got, "─") {
			t.Errorf("%s: the answer shows as\n%s", name, got)
		}
	}
}

// A long answer shows its beginning until it is known what it is: a table, or
// Markdown.
func TestLongAnswersWait(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Some **bold** words.\n\n", 2*longAnswer/20)
	for name, test := range map[string]struct{ text, before, after string }{
		"table":    {table(5_000), `[{"rank":1,`, "rank │ title"},
		"Markdown": {long, "Some **bold** words.", "Some bold words."},
	} {
		run := agent("")
		tr := newTranscript(run, 80, 60)
		for _, part := range []string{test.text[:longAnswer/2], test.text[longAnswer/2:]} { // it begins short
			hear(run, "", api.TextDelta{Delta: api.Text(part)})
			tr.Sync()
		}
		tr.SetQuery(find.NewQuery("rank"))
		press(tr, part.Top)
		if got := parttest.Text(tr.Rows()); !strings.Contains(got, test.before) {
			t.Errorf("%s: before its end the run shows\n%s", name, got)
		}
		for w, h := range parttest.Sizes() {
			if (w+h)%7 == 0 {
				parttest.Exact(t, tr, w, h)
			}
		}
		tr.Resize(80, 60)
		hear(run, "", api.Done{})
		tr.Sync()
		tr.SetQuery(find.NewQuery(""))
		press(tr, part.Top)
		if got := parttest.Text(tr.Rows()); !strings.Contains(got, test.after) || strings.Contains(got, test.before) {
			t.Errorf("%s: after its end the run shows\n%s", name, got)
		}
	}
}

// A match in rows that are folded away unfolds the answer as long as it is the
// current one.
func TestFindsInFoldedAnswers(t *testing.T) {
	t.Parallel()
	tr := newTranscript(answered(table(60), postFormat), 80, 20)
	height := tr.total
	tr.SetQuery(find.NewQuery("Post number 5"))
	if _, n := tr.Matches(); n != 10 { // 50 to 59: the fifth has no title
		t.Errorf("%d matches", n)
	}
	if got := parttest.Text(tr.Rows()); !strings.Contains(got, "Post number 50") || tr.total <= height {
		t.Errorf("the match does not show in\n%s", got)
	}
	tr.SetQuery(find.NewQuery(""))
	if tr.total != height {
		t.Errorf("%d rows are left of %d", tr.total, height)
	}
}

func TestAnswersAreReadAndCopied(t *testing.T) {
	t.Parallel()
	const answer = "```json\n[{\"a\":1}]\n```"
	tr := newTranscript(answered(answer, ""), 80, 20)
	press(tr, part.Top, part.NextItem, part.NextItem, part.NextItem)
	intent, _ := tr.Update(part.Do{Action: part.CopyThis})
	if want := (part.Copy{What: "answer", Text: answer}); intent != want {
		t.Errorf("copying is %v, want %v", intent, want)
	}
	intent, _ = tr.Update(part.Do{Action: part.ReadThis})
	if want := (part.Read{Item: 2}); intent != want {
		t.Errorf("reading is %v, want %v", intent, want)
	}
}

// Answers that are JSON keep to the size of the pane, whatever is done to them.
func TestAnswersAtEverySize(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	var rows []string
	for _, text := range parttest.Hostile() {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, fmt.Sprintf(`{%s:%d,"a":%s,"漢":[%s]}`, quoted, r.IntN(9), quoted, quoted))
	}
	for i, answer := range []string{"[" + strings.Join(rows, ",") + "]", "[" + strings.Join(rows[3:8], ",") + "]"} {
		tr := newTranscript(answered(string(api.Clean(answer)), `{"items":{"required":["漢","b"],"properties":{"a":{"type":"number"}}}}`), 80, 20)
		tr.Focus(true)
		for w, h := range parttest.Sizes() {
			if (w+h)%5 == i {
				parttest.Exact(t, tr, w, h)
			}
		}
		for range 60 {
			anything(tr, r)
			parttest.CheckRows(t, tr.Rows(), max(tr.w, 0), max(tr.h, 0))
		}
	}
}

// A theme is drawn in its own colours.
func TestAnswersFollowTheTheme(t *testing.T) {
	t.Parallel()
	run := answered(table(9), postFormat)
	tr := newTranscript(run, 80, 40)
	tr.SetTheme(themes.Giorno())
	fresh := New(run, themes.Giorno(), hints)
	fresh.Resize(80, 40)
	if strings.Join(tr.Rows(), "\n") != strings.Join(fresh.Rows(), "\n") {
		t.Error("the answer keeps the colours of another theme")
	}
}
