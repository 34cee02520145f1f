package ui

// shape is how the panes are arranged.
type shape int

const (
	card shape = iota // too small for panes: the state of the run, and the prompt
	tabs              // one pane at a time
	rail              // the transcript, with the others beside it
)

// Sizes at which the arrangement changes, in cells.
const (
	minWidth      = 40
	minHeight     = 10
	railFrom      = 90
	wideRailFrom  = 120
	narrowRail    = 32
	wideRail      = 40
	compactBelow  = 60
	chromeHeight  = 4 // header, two rules, footer
	minBodyHeight = 3
)

// layout is where everything is, in cells.
type layout struct {
	shape   shape
	w, h    int
	main    int // width of the transcript, or of the only pane
	rail    int // width of the rail; 0 without one
	body    int // height of the panes
	prompt  int // height of the prompt
	compact bool
}

// arrange works out the layout. want is how many rows the prompt would like;
// panes says whether there is a run to show.
func arrange(w, h, want int, panes, hideRail bool) layout {
	l := layout{w: w, h: h, main: w, compact: w < compactBelow}
	if w < minWidth || h < minHeight {
		l.prompt = cardPrompt(w, h)
		return l
	}
	l.shape = tabs
	if panes && w >= railFrom && !hideRail {
		l.shape, l.rail = rail, narrowRail
		if w >= wideRailFrom {
			l.rail = wideRail
		}
		l.main = w - l.rail - 1
	}
	if !panes || (hideRail && w >= railFrom) {
		l.shape = rail
	}
	l.prompt = max(1, min(want, promptLimit(w, h), h-chromeHeight-minBodyHeight))
	l.body = h - chromeHeight - l.prompt
	return l
}

// promptLimit is the greatest height of the prompt: a third of the screen, or a
// row where there is no room for panes.
func promptLimit(w, h int) int {
	if w < minWidth || h < minHeight {
		return 1
	}
	return max(1, h/3)
}

// cardPrompt leaves room to type where there is any.
func cardPrompt(w, h int) int {
	if h >= 4 && w >= 8 {
		return 1
	}
	return 0
}
