package local

import (
	"fmt"
	"strconv"
	"strings"
)

// workflowCode is the steps of an agent, to be done again without one.
type workflowCode struct {
	PythonScript string `json:"python_script"`
	JSONActions  []any  `json:"json_actions"`
}

// newWorkflowCode writes the steps as a Python script for Notte's SDK: with a
// run function whose variable is the page when it is to be a workflow, else as
// a script to be started. The completion is no action of the browser's: what
// was read last is the result.
func newWorkflowCode(steps []agentStep, asWorkflow bool) workflowCode {
	code := workflowCode{JSONActions: []any{}}
	for _, step := range steps {
		if _, completion := step.Action.(completionAction); !completion {
			code.JSONActions = append(code.JSONActions, step.Action)
		}
	}
	var b strings.Builder
	b.WriteString("from notte_sdk import NotteClient\n\n")
	if asWorkflow {
		writeWorkflow(&b, code.JSONActions)
	} else {
		b.WriteString("client = NotteClient()\n\n")
		writeSession(&b, "", code.JSONActions, "")
		b.WriteString("\nprint(result)\n")
	}
	code.PythonScript = b.String()
	return code
}

func writeWorkflow(b *strings.Builder, actions []any) {
	variable := ""
	for _, action := range actions {
		if opened, ok := action.(gotoAction); ok {
			variable = opened.URL
			break
		}
	}
	if variable == "" {
		b.WriteString("\ndef run():\n")
	} else {
		fmt.Fprintf(b, "\ndef run(url: str = %s):\n", pythonString(variable))
	}
	b.WriteString("    client = NotteClient()\n")
	writeSession(b, "    ", actions, variable)
	b.WriteString("    return result\n")
}

// writeSession writes the actions inside a session; the address variable is
// written as the name url, unless it is empty.
func writeSession(b *strings.Builder, indent string, actions []any, variable string) {
	fmt.Fprintf(b, "%sresult = None\n%swith client.Session() as session:\n", indent, indent)
	inside := indent + "    "
	if len(actions) == 0 {
		fmt.Fprintf(b, "%spass\n", inside)
	}
	for _, action := range actions {
		switch action := action.(type) {
		case gotoAction:
			address := pythonString(action.URL)
			if variable != "" && action.URL == variable {
				address = "url"
			}
			fmt.Fprintf(b, "%ssession.execute(type=\"goto\", url=%s)\n", inside, address)
		case scrapeAction:
			fmt.Fprintf(b, "%sresult = session.scrape(%s)\n", inside, scrapeArguments(action))
		}
	}
}

// scrapeArguments are the parameters that differ from the SDK's defaults.
func scrapeArguments(action scrapeAction) string {
	only := "False"
	if action.OnlyMainContent {
		only = "True"
	}
	if action.Instructions == nil {
		return "only_main_content=" + only
	}
	return fmt.Sprintf("instructions=%s, only_main_content=%s", pythonString(*action.Instructions), only)
}

// pythonString is a Python literal. Go's escapes are Python's as well, and
// leave nothing in the script that does not print.
func pythonString(text string) string { return strconv.Quote(strings.ToValidUTF8(text, "\uFFFD")) }
