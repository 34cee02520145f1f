package structure_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/state"
	"notturno/themes"
	"notturno/ui/part/parttest"
	"notturno/ui/structure"
)

const (
	postsFormat = `{"type":"object","properties":{"posts":{"type":"array","maxItems":3,"items":{"type":"object","required":["rank","title","price"],
		"properties":{"rank":{"type":"integer"},"title":{"type":"string"},"points":{"type":"integer"},"tags":{"items":{"type":"string"}}}}}}}`
	thing = `{"title":"A tiny database","author":{"name":"Ann","age":31,"admin":false,"boss":null,"address":{"street":"Hauptstraße 1","city":"日本"}},
		"tags":["go","sql"],"none":{},"empty":"","price":"12 dollars","text":"many words many words many words many words\nand a second line"}`
	thingFormat = `{"required":["price","rank"],"properties":{"price":{"type":"number"},"author":{"required":["id"]},"tags":{"items":{"type":"integer"}},"none":{"type":"array"}}}`
)

// posts is a table of so many rows, at least three, some of which are odd.
func posts(n int) string {
	rows := []string{
		`{"rank":1,"title":"A tiny database in 900 lines of plain C without dependencies","points":211,"new":true,"price":3.00}`,
		`{"rank":2,"title":"日本のニュース","points":"many","price":null,"tags":["a",7]}`,
		`{"rank":3,"title":"Third","points":7}`,
	}
	for i := len(rows) + 1; i <= n; i++ {
		rows = append(rows, fmt.Sprintf(`{"rank":%d,"title":"Post number %d","points":%d,"new":false,"price":0.50}`, i, i, i*7))
	}
	return `{"posts":[` + strings.Join(rows, ",") + `]}`
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*structure.Structure{
		"table":     of(t, posts(9), postsFormat),
		"tree":      of(t, thing, thingFormat),
		"meets":     of(t, thing, `{"type":"object"}`),
		"no-format": of(t, `[[1,[2,"three"]],{"a":[]},null]`, ""),
		"scalars":   of(t, `["one","two",3]`, `{"type":"object"}`),
	} {
		for _, w := range []int{30, 60, 100} {
			t.Run(fmt.Sprintf("%s-%d", name, w), func(t *testing.T) {
				t.Parallel()
				rows, more := s.Folded(themes.Notte(), w, 8)
				rows = append(rows, fmt.Sprintf("(%d more)", more), "")
				golden.RequireEqual(t, parttest.Text(append(rows, s.Whole(themes.Notte(), w)...)))
			})
		}
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]bool{`{"a":1}`: true, "```json\n[1]\n```": true, "[]": true, "words": false, "12": false, "": false} {
		if _, got := structure.Of(agentRun(answer, "")); got != want {
			t.Errorf("the answer %q is drawn: %v, want %v", answer, got, want)
		}
	}
	automation := parttest.Run("task", api.TextDelta{Delta: "[1]"}, api.Done{})
	if _, ok := structure.Of(automation); ok {
		t.Error("the answer of an automation is drawn")
	}
	order := state.AgentOrder{Request: api.AgentRequest{Task: "task"}}
	goesOn := state.NewAgent("1", state.LocalBackend, order, parttest.Start())
	goesOn.Connect(parttest.Start())
	goesOn.Apply(parttest.Arrivals(goesOn, api.TextDelta{Delta: "[1]"}))
	if _, ok := structure.Of(goesOn); ok {
		t.Error("an answer that may go on is drawn")
	}
}

// answers are JSON with content that is hard to draw.
func answers(r *rand.Rand) string {
	texts := parttest.Hostile()
	var object func(depth int) string
	value := func(depth int) string {
		switch r.IntN(8) {
		case 0:
			return []string{"null", "true", "-0.50", strings.Repeat("9", 300)}[r.IntN(4)]
		case 1:
			if depth > 0 {
				return object(depth - 1)
			}
		case 2:
			return "[" + strings.TrimSuffix(strings.Repeat("1,", r.IntN(4)), ",") + "]"
		}
		return quote(texts[r.IntN(len(texts))])
	}
	object = func(depth int) string {
		var members []string
		for range r.IntN(5) {
			members = append(members, quote(texts[r.IntN(len(texts))])+":"+value(depth))
		}
		return "{" + strings.Join(members, ",") + "}"
	}
	var rows []string
	for range 1 + r.IntN(6) {
		rows = append(rows, object(r.IntN(5)))
	}
	if r.IntN(3) == 0 {
		return rows[0]
	}
	return "[" + strings.Join(rows, ",") + "]"
}

// Whatever is in an answer, no row is wider than it may be, and what is folded
// is the beginning of what is folded to more.
func TestRowsAreExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	formats := []string{"", `{"items":{"additionalProperties":false}}`, `{"additionalProperties":false,"required":["漢字","a"]}`, `{"items":{"required":["x.y"],"additionalProperties":{"type":"integer"}}}`}
	for range 8 {
		s := of(t, answers(r), formats[r.IntN(len(formats))])
		for _, w := range []int{-1, 0, 1, 2, 5, 13, 34, 80, 250} {
			few, more := s.Folded(themes.Notte(), w, 5)
			many, fewer := s.Folded(themes.Notte(), w, 50)
			if len(few) > len(many) || !slices.Equal(few, many[:len(few)]) || fewer > more || more < 0 || fewer < 0 {
				t.Fatalf("at %d, %d rows and %d more are not the beginning of %d and %d", w, len(few), more, len(many), fewer)
			}
			for _, row := range append(many, s.Whole(themes.Notte(), w)...) {
				parttest.CheckSafe(t, row)
				if got := ansi.StringWidth(row); got > max(w, 1) {
					t.Fatalf("a row is %d cells wide at %d: %q", got, w, row)
				}
			}
		}
	}
}

// packed is a text without the places at which it may be broken.
func packed(rows []string) string {
	return strings.NewReplacer(" ", "", "\n", "", "│", "").Replace(parttest.Text(rows))
}

// Nothing is left out of the whole of it, and nothing that is wrong goes
// unsaid, at any width.
func TestTheWholeIsWhole(t *testing.T) {
	t.Parallel()
	run := agentRun(thing, thingFormat)
	s, _ := structure.Of(run)
	if len(run.Agent.Faults) != 6 {
		t.Fatalf("the answer has the faults %v", run.Agent.Faults)
	}
	for w := 4; w < 120; w++ {
		got := packed(s.Whole(themes.Notte(), w))
		for _, want := range []string{"Hauptstraße 1", "日本", "and a second line", "12 dollars", "6 fields do not meet the response format", "id: missing", "rank: missing", "be number", "be integer", "be array"} {
			if !strings.Contains(got, strings.ReplaceAll(want, " ", "")) {
				t.Errorf("at %d cells %q is missing in %q", w, want, got)
			}
		}
	}
	long := strings.Repeat("漢字 and words ", 50)
	table := of(t, `[{"a":`+quote(long)+`,"b":1},{"a":"x","b":2}]`, "")
	for _, w := range []int{4, 20, 60, 200} {
		if got := packed(table.Whole(themes.Notte(), w)); strings.Contains(got, "…") || strings.Count(got, "漢字andwords") < 40 {
			t.Errorf("at %d cells the whole table says %q", w, got)
		}
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	many := "[" + strings.TrimSuffix(strings.Repeat("{},", 30), ",") + "]"
	for want, c := range map[string][2]string{
		"✓ meets the response format":                         {`{"a":1}`, `{"type":"object"}`},
		"✗ 1 field does not meet the response format":         {`{"a":1}`, `{"required":["b"]}`},
		"✗ 2 fields do not meet the response format":          {`{"a":1}`, `{"required":["b","c"]}`},
		"✗ 20 fields or more do not meet the response format": {many, `{"items":{"required":["b"]}}`},
		"a: 1": {`{"a":1}`, ""},
	} {
		rows, _ := of(t, c[0], c[1]).Folded(themes.Notte(), 80, 30)
		if got := ansi.Strip(rows[0]); got != want {
			t.Errorf("%q begins with %q, want %q", c[0], got, want)
		}
	}
}

// What is nested too deep to be drawn as such is one value.
func TestDepthIsBounded(t *testing.T) {
	t.Parallel()
	const depth = 9_999
	for _, answer := range []string{
		strings.Repeat("[", depth) + strings.Repeat("]", depth),
		strings.Repeat(`{"a":`, depth) + "1" + strings.Repeat("}", depth),
	} {
		s := of(t, answer, `{"type":"string"}`)
		for _, w := range []int{1, 20, 100} {
			if rows, more := s.Folded(themes.Notte(), w, 400); len(rows) > 30 && w > 1 || more != 0 {
				t.Errorf("at %d cells there are %d rows and %d more", w, len(rows), more)
			}
		}
	}
}

func TestMoreIsWhatDoesNotShow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer             string
		width, limit, more int
	}{
		{posts(100), 100, 30, 70}, {posts(100), 100, 99, 1}, {posts(100), 100, 100, 0}, {posts(100), 20, 8, 98},
		{"[" + strings.Repeat("1,", 99) + "1]", 50, 30, 70}, {"[" + strings.Repeat("1,", 99) + "1]", 50, 100, 0},
		{`{"a":{"b":{"c":1,"d":2}},"e":[1,2]}`, 50, 2, 5},
	} {
		if rows, more := of(t, c.answer, "").Folded(themes.Notte(), c.width, c.limit); more != c.more || len(rows) < c.limit {
			t.Errorf("%.20q folded to %d shows %d rows and has %d more, want %d", c.answer, c.limit, len(rows), more, c.more)
		}
	}
}
