package table_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"notturno/api"
	"notturno/state/table"
)

func TestWhatIsATable(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		`[{"a":1,"b":2},{"b":3,"c":4}]`:              "a b c",
		`{"posts":[{"a":1}]}`:                        "posts: a",
		`[{"a":1,"tags":["x"],"b":2,"c":3},{"a":2}]`: "a tags b c",
		`[{"a":[],"b":{}}]`:                          "a b",
		`[{"x\u200b":1,"x":2}]`:                      "x x",
		`[]`:                                         "",
		`[{}]`:                                       "",
		`{}`:                                         "",
		`{"posts":[]}`:                               "",
		`{"a":1}`:                                    "",
		`[1,2]`:                                      "",
		`[{"a":1},2]`:                                "",
		`{"a":[{"b":1}],"c":1}`:                      "",
		`{"a":[{"b":1}],"c":[]}`:                     "",
		`[{"a":[1],"b":{"c":1}}]`:                    "",
		"[" + strings.Join(distinct(100), ",") + "]":    "",
		`[{` + strings.Repeat(`"a":1,`, 99) + `"b":1}]`: "a b",
	} {
		got := ""
		if shown, ok := parse(t, answer).Table(); ok {
			got = strings.Join(shown.Columns, " ")
			if shown.Name != "" {
				got = shown.Name + ": " + got
			}
		}
		if got != want {
			t.Errorf("%.60q is the table %q, want %q", answer, got, want)
		}
	}
}

// distinct are objects without a name in common.
func distinct(n int) []string {
	var objects []string
	for i := range n {
		objects = append(objects, fmt.Sprintf(`{"name %d":1}`, i))
	}
	return objects
}

func TestRowsAndColumns(t *testing.T) {
	t.Parallel()
	shown, _ := parse(t, `[{"a":1,"b":2},{"b":"x","b":"y","c":null}]`).Table()
	var got []string
	for i := range shown.Len() {
		for _, value := range shown.Row(i) {
			got = append(got, value.Text())
		}
	}
	if want := []string{"1", "2", "", "", "y", "null"}; !slices.Equal(got, want) {
		t.Errorf("the cells are %q, want %q", got, want)
	}
	for n, want := range []int{1, 1, 2} {
		if got := shown.Column(1, n); got != want {
			t.Errorf("member %d of the second row is in column %d, want %d", n, got, want)
		}
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		`[{"a":1,"b":"x"},{"c":true,"a":null}]`:               "a,b,c\n1,x,\n,,true\n",
		`{"posts":[{"a":1}]}`:                                 "a\n1\n",
		`{"a":1,"b":{"c": [1, 2]}}`:                           "a,b\n1,\"{\"\"c\"\":[1,2]}\"\n",
		`["x",1,null,{"a":1}]`:                                "value\nx\n1\n\"\"\n\"{\"\"a\"\":1}\"\n",
		`[{"a":"say \"hi\", you","b":"two\nlines","c":" x"}]`: "a,b,c\n\"say \"\"hi\"\", you\",\"two\nlines\",\" x\"\n",
		`[{"=a":"=1+1","b":"+1","c":"-1","d":"@x","e":"\tx","f":-1,"g":"-x","h":"-1.5e3","i":"- 1"}]`: "'=a,b,c,d,e,f,g,h,i\n'=1+1,'+1,-1,'@x,'\tx,-1,'-x,-1.5e3,'- 1\n",
		`[{"a":12345678901234567890.10}]`: "a\n12345678901234567890.10\n",
		"```json\n[[1,2],[3]]\n```":       "value\n\"[1,2]\"\n[3]\n",
		`[{"a":"x\u001b[2J"}]`:            "a\nx␛[2J\n",
	} {
		if got := of(t, answer).CSV(); got != want {
			t.Errorf("%q becomes %q, want %q", answer, got, want)
		}
	}
	for _, answer := range []string{"", "words", "{}", "[]", "[{}]", `{"posts":[]}`, `"text"`} {
		if _, ok := table.Of(answer); ok {
			t.Errorf("%q is taken for a table", answer)
		}
	}
}

// checkCSV checks that the CSV of an answer says what its table has, and
// nothing that a spreadsheet would run.
func checkCSV(t *testing.T, answer string) {
	all, ok := table.Of(answer)
	if !ok {
		return
	}
	got, err := csv.NewReader(strings.NewReader(all.CSV())).ReadAll()
	if err != nil || len(got) != all.Len()+1 {
		t.Fatalf("%q becomes %d lines of CSV, want %d: %v", answer, len(got), all.Len()+1, err)
	}
	for i := range all.Len() {
		for k, value := range all.Row(i) {
			want := value.Text()
			if value.Kind() == table.Null {
				want = ""
			}
			if cell := got[i+1][k]; cell != want && cell != "'"+want {
				t.Fatalf("%q says %q in CSV, want %q", answer, cell, want)
			}
		}
	}
	for _, line := range got {
		for _, cell := range line {
			if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "+") || strings.HasPrefix(cell, "@") || strings.HasPrefix(cell, "\t") || api.Clean(cell) != api.Text(cell) {
				t.Fatalf("%q has the cell %q", answer, cell)
			}
		}
	}
}

func TestCSVIsRead(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	for range 3_000 {
		checkCSV(t, random(r, 3))
	}
}

// Rows that have no names in common do not make CSV that is much larger than
// they are.
func TestCSVIsBounded(t *testing.T) {
	t.Parallel()
	answer := "[" + strings.Join(distinct(5_000), ",") + "]"
	all := of(t, answer)
	if got := all.CSV(); len(got) > 2*len(answer) || all.Len() != 5_000 {
		t.Errorf("%d bytes become %d", len(answer), len(got))
	}
	small := of(t, "["+strings.Join(distinct(50), ",")+"]")
	if len(small.Columns) != 50 {
		t.Errorf("50 names make %d columns", len(small.Columns))
	}
}
