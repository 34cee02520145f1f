package local

import (
	"context"
	"errors"
	"net/http"
	"time"

	"notturno/api/local/agent"
)

// startAnything is POST /api/anything/start: it runs the task and streams the
// run until its terminal event. The run ends with its client, unless the
// client asked to be detached from it.
func (s *Server) startAnything(w http.ResponseWriter, r *http.Request) {
	req, err := readStart(w, r, s.config.Generation)
	if bad := (*badRequest)(nil); errors.As(err, &bad) {
		bad.body.write(w, bad.status)
		return
	}
	sess, err := s.sessions.open(req.query)
	if err != nil {
		w.Header().Set("Retry-After", "5")
		problem{"The run cannot start", err.Error()}.write(w, statusOverloaded)
		return
	}
	if req.detach {
		s.detach(w, req, sess)
		return
	}
	s.stream(w, r, req, sess)
}

// stream runs the task for the client of r and tells it everything.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, req startRequest, sess *session) {
	// A failure to lift it shows as the end of the client, which it is then.
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})

	enc := newEncoder(req.generation, req.threadID)
	enc.header(w.Header())
	out := newEventStream(w)
	defer out.close()

	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	say := func(events []event) {
		if err := out.send(events); err != nil {
			cancel(err)
		}
	}
	say(enc.begin(s.viewerURL(sess)))
	end := s.execute(ctx, sess, func(step agent.Step) {
		for _, piece := range pieces(step) {
			if ctx.Err() != nil {
				return
			}
			say(enc.step(piece))
			s.pace(ctx, piece)
		}
	})
	say(enc.end(end))
}

// detach runs the task by itself, for a client of the second generation that
// does not want to wait: it follows the run on its viewer page.
func (s *Server) detach(w http.ResponseWriter, req startRequest, sess *session) {
	s.work.Go(func() {
		s.execute(s.life, sess, func(agent.Step) {})
	})
	w.Header().Set("X-Thread-Id", req.threadID)
	writeJSON(w, http.StatusAccepted, struct {
		ThreadID string `json:"thread_id"`
		URL      string `json:"url"`
		Status   string `json:"status"`
	}{req.threadID, s.viewerURL(sess), "started"})
}

// pieces cuts the text of a step into words; any other step is one piece.
func pieces(step agent.Step) []agent.Step {
	var cut []agent.Step
	switch step := step.(type) {
	case agent.Thought:
		for word := range words(step.Text) {
			cut = append(cut, agent.Thought{Text: word})
		}
	case agent.Speech:
		for word := range words(step.Text) {
			cut = append(cut, agent.Speech{Text: word})
		}
	default:
		cut = append(cut, step)
	}
	return cut
}

// pace waits after a piece of text for as long as reading it takes.
func (s *Server) pace(ctx context.Context, step agent.Step) {
	switch step.(type) {
	case agent.Thought, agent.Speech:
	default:
		return
	}
	if s.config.Pace <= 0 {
		return
	}
	timer := time.NewTimer(s.config.Pace)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
