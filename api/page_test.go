package api

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// listed is a list of agents from one to n.
func listed(n int) string {
	items := make([]string, n)
	for i := range items {
		items[i] = fmt.Sprintf(`{"agent_id":"%d"}`, i+1)
	}
	return "[" + strings.Join(items, ",") + "]"
}

// However much a service sends, a page has what was asked for, and says when
// there is more.
func TestPagesAreBounded(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer      string
		page, size  int
		items       int
		first       Text
		next, prior bool
	}{
		"as asked":                 {`{"items":` + listed(3) + `}`, 1, 3, 3, "1", false, false},
		"fewer":                    {`{"items":` + listed(2) + `,"has_next":true}`, 1, 3, 2, "1", true, false},
		"more":                     {`{"items":` + listed(4) + `,"page":1,"page_size":4}`, 1, 3, 3, "1", true, false},
		"more of a later page":     {`{"items":` + listed(4) + `,"has_previous":true}`, 2, 3, 3, "1", true, true},
		"without a size":           {`{"items":` + listed(maxPage+1) + `}`, 0, 0, maxPage, "1", true, false},
		"without pages":            {listed(8), 1, 3, 3, "1", true, false},
		"the next without pages":   {listed(8), 2, 3, 3, "4", true, true},
		"the last without pages":   {listed(8), 3, 3, 2, "7", false, true},
		"beyond the last":          {listed(8), 4, 3, 0, "", false, true},
		"without pages and size":   {listed(maxPage + 1), 0, 0, maxPage, "1", true, false},
		"a page that is no list":   {listed(3), 2, 3, 3, "1", false, false},
		"nulls do not count":       {`{"items":[null,5,[],` + strings.Trim(listed(3), "[]") + `,null]}`, 1, 3, 3, "1", false, false},
		"a size beyond all reason": {listed(5), 1, 1 << 62, 5, "1", false, false},
		"a page beyond all reason": {listed(5), 1 << 62, 4, 0, "", false, true},
	} {
		page, err := answering(t, test.answer).Agents(t.Context(), AgentFilter{Page: test.page, PageSize: test.size})
		first := Text("")
		if len(page.Items) > 0 {
			first = page.Items[0].AgentID
		}
		if err != nil || len(page.Items) != test.items || first != test.first || page.HasNext != test.next || page.HasPrevious != test.prior {
			t.Errorf("%s: %d items from %q, next %t, previous %t, %v", name, len(page.Items), first, page.HasNext, page.HasPrevious, err)
		}
	}
}

// What passes for an id in a list and is none is left out, and the item stays:
// what it stands for may cost.
func TestIDsInLists(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", maxID)
	for id, want := range map[string]Text{
		"a": "a", " a ": " a ", "": "", " \\t\\n": "", "\\u2060": "", long: Text(long), long + "x": "", "\\u3000": "",
	} {
		client := answering(t, `[{"agent_id":"`+id+`","session_id":"`+id+`"}]`)
		agents, err := client.Agents(t.Context(), AgentFilter{})
		if want := []Agent{{AgentID: want, SessionID: want}}; err != nil || !reflect.DeepEqual(agents.Items, want) {
			t.Errorf("%.20q: %+v, %v", id, agents.Items, err)
		}
		sessions, err := client.Sessions(t.Context(), SessionFilter{})
		if err != nil || len(sessions.Items) != 1 || sessions.Items[0].SessionID != want {
			t.Errorf("%.20q: %+v, %v", id, sessions.Items, err)
		}
	}
}
