package state

// Phase is where a run is in its life.
type Phase int

// The phases, in the order of a run's life. The last five end it.
const (
	Queued      Phase = iota // waiting for its turn; nothing was sent
	Connecting               // the request is on its way
	Running                  // the service has accepted it
	Done                     // finished by itself, with success
	Failed                   // refused, or ended by an error
	TimedOut                 // ended by the service's time limit
	Cancelled                // ended by the person or by the service
	Interrupted              // ours: the connection ended without a terminal event
)

// Ended reports whether nothing can change the run any more.
func (p Phase) Ended() bool { return p >= Done }

// String is the word that people see.
func (p Phase) String() string {
	switch p {
	case Queued:
		return "queued"
	case Connecting:
		return "connecting"
	case Running:
		return "running"
	case Done:
		return "done"
	case Failed:
		return "failed"
	case TimedOut:
		return "timed out"
	case Cancelled:
		return "cancelled"
	case Interrupted:
		return "interrupted"
	}
	return "unknown"
}
