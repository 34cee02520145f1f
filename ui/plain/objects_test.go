package plain

import (
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"
)

// line is any line of the JSON report.
type line struct {
	Seq       int
	At        time.Time
	Type      string
	Event     json.RawMessage
	Notice    *string
	Phase     string
	ExitCode  *int     `json:"exit_code"`
	Answer    *string  `json:"answer"`
	CostUSD   *float64 `json:"cost_usd"`
	Thread    string   `json:"thread_id"`
	Functions []string `json:"function_ids"`
	Says      []string
}

// decode reads a report and checks what all lines have in common.
func decode(t *testing.T, out string) []line {
	t.Helper()
	var lines []line
	for text := range strings.Lines(out) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil || !strings.HasSuffix(text, "}\n") {
			t.Fatalf("%q is not a JSON line: %v", text, err)
		}
		lines = append(lines, l)
		if l.Seq != len(lines) || l.Type == "" || l.At.IsZero() || l.At.Location() != time.UTC {
			t.Errorf("line %d is %q", len(lines), text)
		}
	}
	return lines
}

// Each event of the wire is a line as it was, what the program noticed is
// between them, and the outcome is last.
func TestObjects(t *testing.T) {
	t.Parallel()
	status := `{"type":"status","status":"starting","more":[1.50,null,{"z":1,"a":"\u00e9"}]}`
	got := runWith(t.Context(), t, true, tells(status, `{"type":`, `{"type":"news","x":1}`,
		`{"type":"text_delta","delta":"Five."}`, done, `{"type":"status","status":"too late"}`))
	if got.err != "" || got.code != ExitDone || got.failure != nil {
		t.Errorf("progress %q, exit code %d, %v", got.err, got.code, got.failure)
	}
	lines := decode(t, got.out)
	var types []string
	for _, l := range lines {
		types = append(types, l.Type)
	}
	if want := []string{"status", "notice", "news", "text_delta", "done", "outcome"}; !reflect.DeepEqual(types, want) {
		t.Fatalf("the lines are %q, want %q", types, want)
	}
	if !equalJSON(t, lines[0].Event, status) || !strings.Contains(got.out, "1.50") {
		t.Errorf("the event is %s, want %s", lines[0].Event, status)
	}
	if lines[1].Notice == nil || *lines[1].Notice == "" {
		t.Errorf("the notice says nothing: %+v", lines[1])
	}
	last := lines[len(lines)-1]
	if last.Phase != "done" || *last.ExitCode != ExitDone || *last.Answer != "Five." || *last.CostUSD != 0.0837 ||
		last.Thread != "t-1" || !reflect.DeepEqual(last.Functions, []string{"f-1"}) {
		t.Errorf("the outcome is %+v", last)
	}
}

// equalJSON reports whether two JSON texts say the same.
func equalJSON(t *testing.T, a json.RawMessage, b string) bool {
	t.Helper()
	var left, right any
	if err := json.Unmarshal(a, &left); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(b), &right); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(left, right)
}

// A run that never began has an outcome, too, with nothing left out: what is
// not known is null or empty.
func TestOutcomeOfARefusedRun(t *testing.T) {
	t.Parallel()
	got := runWith(t.Context(), t, true, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"error":"Unauthorized"}`)
	})
	lines := decode(t, got.out)
	if len(lines) != 1 || got.code != ExitNotAuthorised {
		t.Fatalf("exit code %d, output %q", got.code, got.out)
	}
	last := lines[0]
	if last.Phase != "failed" || *last.ExitCode != ExitNotAuthorised || *last.Answer != "" || len(last.Says) == 0 {
		t.Errorf("the outcome is %+v", last)
	}
	for _, member := range []string{`"cost_usd":null`, `"thread_id":""`, `"function_ids":[]`} {
		if !strings.Contains(got.out, member) {
			t.Errorf("the outcome lacks %s: %s", member, got.out)
		}
	}
}

// Lines cannot steer a terminal, and say the same as before.
func FuzzEscapeControls(f *testing.F) {
	for _, text := range []string{"", "plain", "\x7f\u0080\u009b2J\u009f", "\u061c\u200e\u200f\u202a\u202e\u2066\u2069", "世界 👩‍👩‍👧", "\\u009b\\\u009b", "\u2028\u2029"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		encoded, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		escaped := escapeControls(encoded)
		for _, r := range string(escaped) {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Fatalf("%U is left in %q", r, escaped)
			}
		}
		var before, after string
		if err := json.Unmarshal(encoded, &before); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(escaped, &after); err != nil {
			t.Fatalf("%q is not JSON: %v", escaped, err)
		}
		if before != after {
			t.Errorf("%q became %q", before, after)
		}
	})
}
