package local

import (
	"encoding/json"
	"strings"
	"testing"

	"notturno/api/local/agent"
)

func TestWorkflowCode(t *testing.T) {
	t.Parallel()
	translate, steps := translated(listing())
	steps = append(steps, translate.complete(true, "done", second(20)))
	const actions = `[{"type":"goto","url":"https://news.example/"},` +
		`{"type":"scrape","instructions":null,"only_main_content":false,"selector":null,"only_images":false,"scrape_links":true,"scrape_images":false,"ignored_tags":null,"response_format":null},` +
		`{"type":"scrape","instructions":"list 2 posts","only_main_content":true,"selector":null,"only_images":false,"scrape_links":true,"scrape_images":false,"ignored_tags":null,"response_format":null}]`
	for asWorkflow, script := range map[bool]string{
		false: `from notte_sdk import NotteClient

client = NotteClient()

result = None
with client.Session() as session:
    session.execute(type="goto", url="https://news.example/")
    result = session.scrape(only_main_content=False)
    result = session.scrape(instructions="list 2 posts", only_main_content=True)

print(result)
`,
		true: `from notte_sdk import NotteClient


def run(url: str = "https://news.example/"):
    client = NotteClient()
    result = None
    with client.Session() as session:
        session.execute(type="goto", url=url)
        result = session.scrape(only_main_content=False)
        result = session.scrape(instructions="list 2 posts", only_main_content=True)
    return result
`,
	} {
		code := newWorkflowCode(steps, asWorkflow)
		if code.PythonScript != script {
			t.Errorf("as_workflow=%t gives\n%s\nwant\n%s", asWorkflow, code.PythonScript, script)
		}
		if got := string(encode(code.JSONActions)); got != actions {
			t.Errorf("as_workflow=%t gives the actions\n%s\nwant\n%s", asWorkflow, got, actions)
		}
	}
}

func TestWorkflowCodeOfAnAgentThatDidNothing(t *testing.T) {
	t.Parallel()
	for asWorkflow, want := range map[bool]string{
		false: "with client.Session() as session:\n    pass\n",
		true:  "def run():\n",
	} {
		code := newWorkflowCode([]agentStep{(&agentSteps{}).complete(false, "no", second(0))}, asWorkflow)
		if !strings.Contains(code.PythonScript, want) || string(encode(code.JSONActions)) != "[]" {
			t.Errorf("as_workflow=%t gives %+v", asWorkflow, code)
		}
	}
}

func TestPythonStringsCannotBeLeft(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`a"); import os; ("`: `"a\"); import os; (\""`,
		"two\nlines\r":       `"two\nlines\r"`,
		`back\`:              `"back\\"`,
		"\x00\x1b\x7f\u202e": `"\x00\x1b\x7f\u202e"`,
		"a\u2028b":           `"a\u2028b"`,
		"日本 é":               `"日本 é"`,
		"bad \xff":           `"bad �"`,
		"\U000e0041":         `"\U000e0041"`,
	} {
		if got := pythonString(text); got != want {
			t.Errorf("%q becomes %s, want %s", text, got, want)
		}
	}
}

func FuzzWorkflowCode(f *testing.F) {
	f.Add("https://news.example/", "list 2 posts", true)
	f.Add("\"\n'''", "\\", false)
	f.Fuzz(func(t *testing.T, address, want string, asWorkflow bool) {
		_, steps := translated([]agent.Step{
			agent.Call{ID: "1", Tool: toolOpenPage, Input: map[string]any{"url": address}},
			agent.Result{ID: "1", Tool: toolOpenPage},
			agent.Call{ID: "2", Tool: toolExtract, Input: map[string]any{"what": want}},
			agent.Result{ID: "2", Tool: toolExtract},
		})
		code := newWorkflowCode(steps, asWorkflow)
		if got := strings.Count(code.PythonScript, "\n"); got != 10 {
			t.Errorf("the script has %d lines:\n%s", got, code.PythonScript)
		}
		if _, err := json.Marshal(code); err != nil {
			t.Error(err)
		}
	})
}
