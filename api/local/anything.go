package local

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"notturno/api/local/agent"
	"notturno/api/local/validate"
)

// startAnything is POST /api/anything/start.
func (s *Server) startAnything(w http.ResponseWriter, r *http.Request) {
	req, err := readStart(w, r, s.config.Generation)
	if err != nil {
		writeBad(w, r, err)
		return
	}
	s.start(w, r, req)
}

// startTask is POST /anything/start, which takes a task and nothing else.
func (s *Server) startTask(w http.ResponseWriter, r *http.Request) {
	values, ok := read(w, r, maxBodyBytes, validate.Model{Fields: []validate.Field{
		{Name: "task", Type: validate.String, Required: true},
	}}.Body)
	if !ok {
		return
	}
	task := strings.TrimSpace(values.String("task"))
	if task == "" {
		refuse(w, r, http.StatusBadRequest, "Missing required field: task", "task is blank; write what the agent should do")
		return
	}
	s.start(w, r, startRequest{query: task, generation: s.config.Generation, threadID: uuid.NewString()})
}

// start runs the task and streams the run until its terminal event. The run
// ends with its client, unless the client asked to be detached from it.
func (s *Server) start(w http.ResponseWriter, r *http.Request, req startRequest) {
	sess, err := s.sessions.open(req.query)
	if err != nil {
		w.Header().Set("Retry-After", "5")
		refuse(w, r, statusOverloaded, "The run cannot start", err.Error())
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
	end := s.execute(ctx, sess, s.turn(req), func(ctx context.Context, step agent.Step) {
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
		s.execute(s.life, sess, s.turn(req), func(context.Context, agent.Step) {})
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
