package local

import "net/http"

// runMessage is the data of one event of a run's stream.
type runMessage struct {
	Type    string `json:"type"` // session_start, log, error or result
	Message string `json:"message"`
}

// streamRun tells a run as it goes on: its session, the lines of its log, an
// error when it fails, and last its answer as JSON inside a string. The run
// does not wait for its reader, and outlives it.
func (s *Server) streamRun(w http.ResponseWriter, r *http.Request, run *functionRun) {
	out := newEventStream(w)
	defer out.close()
	if err := out.write([]byte(": heartbeat\n\n")); err != nil {
		return
	}
	events := []event{encode(runMessage{"session_start", run.session.id})}
	for told := 0; ; {
		now, changed := run.now()
		for _, line := range now.Logs[told:] {
			events = append(events, encode(runMessage{"log", line}))
		}
		told = len(now.Logs)
		ended := now.Status != runActive
		if ended {
			events = append(events, lastMessages(now)...)
		}
		if err := out.send(events); err != nil || ended {
			return
		}
		events = nil
		select {
		case <-changed:
		case <-r.Context().Done():
			if s.life.Err() == nil {
				return
			}
			<-run.done // the server ends, and the run with it
		}
	}
}

// lastMessages are the end of the stream of a run that has ended.
func lastMessages(r record) []event {
	answer := r.answer()
	var events []event
	if answer.Status != runClosed && len(r.Logs) > 0 {
		events = append(events, encode(runMessage{"error", r.Logs[len(r.Logs)-1]}))
	}
	return append(events, encode(runMessage{"result", string(encode(answer))}))
}
