package local

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
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

func TestAChangedPlanIsANewVersion(t *testing.T) {
	t.Parallel()
	s := openFunctions(t, t.TempDir(), nil).store
	first, err := s.save(t.Context(), agent.Function{Name: "f", Skill: "list", Variables: []agent.Variable{{Name: "count", Type: "int", Default: "3"}}})
	if err != nil {
		t.Fatal(err)
	}
	if same, err := s.save(t.Context(), first); err != nil || !reflect.DeepEqual(same, first) {
		t.Errorf("the same plan is kept as %+v (%v)", same, err)
	}
	changed := first
	changed.Variables = []agent.Variable{{Name: "count", Type: "int", Default: "5"}}
	changed.CreatedAt = time.Time{}
	for range 2 {
		second, err := s.save(t.Context(), changed)
		if err != nil || second.ID != first.ID || second.CreatedAt != first.CreatedAt {
			t.Fatalf("the changed plan is kept as %+v (%v)", second, err)
		}
	}
	f, err := s.get(first.ID)
	if err != nil || f.latest() != "v2" || f.UpdatedAt.Before(first.CreatedAt) {
		t.Fatalf("it is %+v (%v)", f, err)
	}
	for version, want := range map[string]string{"v1": "3", "v2": "5", "": "5", "v3": "none", "v0": "none", "1": "none"} {
		got := "none"
		if plan, ok := f.plan(version); ok {
			got = plan.Variables[0].Default
		}
		if got != want {
			t.Errorf("version %q counts %s, want %s", version, got, want)
		}
	}
}

func TestFunctionsAreListedTheNewestFirst(t *testing.T) {
	t.Parallel()
	s := openFunctions(t, t.TempDir(), nil).store
	var want []string
	for _, name := range []string{"a", "b", "c", "d"} {
		if _, err := s.save(t.Context(), agent.Function{Name: name}); err != nil {
			t.Fatal(err)
		}
		want = append([]string{name}, want...)
	}
	for _, name := range []string{"notes.json", ".new-123", functionID + ".txt"} {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte("no function"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, warnings, err := s.list()
	var got []string
	for _, f := range all {
		got = append(got, f.Name)
	}
	if err != nil || warnings != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the list is %v, %v, %v", got, warnings, err)
	}
}

func TestAPlanAloneIsAFunction(t *testing.T) {
	t.Parallel()
	s := openFunctions(t, t.TempDir(), nil).store
	file := `{"function_id":"` + functionID + `","name":"old","created_at":"2026-05-04T09:12:31Z"}`
	if err := os.WriteFile(filepath.Join(s.dir, functionID+".json"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := s.active(functionID)
	if err != nil || f.Name != "old" || f.latest() != "v1" || !f.UpdatedAt.Equal(f.CreatedAt) || f.CreatedAt.IsZero() {
		t.Errorf("it is %+v (%v)", f, err)
	}
}

func TestDamagedFunctionsAreSetAside(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"cut": `{"function_id":`, "empty": ``, "null": `null`, "a list": `[]`, "another one": `{"function_id":"41d8c2f6-7b95-4e0a-a3d2-6c9e58f0b714"}`,
		"an odd time": `{"function_id":"` + functionID + `","created_at":"today"}`,
	} {
		s := openFunctions(t, t.TempDir(), nil).store
		path := filepath.Join(s.dir, functionID+".json")
		for range 2 { // a second one does not replace the first
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			all, warnings, err := s.list()
			if err != nil || len(all) != 0 || len(warnings) != 1 || !strings.Contains(warnings[0], path) || !strings.Contains(warnings[0], "is kept as") {
				t.Errorf("%s: the list is %v, %v, %v", name, all, warnings, err)
			}
		}
		aside, err := filepath.Glob(path + ".damaged-*")
		if err != nil || len(aside) != 2 {
			t.Fatalf("%s: set aside are %v (%v)", name, aside, err)
		}
		if data, err := os.ReadFile(aside[0]); err != nil || string(data) != content {
			t.Errorf("%s: %q is kept (%v)", name, data, err)
		}
		if _, err := s.get(functionID); !errors.Is(err, errNoFunction) {
			t.Errorf("%s: afterwards it is %v", name, err)
		}
	}
}

// Two stores on one directory are two programs: whatever both do, every file
// is whole at any moment, and nothing is set aside.
func TestTwoProgramsShareFunctions(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	kept, err := openFunctions(t, dir, nil).store.save(t.Context(), agent.Function{Name: "shared", Description: strings.Repeat("long ", 2000)})
	if err != nil {
		t.Fatal(err)
	}
	var programs sync.WaitGroup
	for range 2 {
		s := openFunctions(t, dir, nil).store
		for range 2 {
			programs.Go(func() {
				for range 20 {
					if _, err := s.change(kept.ID, func(f *function) error { f.Schedule = &schedule{Cron: f.Description}; return nil }); err != nil {
						t.Error(err)
					}
					if _, err := s.save(t.Context(), agent.Function{Name: "own"}); err != nil {
						t.Error(err)
					}
					if _, warnings, err := s.list(); err != nil || warnings != nil {
						t.Error(err, warnings)
					}
				}
			})
		}
	}
	programs.Wait()
	if all, warnings, err := openFunctions(t, dir, nil).store.list(); err != nil || warnings != nil || len(all) != 81 {
		t.Errorf("there are %d functions, %v, %v", len(all), warnings, err)
	}
}

func FuzzIDsStayInTheDirectory(f *testing.F) {
	for _, id := range []string{functionID, strings.ToUpper(functionID), "../" + functionID[3:], "", "..", "{" + functionID + "}", strings.Repeat("/", 36)} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		name, ok := fileID(id)
		if ok && (name != strings.ToLower(id) || filepath.Base(name) != name) {
			t.Errorf("the ID %q is the file %q", id, name)
		}
	})
}
