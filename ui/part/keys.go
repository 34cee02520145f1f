package part

import "slices"

// Action is something that a key can do.
type Action int

// The actions. What each does, and by which keys, is in Bindings.
const (
	NoAction Action = iota
	Send
	Newline
	Older
	Newer
	Paste
	Editor
	Undo
	Redo
	Back
	Interrupt
	QuitNow
	Palette
	Find
	NextPane
	PrevPane
	NewTask
	RunAgain
	GoRun
	NextRun
	PrevRun
	CloseRun
	CancelAll
	Board
	OpenViewer
	CopyMenu
	Reasoning
	Rail
	Theme
	Mouse
	Help
	Redraw
	Suspend
	Up
	Down
	PageUp
	PageDown
	Top
	End
	NextItem
	PrevItem
	Fold
	ReadThis
	NextMatch
	PrevMatch
	OpenThis
	CopyThis
	QRCode
	FindHere
	WrapLines
	SaveThis
	Leave
	Choose
	MoveUp
	MoveDown
	Rephrase
	Drop
	NextFound
	PrevFound
	Yes
	No
	PanLeft
	PanRight
	SwitchMode
	Options
	Sessions
	StopSession
	NextField
	PrevField
	Accept
	SavePreset
	DropPreset
	EditField
	UseListed
	StopListed
	CopyID
	OtherList
	ActiveOnly
	Refresh
	StopAll
	LeaveAll
	Stay
)

// Context is where a key counts. The focused piece is asked first; a key that
// it does not know is looked up in Global.
type Context string

// The contexts, by the words that the help shows.
const (
	Global     Context = "everywhere"
	InPrompt   Context = "prompt"
	InPane     Context = "transcript, timeline, links"
	InFind     Context = "find"
	InReader   Context = "reader"
	InList     Context = "list"
	InBoard    Context = "board of runs"
	InQuestion Context = "question"
	InOptions  Context = "options of the agent"
	InBrowse   Context = "sessions and agents"
	InLeaving  Context = "quitting with agents or sessions"
)

// Binding is one row of the key table.
type Binding struct {
	Action  Action
	Context Context
	Keys    []string // as Bubble Tea spells them
	Help    string   // what it does, as in a sentence
	Short   string   // the same in one or two words, for the footer; empty: not there
}

// Bindings is the key table: the footer, the help, the palette and the README
// come from it.
func Bindings() []Binding {
	return slices.Concat(globalBindings(), promptBindings(), paneBindings(), dialogBindings())
}

func promptBindings() []Binding {
	return []Binding{
		{Send, InPrompt, []string{"enter"}, "start the task", "start"},
		{Newline, InPrompt, []string{"ctrl+j", "alt+enter", "shift+enter"}, "begin a new line", ""},
		{Older, InPrompt, []string{"up"}, "on the first line, bring the task before", ""},
		{Newer, InPrompt, []string{"down"}, "on the last line, bring the task after, and in the end the draft", ""},
		{Editor, InPrompt, []string{"ctrl+g"}, "write the task in $EDITOR", ""},
		{Undo, InPrompt, []string{"alt+z", "ctrl+_"}, "undo, also what ctrl+c cleared", ""},
		{Redo, InPrompt, []string{"alt+y"}, "do again what was undone", ""},
		{Paste, InPrompt, []string{"ctrl+v"}, "paste from the clipboard of this machine", ""},
	}
}

func globalBindings() []Binding {
	return []Binding{
		{Back, Global, []string{"esc"}, "close what is open, else cancel the run in view", "cancel"},
		{Interrupt, Global, []string{"ctrl+c"}, "cancel the run in view, then clear the prompt, then quit", "cancel"},
		{QuitNow, Global, []string{"ctrl+q"}, "quit; asks first while runs go on", "quit"},
		{Palette, Global, []string{"ctrl+p", "/"}, "find a command (/ on an empty prompt)", "commands"},
		{Find, Global, []string{"ctrl+f"}, "find in the transcript", "find"},
		{NextPane, Global, []string{"tab"}, "go to the next pane", "panes"},
		{PrevPane, Global, []string{"shift+tab"}, "go to the pane before", ""},
		{NewTask, Global, []string{"ctrl+n"}, "write a new task beside the runs", "new task"},
		{RunAgain, Global, []string{"alt+r"}, "put the task of the run in view back into the prompt", "run again"},
		{GoRun, Global, goRunKeys(), "look at run 1 to 9; on the first screen, take the task with that number", ""},
		{NextRun, Global, []string{"alt+right", "ctrl+pgdown"}, "look at the next run", ""},
		{PrevRun, Global, []string{"alt+left", "ctrl+pgup"}, "look at the run before", ""},
		{Board, Global, []string{"alt+0", "f2"}, "show the board of all runs, and of the queue", "all runs"},
		{CloseRun, Global, []string{"alt+w"}, "close the tab of a run that has ended", ""},
		{CancelAll, Global, []string{"alt+x"}, "cancel all runs", ""},
		{SwitchMode, Global, []string{"alt+a"}, "give tasks to the Anything API, or to an agent of your own", "mode"},
		{Options, Global, []string{"alt+o"}, "choose the options of the agent", "options"},
		{Sessions, Global, []string{"alt+s", "f3"}, "show the browser sessions and the agents of the service", "sessions"},
		{StopSession, Global, []string{"alt+k"}, "stop the browser session of the run in view", "stop session"},
		{OpenViewer, Global, []string{"ctrl+o"}, "open the viewer in the browser", "open viewer"},
		{CopyMenu, Global, []string{"ctrl+y"}, "copy the answer, a link, a result or the whole run", "copy"},
		{Reasoning, Global, []string{"ctrl+t"}, "show reasoning folded, its end, or all of it", "reasoning"},
		{Rail, Global, []string{"ctrl+b"}, "put the side rail away, or back", ""},
		{Theme, Global, []string{"alt+t"}, "choose the colours", ""},
		{Mouse, Global, []string{"ctrl+\\"}, "give the mouse to the terminal, or take it back", "mouse"},
		{Help, Global, []string{"f1", "?"}, "show the keys (? on an empty prompt)", "help"},
		{Redraw, Global, []string{"ctrl+l"}, "draw the screen anew", ""},
		{Suspend, Global, []string{"ctrl+z"}, "suspend the program", ""},
	}
}

func paneBindings() []Binding {
	return []Binding{
		{Up, InPane, []string{"up", "k"}, "go up", ""},
		{Down, InPane, []string{"down", "j"}, "go down", ""},
		{PageUp, InPane, []string{"pgup", "u"}, "go up a page", ""},
		{PageDown, InPane, []string{"pgdown", "d"}, "go down a page", ""},
		{Top, InPane, []string{"home", "g"}, "go to the start", ""},
		{End, InPane, []string{"end", "G"}, "go to the end and follow it", ""},
		{NextItem, InPane, []string{"J"}, "select the next item", "next item"},
		{PrevItem, InPane, []string{"K"}, "select the item before", ""},
		{Fold, InPane, []string{"space"}, "fold or unfold the selected item", "fold"},
		{ReadThis, InPane, []string{"enter"}, "read the selected item on the whole screen", "read"},
		{NextMatch, InPane, []string{"n"}, "go to the next place found", "next found"},
		{PrevMatch, InPane, []string{"N"}, "go to the place found before", "before"},
		{OpenThis, InPane, []string{"o"}, "open the viewer link", "open"},
		{CopyThis, InPane, []string{"y"}, "copy the selected item or link", "copy"},
		{QRCode, InPane, []string{"Q"}, "show the viewer link as a QR code", "QR"},
	}
}

func dialogBindings() []Binding {
	return []Binding{
		{NextFound, InFind, []string{"enter", "down"}, "go to the next place found", "next"},
		{PrevFound, InFind, []string{"up", "shift+enter"}, "go to the place found before", "before"},

		{FindHere, InReader, []string{"/"}, "find in what is read", "find"},
		{WrapLines, InReader, []string{"w"}, "break long lines, or not", "wrap"},
		{SaveThis, InReader, []string{"s"}, "save it to a file", "save"},
		{Leave, InReader, []string{"q"}, "close the reader", "close"},
		{PanLeft, InReader, []string{"left"}, "go left where long lines are not broken", ""},
		{PanRight, InReader, []string{"right"}, "go right where long lines are not broken", ""},

		{Choose, InList, []string{"enter"}, "take what is selected", "take"},

		{Rephrase, InBoard, []string{"e"}, "edit the queued task", "edit"},
		{MoveUp, InBoard, []string{"K"}, "move the queued run up", "move"},
		{MoveDown, InBoard, []string{"J"}, "move the queued run down", ""},
		{Drop, InBoard, []string{"x"}, "drop the queued run, or cancel the one that goes on", "drop"},

		{NextField, InOptions, []string{"tab", "down"}, "go to the next field", "next"},
		{PrevField, InOptions, []string{"shift+tab", "up"}, "go to the field before", ""},
		{Accept, InOptions, []string{"enter"}, "take the options", "take"},
		{EditField, InOptions, []string{"ctrl+g"}, "write the field in $EDITOR", "$EDITOR"},
		{SavePreset, InOptions, []string{"ctrl+s"}, "save the options as a preset with a name", "save preset"},
		{DropPreset, InOptions, []string{"ctrl+x"}, "delete the preset", ""},

		{UseListed, InBrowse, []string{"enter"}, "start an agent on the session, or watch the agent", "use"},
		{StopListed, InBrowse, []string{"x"}, "stop the session or the agent", "stop"},
		{CopyID, InBrowse, []string{"i"}, "copy its id", "copy id"},
		{OtherList, InBrowse, []string{"tab", "shift+tab"}, "go to the agents, or back to the sessions", "other list"},
		{ActiveOnly, InBrowse, []string{"f"}, "show all, or only what is active", "all/active"},
		{Refresh, InBrowse, []string{"r"}, "ask the service again", "refresh"},

		{StopAll, InLeaving, []string{"s"}, "stop all, then quit", "stop all"},
		{LeaveAll, InLeaving, []string{"l"}, "leave all as it is and quit", "leave"},
		{Stay, InLeaving, []string{"n", "esc"}, "do not quit", "stay"},

		{Yes, InQuestion, []string{"y", "enter"}, "yes", "yes"},
		{No, InQuestion, []string{"n", "esc"}, "no", "no"},
	}
}

// GoRunNumber is the number in a key of GoRun.
func GoRunNumber(key string) int { return slices.Index(goRunKeys(), key) + 1 }

func goRunKeys() []string {
	var keys []string
	for n := '1'; n <= '9'; n++ {
		keys = append(keys, "alt+"+string(n))
	}
	return keys
}

// Keys looks actions up by key and keys up by action.
type Keys struct {
	byKey    map[Context]map[string]Action
	bindings []Binding
}

// NewKeys is the lookup of Bindings.
func NewKeys() *Keys {
	k := &Keys{byKey: map[Context]map[string]Action{}, bindings: Bindings()}
	for _, b := range k.bindings {
		if k.byKey[b.Context] == nil {
			k.byKey[b.Context] = map[string]Action{}
		}
		for _, key := range b.Keys {
			k.byKey[b.Context][key] = b.Action
		}
	}
	return k
}

// Action is what key does in the context, or NoAction. Global keys are a
// context of their own.
func (k *Keys) Action(c Context, key string) Action { return k.byKey[c][key] }

// Context is where the first key of an action counts.
func (k *Keys) Context(a Action) Context {
	for _, b := range k.bindings {
		if b.Action == a {
			return b.Context
		}
	}
	return Global
}

// Label is the first key of an action, as the screen shows it.
func (k *Keys) Label(a Action) string {
	for _, b := range k.bindings {
		if b.Action == a {
			return b.Keys[0]
		}
	}
	return ""
}

// Hint is an action's first key and short name, as in "ctrl+n new task".
func (k *Keys) Hint(a Action) (key, short string) {
	for _, b := range k.bindings {
		if b.Action == a {
			return b.Keys[0], b.Short
		}
	}
	return "", ""
}
