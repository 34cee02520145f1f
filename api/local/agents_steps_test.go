package local

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"notturno/api/local/agent"
)

// listing is what the agent tells when it lists two posts.
func listing() []agent.Step {
	return []agent.Step{
		agent.Thought{Text: "The task asks for 2 posts "},
		agent.Thought{Text: "from one page.\n\n"},
		agent.Call{ID: "call-1", Tool: "open_page", Input: map[string]any{"url": "https://news.example/"}},
		agent.Result{ID: "call-1", Tool: "open_page", Content: "200 OK"},
		agent.View{URL: "https://news.example/", Title: "News", HTML: "<h1>News</h1>"},
		agent.Call{ID: "call-2", Tool: "read_page", Input: map[string]any{"url": "https://news.example/"}},
		agent.Result{ID: "call-2", Tool: "read_page", Content: "links: 9"},
		agent.Thought{Text: "One block repeats 9 times."},
		agent.Call{ID: "call-3", Tool: "extract", Input: map[string]any{"skill": "list", "what": "posts", "count": 2}},
		agent.Result{ID: "call-3", Tool: "extract", Content: `[{"title":"A"},{"title":"B"}]`},
		agent.Speech{Text: "1. A\n"},
		agent.Speech{Text: "2. B\n"},
		agent.Call{ID: "call-4", Tool: "save_function", Input: map[string]any{"name": "news"}},
		agent.Result{ID: "call-4", Tool: "save_function", Content: "saved"},
		agent.Saved{Function: agent.Function{ID: "f"}},
	}
}

// second is the time of the nth thing that happens.
func second(n int) time.Time { return time.Date(2026, 8, 20, 10, 0, n, 0, time.UTC) }

// translated is the steps of the API, the nth thing told at second(n).
func translated(told []agent.Step) (*agentSteps, []agentStep) {
	translate := &agentSteps{}
	var steps []agentStep
	for n, step := range told {
		if done, ok := translate.add(step, second(n)); ok {
			steps = append(steps, done)
		}
	}
	return translate, steps
}

func TestAgentStepsAreTheProtocols(t *testing.T) {
	t.Parallel()
	translate, steps := translated(listing())
	steps = append(steps, translate.complete(true, translate.said(), second(20)))
	want := []string{
		`{"state":{"previous_goal_status":"unknown","previous_goal_eval":"Nothing has been done yet.","page_summary":"No page is open.","relevant_interactions":[],` +
			`"memory":"The task asks for 2 posts from one page.","next_goal":"Open https://news.example/."},` +
			`"action":{"type":"goto","url":"https://news.example/"},"started_at":"2026-08-20T10:00:02Z","ended_at":"2026-08-20T10:00:03Z"}`,
		`{"state":{"previous_goal_status":"success","previous_goal_eval":"open_page worked: 200 OK","page_summary":"News · https://news.example/","relevant_interactions":[],` +
			`"memory":"The task asks for 2 posts from one page.","next_goal":"See what is on the page: title, headings, links, what repeats."},` +
			`"action":{"type":"scrape","instructions":null,"only_main_content":false,"selector":null,"only_images":false,"scrape_links":true,"scrape_images":false,"ignored_tags":null,"response_format":null},` +
			`"started_at":"2026-08-20T10:00:05Z","ended_at":"2026-08-20T10:00:06Z"}`,
		`{"state":{"previous_goal_status":"success","previous_goal_eval":"read_page worked: links: 9","page_summary":"News · https://news.example/\nlinks: 9","relevant_interactions":[],` +
			`"memory":"The task asks for 2 posts from one page.\n\nOne block repeats 9 times.","next_goal":"Take what the task asks for from the page: list 2 posts."},` +
			`"action":{"type":"scrape","instructions":"list 2 posts","only_main_content":true,"selector":null,"only_images":false,"scrape_links":true,"scrape_images":false,"ignored_tags":null,"response_format":null},` +
			`"started_at":"2026-08-20T10:00:08Z","ended_at":"2026-08-20T10:00:09Z"}`,
		`{"state":{"previous_goal_status":"success","previous_goal_eval":"extract worked: [{\"title\":\"A\"},{\"title\":\"B\"}]","page_summary":"News · https://news.example/\nlinks: 9","relevant_interactions":[],` +
			`"memory":"The task asks for 2 posts from one page.\n\nOne block repeats 9 times.","next_goal":"Give the answer."},` +
			`"action":{"type":"completion","success":true,"answer":"1. A\n2. B"},"started_at":"2026-08-20T10:00:20Z","ended_at":"2026-08-20T10:00:20Z"}`,
	}
	if len(steps) != len(want) {
		t.Fatalf("there are %d steps, want %d", len(steps), len(want))
	}
	for i, step := range steps {
		if got := string(encode(step)); got != want[i] {
			t.Errorf("step %d is\n%s\nwant\n%s", i, got, want[i])
		}
	}
}

func TestAFailedStepIsToldByTheNext(t *testing.T) {
	t.Parallel()
	translate, steps := translated([]agent.Step{
		agent.Call{ID: "1", Tool: "open_page", Input: map[string]any{"url": "http://gone.example/"}},
		agent.Result{ID: "1", Tool: "open_page", Content: "the server answered 404", Failed: true},
	})
	if len(steps) != 1 {
		t.Fatalf("there are %d steps", len(steps))
	}
	end := translate.complete(false, "failed to open the page", second(9))
	if end.State.PreviousGoalStatus != "failure" || end.State.PreviousGoalEval != "open_page failed: the server answered 404" ||
		end.State.NextGoal != "Say why the task cannot be done." || end.State.PageSummary != "No page is open." {
		t.Errorf("the completion knows %+v", end.State)
	}
	if action, ok := end.Action.(completionAction); !ok || action.Success || action.Answer != "failed to open the page" {
		t.Errorf("the completion is %+v", end.Action)
	}
}

func TestCallsWithoutAResultAreNoSteps(t *testing.T) {
	t.Parallel()
	for name, told := range map[string][]agent.Step{
		"no result":        {agent.Call{ID: "1", Tool: "open_page"}},
		"no call":          {agent.Result{ID: "1", Tool: "open_page"}},
		"another's":        {agent.Call{ID: "1", Tool: "open_page"}, agent.Result{ID: "2", Tool: "open_page"}},
		"the same again":   {agent.Result{ID: "", Tool: "extract"}},
		"save_function":    {agent.Call{ID: "1", Tool: "save_function"}, agent.Result{ID: "1", Tool: "save_function"}},
		"nothing but talk": {agent.Thought{Text: "hm"}, agent.Speech{Text: "ah"}, agent.Saved{}},
	} {
		if _, steps := translated(told); len(steps) != 0 {
			t.Errorf("%s: there are steps: %+v", name, steps)
		}
	}
}

func TestOtherToolsReadThePage(t *testing.T) {
	t.Parallel()
	_, steps := translated([]agent.Step{
		agent.Call{ID: "1", Tool: "next_page", Input: map[string]any{"b": 2, "a": "x"}},
		agent.Result{ID: "1", Tool: "next_page", Content: "done"},
	})
	if len(steps) != 1 {
		t.Fatalf("there are %d steps", len(steps))
	}
	action, ok := steps[0].Action.(scrapeAction)
	if !ok || action.Instructions == nil || *action.Instructions != "next page a x, b 2" {
		t.Errorf("the action is %s", encode(steps[0].Action))
	}
}

func TestStepsRepeatOnlySoMuch(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 100_000)
	var told []agent.Step
	for n := range 20 {
		id := fmt.Sprint(n)
		told = append(told, agent.Thought{Text: long}, agent.View{URL: "http://x.example/", Title: long},
			agent.Call{ID: id, Tool: "read_page"}, agent.Result{ID: id, Tool: "read_page", Content: long})
	}
	_, steps := translated(told)
	for n, step := range steps {
		if size := len(encode(step)); size > 8<<10 {
			t.Errorf("step %d has %d bytes", n, size)
		}
		state := step.State
		for _, text := range []string{state.Memory, state.PageSummary, state.PreviousGoalEval} {
			if !utf8.ValidString(text) {
				t.Errorf("step %d has a text that is cut inside a character: %q", n, text[:20])
			}
		}
	}
}

func FuzzAgentSteps(f *testing.F) {
	f.Add("The task", "open_page", `{"url":"http://a.example/"}`, "200 OK", "News", false)
	f.Add("\xff", "extract", `{"skill":"list","count":3}`, "", "", true)
	f.Fuzz(func(t *testing.T, thought, tool, input, content, title string, failed bool) {
		var values map[string]any
		if json.Unmarshal([]byte(input), &values) != nil {
			values = nil
		}
		_, steps := translated([]agent.Step{
			agent.Thought{Text: thought},
			agent.View{URL: title, Title: title},
			agent.Call{ID: "1", Tool: tool, Input: values},
			agent.Result{ID: "1", Tool: tool, Content: content, Failed: failed},
		})
		for _, step := range steps {
			var back struct {
				State  map[string]any `json:"state"`
				Action struct {
					Type string `json:"type"`
				} `json:"action"`
			}
			if err := json.Unmarshal(encode(step), &back); err != nil || len(back.State) != 6 {
				t.Fatalf("the step is %s: %v", encode(step), err)
			}
			if !slices.Contains([]string{"goto", "scrape"}, back.Action.Type) {
				t.Errorf("the action has type %q", back.Action.Type)
			}
		}
		if (len(steps) == 1) != (tool != toolSaveFunction) {
			t.Errorf("tool %q gives %d steps", tool, len(steps))
		}
	})
}
