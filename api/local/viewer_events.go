package local

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// viewEvery is the least time between two updates of a viewer page.
const viewEvery = 100 * time.Millisecond

// element is one part of the viewer page: what stands at the HTML id from now
// on. One that is not there yet goes to the end of the items.
type element struct {
	ID   string `json:"id"`
	HTML string `json:"html"`
}

// viewEvents is GET /view/{session}/events: the elements of the viewer page
// that have changed since the revision in the Last-Event-ID header, else in
// the since parameter, as they change. After an event named end it is over.
func viewEvents(w http.ResponseWriter, r *http.Request, sess *session) {
	if r.Method == http.MethodHead {
		w.Header().Set("Content-Type", "text/event-stream")
		return
	}
	out := newEventStream(w)
	defer out.close()
	seen := seenRevision(r)
	for {
		snap := sess.since(seen)
		block, err := updateBlock(viewed{snap, sess.id, sess.token})
		if err != nil || out.write(block) != nil || snap.Ended {
			return
		}
		seen = snap.Revision
		select {
		case <-snap.changed:
		case <-r.Context().Done():
			return
		}
		select { // more changes may follow at once
		case <-time.After(viewEvery):
		case <-r.Context().Done():
			return
		}
	}
}

// seenRevision is what the page has already. What cannot be read is 0, which
// asks for everything.
func seenRevision(r *http.Request) int {
	text := r.Header.Get("Last-Event-ID")
	if text == "" {
		text = r.URL.Query().Get("since")
	}
	revision, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return revision
}

// updateBlock is the SSE event of what changed, and of the end.
func updateBlock(view viewed) ([]byte, error) {
	elements, err := view.elements()
	if err != nil {
		return nil, err
	}
	block := fmt.Appendf(nil, "id: %d\ndata: %s\n\n", view.Revision, encode(elements))
	if view.Ended {
		block = append(block, "event: end\ndata: {}\n\n"...)
	}
	return block, nil
}

// elements are the parts of the viewer page that differ from what it has.
func (v viewed) elements() ([]element, error) {
	var elements []element
	add := func(id, template string, data any) error {
		var html bytes.Buffer
		if err := viewerTemplates().ExecuteTemplate(&html, template, data); err != nil {
			return fmt.Errorf("failed to show %s of a session: %w", id, err)
		}
		elements = append(elements, element{id, html.String()})
		return nil
	}
	err := errors.Join(add("state", "state", v), add("outcome", "outcome", v))
	if v.NewPage {
		err = errors.Join(err, add("page", "page", v))
	}
	for _, it := range v.Items {
		err = errors.Join(err, add(fmt.Sprintf("item-%d", it.Number), "item", it))
	}
	return elements, err
}
