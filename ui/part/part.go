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

// Wanting is a piece that knows how many rows it would like. A dialog that
// does covers only so many rows, at the bottom of the panes.
type Wanting interface{ Want() int }

// Dialog is a piece that has the keyboard for itself while it is open.
type Dialog interface {
	Part
	// Contexts are where its keys are looked up, in this order.
	Contexts() []Context
}

// Typing is a dialog with a line to type in. While it types, keys that are
// text, and those that mean nothing in its contexts, come to it as they are.
type Typing interface{ Typing() bool }

// Cursored is a piece that shows the real cursor; nil is none. The place is
// within the piece.
type Cursored interface{ Cursor() *tea.Cursor }

// Whole is a dialog that covers the whole screen rather than the panes.
type Whole interface{ Whole() }

// Intent is what a piece wants its parent to do, at once.
type Intent interface{ intent() }

// Submit starts a run of Task. The prompt has let go of the text.
type Submit struct{ Task string }

// Open opens URL in the person's browser.
type Open struct{ URL string }

// Copy puts Text on the clipboard; What names it, as in "viewer link".
type Copy struct{ What, Text string }

// Format is what a text is turned into before it is copied.
type Format int

// The formats.
const (
	PlainText Format = iota // Markdown without its marks
	JSONText                // JSON, indented
	CSVText                 // JSON as rows
)

// CopyAs puts Text on the clipboard in another format. What names it.
type CopyAs struct {
	What, Text string
	As         Format
}

// CopyRun puts the whole run in view on the clipboard, as Markdown.
type CopyRun struct{}

// Save writes Text to a new file. What names it, as in "tool result"; Ext is
// the end of the file's name, as in "json".
type Save struct{ What, Ext, Text string }

// Show scrolls the transcript to the item with the index Item.
type Show struct{ Item int }

// Read opens the reader on the item with the index Item.
type Read struct{ Item int }

// ShowQR shows URL as a code that a phone can read.
type ShowQR struct{ URL string }

// Edit opens Text in the person's editor; what is saved there comes back to
// the prompt.
type Edit struct{ Text string }

// Perform does what the key of an action does, after closing the dialog.
type Perform struct{ Action Action }

// UseTheme draws in the theme with the name. Unless Keep, it is a preview that
// the end of the dialog takes back.
type UseTheme struct {
	Name string
	Keep bool
}

// GoTo looks at the run with the id, after closing the dialog.
type GoTo struct{ Run string }

// Rewrite puts the task of a queued run into the prompt, to be changed there.
type Rewrite struct{ Run string }

// Reorder moves a queued run by so many places, down when positive.
type Reorder struct {
	Run string
	By  int
}

// Cancel cancels the run with the id; a queued one is never sent.
type Cancel struct{ Run string }

// Say shows Text in the footer for a moment.
type Say struct{ Text string }

// Close closes the dialog.
type Close struct{}

// UseOptions takes the options of the agent: texts by the name of the field.
type UseOptions struct{ Values map[string]string }

// KeepPreset keeps options under a name, in the place of an older preset with
// that name.
type KeepPreset struct {
	Name   string
	Values map[string]string
}

// ForgetPreset deletes the preset with the name.
type ForgetPreset struct{ Name string }

// EditOption opens Text in the person's editor; what is saved there comes back
// to the field of the options. Ext is the end of the file's name, as in "json".
type EditOption struct{ Field, Text, Ext string }

// List asks the service for one page of its sessions, or of its agents.
type List struct {
	Agents bool
	All    bool // also those that have ended
	Page   int  // from 1
}

// UseSession begins an agent's task on an open session.
type UseSession struct{ ID string }

// Watch watches an agent that was started elsewhere.
type Watch struct{ Agent, Session string }

// EndSession stops a browser session.
type EndSession struct{ ID string }

// EndAgent stops an agent, not its session.
type EndAgent struct{ Agent, Session string }

// StopAndQuit stops all agents and sessions of this program, and then quits.
type StopAndQuit struct{}

// Quit leaves the program.
type Quit struct{}

// Both is two intents, performed in their order.
type Both struct{ First, Then Intent }

func (Submit) intent()       {}
func (Open) intent()         {}
func (Copy) intent()         {}
func (CopyAs) intent()       {}
func (CopyRun) intent()      {}
func (Save) intent()         {}
func (Show) intent()         {}
func (Read) intent()         {}
func (ShowQR) intent()       {}
func (Edit) intent()         {}
func (Perform) intent()      {}
func (UseTheme) intent()     {}
func (GoTo) intent()         {}
func (Rewrite) intent()      {}
func (Reorder) intent()      {}
func (Cancel) intent()       {}
func (Say) intent()          {}
func (Close) intent()        {}
func (UseOptions) intent()   {}
func (KeepPreset) intent()   {}
func (ForgetPreset) intent() {}
func (EditOption) intent()   {}
func (List) intent()         {}
func (UseSession) intent()   {}
func (Watch) intent()        {}
func (EndSession) intent()   {}
func (EndAgent) intent()     {}
func (StopAndQuit) intent()  {}
func (Quit) intent()         {}
func (Both) intent()         {}

// Do is the message by which the parent tells a piece that the key of an
// action was pressed.
type Do struct{ Action Action }

// Click is the message that the left button was pressed on a cell of the
// piece.
type Click struct{ X, Y int }

// Wheel is the message that the wheel was turned over the piece: so many rows,
// down when positive.
type Wheel struct{ Rows int }
