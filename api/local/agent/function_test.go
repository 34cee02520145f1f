package agent

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// kept runs a task at the shop and returns the function that it leaves.
func kept(t *testing.T, a *Agent, task string) (f Function, found json.RawMessage) {
	t.Helper()
	found, err := a.Answer(t.Context(), Request{Task: task}, func(s Step) {
		if saved, is := s.(Saved); is {
			f = saved.Function
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return f, found
}

func TestRunFunction(t *testing.T) {
	t.Parallel()
	server := serve(t, newShop().ServeHTTP)
	a := New(Config{Save: saveAs("f")})
	for _, test := range []struct {
		task    string
		changed map[string]string
		found   string
	}{
		{"list the top 2 products of SHOP/old", map[string]string{"count": "1"}, `{"items":[{"price":"$10","title":"A walnut desk","url":"SHOP/x/1"}]}`},
		{"list the top 2 products of SHOP/old", map[string]string{"url": server.URL + "/new", "count": "0"}, `"A clay pot"`},
		{"list the products of SHOP/old under 15 sorted by price", map[string]string{"where": "price over 15", "sort": "-price"}, `{"items":[{"price":"$30","title":"A wool rug","url":"SHOP/x/3"},{"price":"$20"`},
		{"list the products of SHOP/old containing rug", map[string]string{"contains": ""}, `"A walnut desk"`},
		{"read SHOP/long in 15 words", map[string]string{"words": "11"}, `{"text":"# Long\n\nOne two three four five six seven eight nine ten.\n"}`},
		{"tabulate the places of SHOP/medals", map[string]string{"table": "medals"}, `{"columns":["Country","Medals Gold","Medals Silver"]`},
		{"external links of SHOP/links", map[string]string{"host": "internal"}, `"SHOP/kettle/1"`},
		{"links to pdf on SHOP/links", map[string]string{"ending": ""}, `"SHOP/kettle/1"`},
		{"find \"kettle\" on SHOP/text", map[string]string{"text": "never  late"}, `{"count":1,`},
		{"compare SHOP/old with SHOP/new", map[string]string{"other_url": server.URL + "/old"}, `"changed":[]`},
		{"list the top 2 products of SHOP/old as csv", map[string]string{"format": "json"}, `{"items":[`},
	} {
		f, found := kept(t, a, strings.ReplaceAll(test.task, "SHOP", server.URL))
		var steps []Step
		tell := func(s Step) { steps = append(steps, s) }
		same, err := a.RunFunction(t.Context(), f, nil, tell)
		if err != nil || string(same) != string(found) {
			t.Errorf("%q found %s, and its function %s: %v", test.task, found, same, err)
		}
		if got := outline(steps); strings.Contains(got, "Saved") || strings.Contains(got, toolSave) || !strings.Contains(got, "Speech") {
			t.Errorf("the function of %q told %s", test.task, got)
		}
		other, err := a.RunFunction(t.Context(), f, test.changed, func(Step) {})
		if got := strings.ReplaceAll(string(other), server.URL, "SHOP"); err != nil || !strings.Contains(got, test.found) {
			t.Errorf("%q with %v found %s, want %s: %v", test.task, test.changed, got, test.found, err)
		}
	}
}

func TestRunFunctionRefuses(t *testing.T) {
	t.Parallel()
	list := Function{Name: "f", Skill: skillList, Variables: []Variable{{"url", "url", "https://a.example/"}, {"count", "int", "3"}, {"where", "string", "price under 3"},
		{"sort", "string", ""}, {"format", "string", ""}}}
	find := Function{Name: "f", Skill: skillFind, Variables: []Variable{{"url", "url", "https://a.example/"}, {"text", "string", "x"}}}
	for _, test := range []struct {
		f           Function
		name, value string
		reason      string
	}{
		{list, "size", "3", "does not exist; it has url, count, where, sort, format"},
		{list, "count", "-1", "give a whole number"},
		{list, "count", "3.5", "give a whole number"},
		{list, "count", "1000001", "give a whole number"},
		{list, "count", "", "give a whole number"},
		{list, "url", "", "not the address of a page"},
		{list, "url", "file:///etc/passwd", "only http and https"},
		{list, "url", "https://u:p@a.example/", "user name"},
		{list, "url", "https://a.example/ https://b.example/", "not the address of a page"},
		{list, "where", "nice ones", "which is not a condition"},
		{list, "sort", "by whim and mood", "not a way to sort"},
		{list, "format", "yaml", "give csv, json, table, or nothing"},
		{find, "text", "  ", "is empty"},
		{Function{Name: "f", Skill: skillFind, Variables: find.Variables[:1]}, "text", "", "does not exist"},
	} {
		_, err := New(Config{}).RunFunction(t.Context(), test.f, map[string]string{test.name: test.value}, func(Step) { t.Error("a step was told") })
		var wrong *VariableError
		if !errors.As(err, &wrong) || wrong.Variable != test.name || !strings.Contains(err.Error(), test.reason) || !strings.Contains(err.Error(), `function "f"`) {
			t.Errorf("%s=%q: error %v, want %q", test.name, test.value, err, test.reason)
		}
	}
	for _, f := range []Function{{Name: "f", Skill: "dance"}, {Name: "f", Skill: skillRead}, {Name: "f", Skill: skillFind, Variables: find.Variables[:1]},
		{Name: "f", Skill: skillList, Variables: []Variable{{"url", "url", "https://a.example/"}, {"mood", "string", "x"}}}} {
		if _, err := New(Config{}).RunFunction(t.Context(), f, nil, func(Step) { t.Error("a step was told") }); err == nil || !strings.Contains(err.Error(), `function "f"`) {
			t.Errorf("%+v was run: %v", f, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New(Config{}).RunFunction(ctx, list, nil, func(Step) { t.Error("a step was told") }); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// A function of before the other skills has only a page and a count.
func TestOldFunctionsStillRun(t *testing.T) {
	t.Parallel()
	server := serve(t, newShop().ServeHTTP)
	var f Function
	old := `{"function_id":"x","name":"old","skill":"list","variables":[{"name":"url","type":"url","default":"` + server.URL + `/old"},{"name":"count","type":"int","default":"1"}]}`
	if err := json.Unmarshal([]byte(old), &f); err != nil {
		t.Fatal(err)
	}
	found, err := New(Config{}).RunFunction(t.Context(), f, nil, func(Step) {})
	if err != nil || !strings.Contains(string(found), `"A walnut desk"`) || strings.Contains(string(found), "lamp") {
		t.Errorf("found %s: %v", found, err)
	}
}
