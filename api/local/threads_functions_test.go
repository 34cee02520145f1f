package local

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// A further turn that changes the same plan makes the next version of its
// function; the versions before it can still be read.
func TestFurtherTurnsVersionTheFunction(t *testing.T) {
	t.Parallel()
	s := startReal(t, Config{Generation: 2})
	thread := ""
	turn := func(query string) string {
		t.Helper()
		body, err := json.Marshal(map[string]string{"query": query, "thread_id": thread})
		if thread == "" {
			body, err = json.Marshal(map[string]string{"query": query})
		}
		if err != nil {
			t.Fatal(err)
		}
		resp := startTask(t.Context(), t, s, string(body))
		thread = resp.Header.Get("X-Thread-Id")
		said := readBody(t, resp)
		if !strings.Contains(said, `"finishReason":"stop"`) {
			t.Fatalf("%q gives\n%s", query, said)
		}
		return said
	}
	get := func(path string) functionObject {
		t.Helper()
		return call[functionObject](t, s, http.MethodGet, path, "", http.StatusOK)
	}
	list := func() []functionObject {
		t.Helper()
		return call[struct{ Items []functionObject }](t, s, http.MethodGet, "/functions", "", http.StatusOK).Items
	}
	turn("list the top 3 posts of the news section")
	first := list()
	if len(first) != 1 || first[0].LatestVersion != "v1" || variable(first[0], "count") != "3" {
		t.Fatalf("the first turn leaves %+v", first)
	}
	path := "/functions/" + first[0].FunctionID

	for i, test := range []struct{ query, count, sort, version string }{
		{"now sorted by points", "3", "-points", "v2"},
		{"the top 10 instead", "10", "-points", "v3"},
		{"the top 10 instead", "10", "-points", "v3"}, // nothing changed
		{"list the top 4 posts", "4", "", "v4"},
	} {
		if said := turn(test.query); !strings.Contains(said, first[0].FunctionID) {
			t.Errorf("turn %d does not name the function:\n%s", i, said)
		}
		now := get(path)
		if now.LatestVersion != test.version || variable(now, "count") != test.count || variable(now, "sort") != test.sort {
			t.Errorf("turn %d, %q, leaves %+v, want %+v", i, test.query, now, test)
		}
	}
	if all := list(); len(all) != 1 || !slices.Equal(all[0].Versions, []string{"v1", "v2", "v3", "v4"}) || !all[0].CreatedAt.Equal(first[0].CreatedAt) {
		t.Errorf("the functions are %+v", all)
	}
	if one := get(path + "?version=v1"); variable(one, "count") != "3" || variable(one, "sort") != "" || one.LatestVersion != "v4" {
		t.Errorf("the first version is %+v", one)
	}

	turn("read the second one")
	if all := list(); len(all) != 2 {
		t.Errorf("another page leaves %+v", all)
	}
	// The same words in another conversation make a function of their own.
	thread = ""
	turn("list the top 3 posts of the news section")
	if all := list(); len(all) != 3 {
		t.Errorf("another thread leaves %+v", all)
	}
}

// A deleted function gets no version: the next turn makes a new one.
func TestFurtherTurnsAfterADeletion(t *testing.T) {
	t.Parallel()
	s := startReal(t, Config{Generation: 2})
	resp := startTask(t.Context(), t, s, `{"query":"list the top 3 posts of the news section"}`)
	thread := resp.Header.Get("X-Thread-Id")
	readBody(t, resp)
	all, _, err := s.functions.store.list()
	if err != nil || len(all) != 1 {
		t.Fatalf("%v, %v", all, err)
	}
	call[any](t, s, http.MethodDelete, "/functions/"+all[0].ID, "", http.StatusOK)
	readBody(t, startTask(t.Context(), t, s, `{"query":"top 5 instead","thread_id":"`+thread+`"}`))
	now, _, err := s.functions.store.list()
	if err != nil || len(now) != 2 || now[0].ID == all[0].ID || now[0].latest() != "v1" {
		t.Errorf("there are %+v, %v", now, err)
	}
}

func variable(object functionObject, name string) string {
	for _, v := range object.Variables {
		if v.Name == name {
			return v.Default
		}
	}
	return ""
}
