package local

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// beginTask starts an agent with a task of its own.
func beginTask(t *testing.T, s *Server, task, fields string) agentResponse {
	t.Helper()
	body := fmt.Sprintf(`{"task":%q,"session_id":%q%s}`, task, openSession(t, s), fields)
	return call[agentResponse](t, s, http.MethodPost, "/agents/start", body, 200)
}

const threePosts = `,"response_format":{"$defs":{"Post":{"properties":{"name":{"type":"string"},"link":{"type":"string"},"points":{"type":"integer"}},"required":["name","link","points"],"type":"object"}},` +
	`"properties":{"posts":{"items":{"$ref":"#/$defs/Post"},"type":"array","minItems":3,"maxItems":3}},"required":["posts"],"type":"object"}`

const leagueTable = `,"response_format":{"type":"object","properties":{"teams":{"type":"array","minItems":3,"items":{"type":"object","properties":{"Team":{"type":"string"},"Points":{"type":"integer"}},"required":["Team"]}}},"required":["teams"]}`

func TestAnAgentOnTheSampleSite(t *testing.T) {
	t.Parallel()
	s := startWhole(t, Config{})
	news := s.URL() + "/news"
	for name, test := range map[string]struct {
		task, fields   string
		success, saved bool
		actions        string
		answer         string // a part of it
	}{
		"a list":                 {"list the top 3 posts of " + news, "", true, true, "goto scrape scrape completion", "1. ["},
		"a start page":           {"list the top 3 posts", `,"url":"` + news + `"`, true, true, "goto scrape scrape completion", "1. ["},
		"a format":               {"list the top 3 posts of " + news, threePosts, true, true, "goto scrape scrape completion", `{"posts":[{"link":"http`},
		"a format that does not": {"read " + news, threePosts, false, true, "goto scrape scrape completion", `response_format: posts: it is missing`},
		"a table":                {"show the table on " + s.URL() + "/league as JSON", leagueTable, true, true, "goto scrape scrape completion", `{"teams":[{"Points":52,"Team":"Harbour Rovers"}`},
		"links":                  {"list the links on " + news, `,"response_format":{"type":"array","items":{"type":"object","properties":{"url":{"type":"string"}},"required":["url"]}}`, true, true, "goto scrape scrape completion", `[{"url":"http`},
		"too few steps":          {"list the top 3 posts of " + news, `,"max_steps":2`, false, false, "goto scrape", "max_steps 2"},
		"a page that is gone":    {"read " + s.URL() + "/nowhere", "", false, false, "goto completion", "404"},
		"another trade":          {"book me a table for two", "", false, false, "completion", "NOTTE_API_KEY"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ended(t, s, beginTask(t, s, test.task, test.fields).AgentID)
			if *got.Success != test.success || got.Saved != test.saved || got.actions() != test.actions || !strings.Contains(*got.Answer, test.answer) {
				t.Errorf("success %t, saved %t, actions %s, answer %s", *got.Success, got.Saved, got.actions(), *got.Answer)
			}
		})
	}
}

func TestMaxStepsIsNeverExceeded(t *testing.T) {
	t.Parallel()
	s := startWhole(t, Config{})
	for limit := 1; limit <= 6; limit++ {
		got := ended(t, s, beginTask(t, s, "list the top 3 posts of "+s.URL()+"/news", fmt.Sprintf(`,"max_steps":%d`, limit)).AgentID)
		if len(got.Steps) != min(limit, 4) || *got.Success != (limit >= 4) {
			t.Errorf("max_steps %d: success %t after %d steps: %s", limit, *got.Success, len(got.Steps), *got.Answer)
		}
	}
}
