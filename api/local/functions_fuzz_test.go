package local

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func FuzzStartBody(f *testing.F) {
	for _, body := range []string{
		`{}`, `{"function_id":"x","variables":{"count":"3"}}`, `{"workflow_id":"x","variables":{"a":1e400,"b":[{}],"c":NaN},"stream":true}`,
		`{"variables":{"a":"\ud800","a":"é"}}`, `{"stream":"on"}`, `null`, `[`, "\xff", `{"variables":` + strings.Repeat("[", 2000),
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		req, ok := readRunRequest(w, r)
		if !ok {
			var refusal struct{ Detail any }
			if err := json.Unmarshal(w.Body.Bytes(), &refusal); err != nil || refusal.Detail == nil || w.Code != 422 && w.Code != 413 {
				t.Fatalf("%q is refused with %d %s (%v)", body, w.Code, w.Body, err)
			}
			return
		}
		texts := variableTexts(req.variables)
		for name, raw := range req.variables {
			if text, given := texts[name]; given == (string(raw) == "null") {
				t.Fatalf("variable %q, sent as %s, is %q", name, raw, text)
			}
		}
		// What was accepted can be kept and read again.
		rec := newRecord(functionID)
		rec.Variables = req.variables
		data, err := json.Marshal(rec)
		if err != nil {
			t.Fatalf("%q cannot be kept: %v", body, err)
		}
		var again record
		if err := json.Unmarshal(data, &again); err != nil || len(again.Variables) != len(req.variables) {
			t.Fatalf("%q is read again as %v: %v", body, again.Variables, err)
		}
	})
}

func FuzzAFileIsReadOrSetAside(f *testing.F) {
	for _, content := range []string{
		``, `{}`, `null`, `{"function_id":"` + functionID + `"}`, `{"function_id":"` + functionID + `","earlier":[{},{}],"schedule":{"cron":"x"}}`,
		`{"function_id":"` + functionID + `","status":"odd","versions":3}`, strings.Repeat("[", 20000),
	} {
		f.Add([]byte(content))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		s := &store{dir: t.TempDir()}
		path := filepath.Join(s.dir, functionID+".json")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		kept, err := s.get(functionID)
		if broken := (*damaged)(nil); errors.As(err, &broken) {
			path = broken.aside
		} else if err != nil {
			t.Fatal(err)
		} else if object := kept.object(kept.Function); object.FunctionID != functionID || len(object.Versions) != len(kept.Earlier)+1 {
			t.Errorf("%q is told as %+v", content, object)
		}
		if after, err := os.ReadFile(path); err != nil || string(after) != string(content) {
			t.Errorf("%q became %q (%v)", content, after, err)
		}
	})
}
