package state

import (
	"strings"
	"testing"

	"notturno/api"
)

// A viewer link lets anyone watch. Services repeat it in results and answers.
func TestMarkdownHasNoViewerLinks(t *testing.T) {
	t.Parallel()
	const link = "https://viewer.example/live?session=1&key=5ecret%3A5ecret%3A5ecret"
	for _, mention := range []string{
		link, "see " + link + ".", "https://other.example/?key=5ecret%3A5ecret%3A5ecret", "the key is 5ecret:5ecret:5ecret",
		`{"viewer":"https:\/\/viewer.example\/live?session=1&key=5ecret%3A5ecret%3A5ecret"}`,
		`{"viewer":"https://viewer.example/live?session=1\u0026key=5ecret%3A5ecret%3A5ecret"}`,
		`{"u":"https://viewer.example/other?session=1\u0026key=5ecret%3A5ecret%3A5ecret"}`,
	} {
		r := New("1", LocalBackend, mention, start)
		said := api.Text(mention)
		r.Apply(arrivals(
			api.SessionData{ViewerURL: "https://viewer.example/live?a=1"}, api.SessionData{ViewerURL: "https://viewer.example/live"},
			api.SessionData{ViewerURL: link},
			api.ThinkingDelta{Delta: said}, api.TextDelta{Delta: said}, api.ToolStart{Name: said, Input: said},
			api.ToolResult{Content: said}, api.Notice{Text: said}, api.FunctionUploaded{FunctionID: said, FunctionName: said},
			api.Failed{Error: said, Detail: said},
		))
		got := r.Markdown()
		if strings.Contains(got, "5ecret") {
			t.Errorf("%q is told in\n%s", mention, got)
		}
		if n := strings.Count(got, "(viewer link)"); n != 11 {
			t.Errorf("for %q, %d places say that there was a link, want 11:\n%s", mention, n, got)
		}
	}
}

// Words that come in the place of a link are no secrets: they are everywhere.
func TestMarkdownKeepsWordsThatOnlyPassForLinks(t *testing.T) {
	t.Parallel()
	r := begun()
	r.Apply(arrivals(api.SessionData{ViewerURL: "e"}, api.SessionData{ViewerURL: "https://viewer.example/?posts"}, api.TextDelta{Delta: "here"}))
	if got := r.Markdown(); !strings.HasPrefix(got, "# list the top 3 posts\n\nhere\n") {
		t.Errorf("the run is %q", got)
	}
}

// A session that the run was not told of has a link as well.
func TestMarkdownHasNoTokens(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"https://a.example/v?ws=wss%3A%2F%2Fb.example%3Fjwt%3DeyJ5ecret5ecret5ecret&x=1": "https://a.example/v?ws=wss%3A%2F%2Fb.example%3Fjwt%3D(hidden)&x=1",
		"https://a.example/v?jwt=eyJ5ecret.5ecret_5ecret-":                               "https://a.example/v?jwt=(hidden)",
		`{"u":"https://a.example/v?x=1\u0026access_token=5ecret5ecret5ecret","y":1}`:     `{"u":"https://a.example/v?x=1\u0026access_token=(hidden)","y":1}`,
		"token=token=5ecret5ecret5ecret":                                                 "token=token=(hidden)",
		"Authorization: Bearer eyJ5ecret5ecret":                                          "Authorization: Bearer (hidden)",
		"from https://me:5ecret@a.example/v":                                             "from https://(hidden)@a.example/v",
		"https://a.example/v?password=5ecret&key=shoes":                                  "https://a.example/v?password=(hidden)&key=shoes",
		`{"next_token":"page 2"}`:                                                        `{"next_token":"page 2"}`,
		"token=short and jwt":                                                            "token=short and jwt",
		"token=fifteen_letters, jwt=sixteen___letters":                                   "token=fifteen_letters, jwt=(hidden)",
	}
	for said, want := range tests {
		r := begun()
		r.Apply(arrivals(api.TextDelta{Delta: api.Text(said)}))
		if got := r.Markdown(); !strings.Contains(got, "\n\n"+want+"\n") {
			t.Errorf("%q is told in\n%s", said, got)
		}
	}
}
