package local

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// endedProcess is the number of a process that has ended.
func endedProcess(t *testing.T) int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return cmd.Process.Pid
}

func TestActiveRunsOfEndedProgramsHaveFailed(t *testing.T) {
	t.Parallel()
	me := owner{os.Getpid(), "me"}
	now := time.Now().UTC()
	for name, test := range map[string]struct {
		record runObject
		owner  *owner
		want   string
	}{
		"a program that has ended":           {runObject{Status: runActive, UpdatedAt: now}, &owner{endedProcess(t), "x"}, runFailed},
		"another program that lives":         {runObject{Status: runActive, UpdatedAt: now}, &owner{os.Getppid(), "x"}, runActive},
		"its number lives, its run cannot":   {runObject{Status: runActive, UpdatedAt: now.Add(-time.Hour)}, &owner{os.Getppid(), "x"}, runFailed},
		"an earlier program of my number":    {runObject{Status: runActive, UpdatedAt: now}, &owner{os.Getpid(), "x"}, runFailed},
		"a run of a client":                  {runObject{Status: runActive, UpdatedAt: now.Add(-time.Hour)}, nil, runActive},
		"a run that waits":                   {runObject{Status: runCreated, UpdatedAt: now.Add(-time.Hour)}, nil, runActive},
		"a run that ended before its owner":  {runObject{Status: runClosed, UpdatedAt: now}, &owner{endedProcess(t), "x"}, runClosed},
		"a run that was stopped before that": {runObject{Status: runStopped, UpdatedAt: now}, nil, runStopped},
	} {
		test.record.Logs = make([]string, 1, 10)
		test.record.Logs[0] = "opening"
		r := record{test.record, test.owner}
		got := r.shown(me)
		if got.Status != test.want {
			t.Errorf("%s: the run is %s, want %s", name, got.Status, test.want)
		}
		if said := len(got.Logs) == 2 && strings.Contains(got.Logs[1], "ended before the run did"); said != (test.want == runFailed) {
			t.Errorf("%s: its log is %q", name, got.Logs)
		}
		if extended := r.Logs[:2]; extended[1] != "" || len(r.Logs) != 1 {
			t.Errorf("%s: to show it changed it", name)
		}
	}
}

func TestAfterACrashARunHasFailed(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	r := newRecord(f.ID)
	r.Status, r.Owner = runActive, &owner{endedProcess(t), "x"}
	if err := s.functions.records.add(r); err != nil {
		t.Fatal(err)
	}
	path := "/functions/" + f.ID + "/runs/" + r.RunID
	got := expect(t, s, 200, "GET", path, "")
	if logs := got["logs"].([]any); got["status"] != "failed" || len(logs) != 1 {
		t.Errorf("it is %v", got)
	}
	if page := expect(t, s, 200, "GET", "/functions/"+f.ID+"/runs?only_active=true", ""); len(page["items"].([]any)) != 0 {
		t.Errorf("the active runs are %v", page)
	}
	if got := expect(t, s, 200, "DELETE", path, ""); got["status"] != "stopped" {
		t.Errorf("stop answers %v", got)
	}
	if got := expect(t, s, 200, "GET", path, ""); got["status"] != "failed" {
		t.Errorf("after the stop it is %v", got)
	}
	expect(t, s, 200, "PATCH", path, `{"status":"closed"}`)
	if got := expect(t, s, 200, "GET", path, ""); got["status"] != "closed" {
		t.Errorf("after an update it is %v", got)
	}
}

func TestARunOfAnotherProgramIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	r := newRecord(f.ID)
	r.Status, r.Owner = runActive, &owner{os.Getppid(), "x"}
	if err := s.functions.records.add(r); err != nil {
		t.Fatal(err)
	}
	path := "/functions/" + f.ID + "/runs/" + r.RunID
	expectDetail(t, s, 409, "stop it there, or wait until it has ended", "DELETE", path, "")
	if got := expect(t, s, 200, "GET", path, ""); got["status"] != "active" {
		t.Errorf("it is %v", got)
	}
}

func TestOldRunsAreForgotten(t *testing.T) {
	t.Parallel()
	records := openFunctions(t, t.TempDir(), nil).records
	first := newRecord(functionID)
	first.Status, first.Owner = runActive, &owner{os.Getppid(), "x"}
	var added []string // the newest first
	for i := range maxRuns + 5 {
		r := newRecord(functionID)
		if i == 0 {
			r = first
		}
		if err := records.add(r); err != nil {
			t.Fatal(err)
		}
		added = append([]string{r.RunID}, added...)
	}
	all, warnings, err := records.list(functionID)
	if err != nil || warnings != nil {
		t.Fatal(err, warnings)
	}
	var got []string
	for _, r := range all {
		got = append(got, r.RunID)
	}
	if want := append(added[:maxRuns:maxRuns], first.RunID); !slices.Equal(got, want) {
		t.Errorf("%d runs are kept, want %d: the newest and the live one", len(got), len(want))
	}
}

func TestDamagedRunsAreSetAside(t *testing.T) {
	t.Parallel()
	s := startFunctions(t, t.TempDir(), echo)
	f := keepFunction(t, s, "f")
	good, bad := newRecord(f.ID), newRecord(f.ID)
	for _, r := range []record{good, bad} {
		if err := s.functions.records.add(r); err != nil {
			t.Fatal(err)
		}
	}
	path, _ := s.functions.records.path(f.ID, bad.RunID)
	if err := os.WriteFile(path, []byte(`{"function_run_id":`), 0o600); err != nil {
		t.Fatal(err)
	}
	page := expect(t, s, 200, "GET", "/functions/"+f.ID+"/runs", "")
	if items := page["items"].([]any); len(items) != 1 || items[0].(map[string]any)["function_run_id"] != good.RunID {
		t.Errorf("the list is %v", items)
	}
	if warnings := page["warnings"].([]any); len(warnings) != 1 || !strings.Contains(warnings[0].(string), path) {
		t.Errorf("it warns of %v", warnings)
	}
	if aside, err := filepath.Glob(path + ".damaged-*"); err != nil || len(aside) != 1 {
		t.Errorf("set aside are %v (%v)", aside, err)
	}
	expectDetail(t, s, 404, "Run not found", "GET", "/functions/"+f.ID+"/runs/"+bad.RunID, "")
}

// TestLogsHoldNoSecrets checks that what is a secret in an address does not
// get into a file.
func TestLogsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"Opening https://a.example/x?page=2&token=s3cret&y=1.":       "Opening https://a.example/x?page=2&token=…&y=1.",
		`open_page {"url":"https://a.example/?access_token=s3cret"}`: `open_page {"url":"https://a.example/?access_token=…"}`,
		"https://me:s3cret@a.example/path and https://b.example/@me": "https://…@a.example/path and https://b.example/@me",
		"https://a.example/?JWT=s3cret&amp;API_KEY=s3cret":           "https://a.example/?JWT=…&amp;API_KEY=…",
		"https://a.example/?monkey=banana":                           "https://a.example/?monkey=banana",
	} {
		if got := cutLine(line); got != want {
			t.Errorf("%q is kept as %q, want %q", line, got, want)
		}
	}
}
