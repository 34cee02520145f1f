// Package part is what the pieces of the screen and their parent agree on: the
// contract of a piece, the intents that it can have, the actions that keys
// stand for, and how a row is cut to its width.
//
// A piece is a pointer that changes itself. Its parent owns geometry: it calls
// Resize, hands over messages with Update, and joins the rows. A piece never
// talks to its parent through a command, because commands run beside each
// other and the next key could overtake one: it returns an Intent, which the
// parent performs before it reads on.
package part

import (
	tea "charm.land/bubbletea/v2"

	"notturno/themes"
)

// Part is a piece of the screen.
type Part interface {
	// Resize gives the piece its size in cells. Any size may come, 0×0 too.
	Resize(w, h int)
	// Update handles a message. The Intent, or nil, is for the parent, now;
	// the command is I/O, later.
	Update(msg tea.Msg) (Intent, tea.Cmd)
	// Rows are exactly h rows of exactly w cells. It has no side effects that
	// show, and costs next to nothing when nothing has changed.
	Rows() []string
}

// Focusable is a piece that looks or behaves differently when it has the
// keyboard.
type Focusable interface {
	Focus(focused bool)
}

// Themed is a piece that draws in colours.
type Themed interface {
	SetTheme(theme *themes.Theme)
}

// Intent is what a piece wants its parent to do, at once.
type Intent interface{ intent() }

// Submit starts a run of Task. The prompt has let go of the text.
type Submit struct{ Task string }

// Open opens URL in the person's browser.
type Open struct{ URL string }

// Copy puts Text on the clipboard; What names it, as in "viewer link".
type Copy struct{ What, Text string }

// Show scrolls the transcript to the item with the index Item.
type Show struct{ Item int }

// Say shows Text in the footer for a moment.
type Say struct{ Text string }

// Close closes the dialog.
type Close struct{}

// Quit leaves the program.
type Quit struct{}

func (Submit) intent() {}
func (Open) intent()   {}
func (Copy) intent()   {}
func (Show) intent()   {}
func (Say) intent()    {}
func (Close) intent()  {}
func (Quit) intent()   {}

// Do is the message by which the parent tells a piece that the key of an
// action was pressed.
type Do struct{ Action Action }
