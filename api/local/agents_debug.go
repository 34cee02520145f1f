package local

import (
	"net/http"
	"net/url"
	"strings"
)

// sessionDebug is GET /sessions/{session_id}/debug as far as it is true here:
// there is no browser, so nothing speaks CDP or sends its frames.
type sessionDebug struct {
	DebugURL string       `json:"debug_url"`
	WS       debugSockets `json:"ws"`
	Tabs     []debugTab   `json:"tabs"`
}

type debugSockets struct {
	CDP       *string `json:"cdp"`
	Recording *string `json:"recording"`
	Logs      string  `json:"logs"`
}

// debugTab is the page in front of the session.
type debugTab struct {
	Metadata tabMetadata `json:"metadata"`
	DebugURL string      `json:"debug_url"`
	WSURL    *string     `json:"ws_url"`
}

type tabMetadata struct {
	TabID int    `json:"tab_id"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

// debugSession tells where a session can be watched. The token in ws.logs
// opens the logs and the viewer of this session and nothing else, so it can
// stand in an address, where the key must not.
func (s *Server) debugSession(w http.ResponseWriter, r *http.Request) {
	sess, ok := s.withSessionID(w, r)
	if !ok {
		return
	}
	debug := sessionDebug{
		DebugURL: s.viewerURL(sess),
		WS:       debugSockets{Logs: s.logsURL(sess)},
		Tabs:     []debugTab{},
	}
	if page := sess.since(0).Page; page.Number > 0 {
		debug.Tabs = append(debug.Tabs, debugTab{
			Metadata: tabMetadata{Title: page.Title, URL: page.URL},
			DebugURL: debug.DebugURL,
		})
	}
	writeJSON(w, http.StatusOK, debug)
}

// logsURL is the address of the log of a session's agents.
func (s *Server) logsURL(sess *session) string {
	return "ws" + strings.TrimPrefix(s.url, "http") + "/sessions/" + sess.id + "/debug/logs?" +
		url.Values{"token": {sess.token}}.Encode()
}
