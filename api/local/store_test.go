package local

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"notturno/api/local/agent"
)

func TestFunctionsAreKept(t *testing.T) {
	t.Parallel()
	s, err := openStore(filepath.Join(t.TempDir(), "new", "functions"))
	if err != nil {
		t.Fatal(err)
	}
	given := agent.Function{ID: "../../escape", Name: "news-list", Description: "d", Skill: "list",
		Variables: []agent.Variable{{Name: "count", Type: "int", Default: "3"}}}
	began := time.Now()
	kept, err := s.save(t.Context(), given)
	if err != nil {
		t.Fatal(err)
	}
	if kept.ID == given.ID || kept.CreatedAt.Location() != time.UTC || kept.CreatedAt.Before(began.Add(-time.Minute)) {
		t.Errorf("it was kept as %+v", kept)
	}
	data, err := os.ReadFile(filepath.Join(s.dir, kept.ID+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var read agent.Function
	if err := json.Unmarshal(data, &read); err != nil || !reflect.DeepEqual(read, kept) {
		t.Errorf("the file holds %+v (%v), want %+v", read, err, kept)
	}
	if !strings.Contains(string(data), `Z"`) {
		t.Errorf("its time has no Z: %s", data)
	}
	again, err := s.save(t.Context(), given)
	if err != nil || again.ID == kept.ID {
		t.Errorf("the next one is %+v (%v)", again, err)
	}
	if files, err := os.ReadDir(s.dir); err != nil || len(files) != 2 {
		t.Errorf("the directory holds %v (%v)", files, err)
	}
}

func TestAFunctionThatCannotBeKeptLeavesNothing(t *testing.T) {
	t.Parallel()
	s, err := openStore(filepath.Join(t.TempDir(), "functions"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.save(ctx, agent.Function{Name: "f"}); !errors.Is(err, context.Canceled) {
		t.Errorf("after a cancel it says %v", err)
	}
	if err := writeFile(filepath.Join(s.dir, "no", "such", "place"), nil); err == nil {
		t.Error("a file was written to nowhere")
	}
	if err := os.Mkdir(filepath.Join(s.dir, "taken"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(filepath.Join(s.dir, "taken"), []byte("x")); err == nil {
		t.Error("a directory was replaced")
	}
	if files, err := os.ReadDir(s.dir); err != nil || len(files) != 1 {
		t.Errorf("the directory holds %v (%v)", files, err)
	}
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	if _, err := s.save(t.Context(), agent.Function{Name: "the-name"}); err == nil || !strings.Contains(err.Error(), `"the-name"`) {
		t.Errorf("without its directory it says %v", err)
	}
}
