package local

import "time"

// agentStep is one step of an agent as the Agents API tells it: what the agent
// knew before it acted, and what it did.
type agentStep struct {
	State     agentState `json:"state"`
	Action    any        `json:"action"` // gotoAction, scrapeAction or completionAction
	StartedAt time.Time  `json:"started_at"`
	EndedAt   time.Time  `json:"ended_at"`
}

// agentState is what the agent knew when it decided on the action.
type agentState struct {
	PreviousGoalStatus   string        `json:"previous_goal_status"`
	PreviousGoalEval     string        `json:"previous_goal_eval"`
	PageSummary          string        `json:"page_summary"`
	RelevantInteractions []interaction `json:"relevant_interactions"`
	Memory               string        `json:"memory"`
	NextGoal             string        `json:"next_goal"`
}

// interaction is an element of the page that a step means to use. This agent
// only opens and reads pages, so its steps have none.
type interaction struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// The values of previous_goal_status.
const (
	goalUnknown = "unknown"
	goalSuccess = "success"
	goalFailure = "failure"
)

// The values of an action's type.
const (
	actionGoto       = "goto"
	actionScrape     = "scrape"
	actionCompletion = "completion"
)

// gotoAction opens a page.
type gotoAction struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

// scrapeAction reads the page in front of the agent. Its members are all that
// the protocol has; those that mean nothing to this agent have their defaults.
type scrapeAction struct {
	Type            string   `json:"type"`
	Instructions    *string  `json:"instructions"`
	OnlyMainContent bool     `json:"only_main_content"`
	Selector        *string  `json:"selector"`
	OnlyImages      bool     `json:"only_images"`
	ScrapeLinks     bool     `json:"scrape_links"`
	ScrapeImages    bool     `json:"scrape_images"`
	IgnoredTags     []string `json:"ignored_tags"`
	ResponseFormat  any      `json:"response_format"`
}

// completionAction ends a run that ended by itself.
type completionAction struct {
	Type    string `json:"type"`
	Success bool   `json:"success"`
	Answer  string `json:"answer"`
}

func newScrape(instructions string, onlyMainContent bool) scrapeAction {
	action := scrapeAction{Type: actionScrape, OnlyMainContent: onlyMainContent, ScrapeLinks: true}
	if instructions != "" {
		action.Instructions = &instructions
	}
	return action
}
