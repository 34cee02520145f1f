package schema

import "errors"

// ErrNotChecked says that it is not known whether an answer meets a schema: to
// find out takes too long.
var ErrNotChecked = errors.New("checking it takes too long")

const (
	// maxSteps is how much of checking is done, about as much as a few seconds
	// allow for. A schema can ask for more than anybody can wait for.
	maxSteps = 20_000_000
	// bytesPerStep is how much of a text is looked at in one step.
	bytesPerStep = 16
	// stepsPerLook is how many steps are taken between two looks at whether to stop.
	stepsPerLook = 1 << 12
)

// checking is one check of an answer. When it has to stop, its verdicts are
// worth nothing, and come fast.
type checking struct {
	done  <-chan struct{} // it has to stop when this is closed
	notes bool
	left  int // steps
	look  int // steps until the next look at done
	ended bool
}

func newChecking(done <-chan struct{}, notes bool) *checking {
	return &checking{done: done, notes: notes, left: maxSteps}
}

// spend takes steps, and reports whether there were enough left.
func (c *checking) spend(steps int) bool {
	c.left -= steps
	c.look -= steps
	if c.look <= 0 {
		c.look = stepsPerLook
		select {
		case <-c.done:
			c.ended = true
		default:
		}
	}
	c.ended = c.ended || c.left < 0
	return !c.ended
}
