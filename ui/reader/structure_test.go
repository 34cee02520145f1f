package reader_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/api/schema"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
	"notturno/ui/reader"
	"notturno/ui/structure"
)

// answerPage is the answer of an agent as a document.
func answerPage(t *testing.T, answer, format string) reader.Document {
	t.Helper()
	order := state.AgentOrder{Request: api.AgentRequest{Task: "task", ResponseFormat: json.RawMessage(format)}}
	run := state.NewAgent("1", state.LocalBackend, order, parttest.Start())
	run.Connect(parttest.Start())
	run.Apply(parttest.Arrivals(run, api.TextDelta{Delta: api.Clean(answer)}))
	if format != "" {
		run.Apply([]state.Arrival{{At: parttest.Start(), Agent: &state.AgentChange{Check: checked(format, answer)}}})
	}
	run.Apply(parttest.Arrivals(run, api.Done{}))
	s, ok := structure.Of(run)
	if !ok {
		t.Fatalf("%.100q is not taken for JSON", answer)
	}
	return reader.Document{Title: "Answer", What: "answer", Sections: []reader.Section{{Text: run.Answer(), Format: reader.JSON, Answer: s}}}
}

// checked is what the check of an answer finds.
func checked(format, answer string) *state.AnswerCheck {
	s, err := schema.Parse([]byte(format))
	if err != nil {
		panic(err)
	}
	return &state.AnswerCheck{Faults: s.Check(answer)}
}

// posts is a table of so many rows with a long text in each.
func posts(n int) string {
	var rows []string
	for i := range n {
		rows = append(rows, fmt.Sprintf(`{"rank":%d,"text":"Post number %d%s"}`, i+1, i+1, strings.Repeat(" and so on", 6)))
	}
	return "[" + strings.Join(rows, ",") + "]"
}

func TestGoldenAnswers(t *testing.T) {
	t.Parallel()
	for name, doc := range map[string]reader.Document{
		"table": answerPage(t, posts(5), `{"items":{"properties":{"text":{"maxLength":70}},"required":["price"]}}`),
		"tree":  answerPage(t, `{"post":{"title":"`+strings.Repeat("many words ", 12)+`","tags":["a","b"]}}`, `{"required":["id"]}`),
	} {
		for _, w := range []int{20, 60, 120} {
			t.Run(fmt.Sprintf("%s-%d", name, w), func(t *testing.T) {
				t.Parallel()
				golden.RequireEqual(t, parttest.Text(open(doc, w, 24).Rows()))
			})
		}
	}
}

// All of an answer is there: it is found, and it is copied and saved as it is.
func TestAnswersAreFoundAndCopied(t *testing.T) {
	t.Parallel()
	r := open(answerPage(t, posts(500), "{}"), 60, 20)
	do(r, part.FindHere)
	typed(r, "number 490")
	if got := strings.Join(body(r), "\n"); !strings.Contains(got, "Post number 490") {
		t.Errorf("the place found does not show in\n%s", got)
	}
	r = open(answerPage(t, posts(500), "{}"), 60, 20)
	if intent := do(r, part.CopyThis); intent != (part.Copy{What: "answer", Text: posts(500)}) {
		t.Errorf("copying is %.100v", intent)
	}
	if intent := do(r, part.SaveThis); intent != (part.Save{What: "answer", Ext: "json", Text: posts(500)}) {
		t.Errorf("saving is %.100v", intent)
	}
}

// An answer that is too long to draw all of it is JSON.
func TestLongAnswersAreJSON(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"rows":  "[" + strings.Repeat("1,", 20_000) + "1]",
		"bytes": `[{"a":"` + strings.Repeat("x", 2<<20) + `"}]`,
	} {
		r := open(answerPage(t, answer, "{}"), 80, 10)
		if got := r.Rows()[0]; !strings.Contains(got, "JSON") {
			t.Errorf("%s: the header says %q", name, got)
		}
	}
}

func TestAnswersAtEverySize(t *testing.T) {
	t.Parallel()
	var rows []string
	for _, text := range parttest.Hostile() {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, fmt.Sprintf(`{%s:1,"a":%s}`, quoted, quoted))
	}
	r := open(answerPage(t, "["+strings.Join(rows[:9], ",")+"]", `{"items":{"required":["漢"]}}`), 0, 0)
	for w, h := range parttest.Sizes() {
		if (w+h)%5 == 0 {
			parttest.Exact(t, r, w, h)
		}
	}
	r.SetTheme(themes.Giorno())
	parttest.Exact(t, r, 80, 24)
}
