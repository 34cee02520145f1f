package reader_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"notturno/ui/part/parttest"
	"notturno/ui/reader"
)

func TestFormatOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]reader.Format{
		"":                                       reader.Plain,
		"{}":                                     reader.JSON,
		" \n[1, 2]\n":                            reader.JSON,
		object:                                   reader.JSON,
		`"text"`:                                 reader.Plain,
		"3":                                      reader.Plain,
		"null":                                   reader.Plain,
		"{} {}":                                  reader.Plain,
		"[1,2":                                   reader.Plain,
		"{]":                                     reader.Plain,
		"{a: 1}":                                 reader.Plain,
		"[link](to)":                             reader.Plain,
		"{\"a\":1}\n{\"b\":2}":                   reader.Plain,
		"[" + strings.Repeat("1,", 1<<20) + "2]": reader.JSON,
		"[" + strings.Repeat("1,", 1<<20):        reader.Plain,
	} {
		if got := reader.FormatOf(text); got != want {
			t.Errorf("%.30q is %s, want %s", text, got, want)
		}
	}
}

// What shows of JSON is the same JSON: the same values, keys in their order,
// numbers as they were written.
func TestJSONShowsWhatItIs(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		object, "{}", "[[],{}]", `{"b":1,"a":1,"b":2}`, `[1.0,1e5,-0,12345678901234567890]`,
		`{"a":"\u001b[31m\n\t\r\u202e\u009b2J\u2028\\\"{[:,"}`, strings.Repeat("[", 60) + strings.Repeat("]", 60),
	} {
		r := open(page(source, reader.FormatOf(source)), 300, 150)
		rows := r.Rows()
		parttest.CheckRows(t, rows, 300, 150)
		shown := strings.Join(body(r), "\n")
		var got, want any
		if json.Unmarshal([]byte(source), &want) != nil || json.Unmarshal([]byte(shown), &got) != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q shows as %q", source, shown)
		}
		space := strings.NewReplacer(" ", "", "\n", "")
		if space.Replace(shown) != space.Replace(source) {
			t.Errorf("%q shows as %q", source, shown)
		}
	}
}

// Parts of JSON differ by colour, wherever they stand.
func TestJSONIsColoured(t *testing.T) {
	t.Parallel()
	r := open(page(`{"key":"text","n":1.5,"yes":true,"list":["text",2,null],"no\"pe":"a:b"}`, reader.JSON), 80, 24)
	looks := map[string]string{}
	for _, row := range r.Rows() {
		for part := range strings.SplitSeq(row, "\x1b[m") {
			if _, styled, ok := strings.Cut(part, "\x1b["); ok {
				style, text, _ := strings.Cut(styled, "m")
				looks[strings.Trim(ansi.Strip(text), " ")] = style
			}
		}
	}
	for _, same := range [][]string{{`"key"`, `"n"`, `"list"`, `"no\"pe"`}, {`"text"`, `"a:b"`}, {"1.5", "2"}, {"true", "null"}} {
		for _, text := range same {
			if looks[text] == "" || looks[text] != looks[same[0]] {
				t.Errorf("%s has the colour %q, %s has %q", text, looks[text], same[0], looks[same[0]])
			}
		}
	}
	if different := map[string]bool{looks[`"key"`]: true, looks[`"text"`]: true, looks["2"]: true, looks["true"]: true}; len(different) != 4 {
		t.Errorf("there are %d colours", len(different))
	}
}

func TestTextsTooLongForTheirFormatSaySo(t *testing.T) {
	t.Parallel()
	long := "[" + strings.Repeat(`"value",`, 200_000) + "0]"
	deep := strings.Repeat(`[`, 9000) + strings.Repeat("]", 9000)
	for source, format := range map[string]reader.Format{
		long: reader.JSON, deep: reader.JSON, "{not JSON}": reader.JSON, strings.Repeat("# Heading\n\n", 30_000): reader.Markdown,
	} {
		r := open(page(source, format), 100, 20)
		if got := text(r); !strings.Contains(got, format.String()+" as it came") || !strings.Contains(got, source[:10]) {
			t.Errorf("%.20q: %q", source, got[:100])
		}
	}
}
