package part

import "slices"

// Action is something that a key can do.
type Action int

// The actions. What each does, and by which keys, is in Bindings.
const (
	NoAction Action = iota
	Send
	Newline
	Back
	Interrupt
	QuitNow
	NextPane
	PrevPane
	NewTask
	RunAgain
	GoRun
	NextRun
	PrevRun
	CloseRun
	CancelAll
	OpenViewer
	CopyAnswer
	CopyThis
	OpenThis
	Reasoning
	Rail
	Help
	Redraw
	Suspend
	Restore
	Paste
	Up
	Down
	PageUp
	PageDown
	Top
	End
	Yes
	No
)

// Context is where a key counts. The focused piece is asked first; a key that
// it does not know is looked up in Global.
type Context string

// The contexts, by the words that the help shows.
const (
	Global     Context = "everywhere"
	InPrompt   Context = "prompt"
	InPane     Context = "transcript, timeline, links"
	InQuestion Context = "question"
)

// Binding is one row of the key table.
type Binding struct {
	Action  Action
	Context Context
	Keys    []string // as Bubble Tea spells them
	Help    string   // what it does, as in a sentence
	Short   string   // the same in one or two words, for the footer; empty: not there
}

// Bindings is the key table: the footer, the help and the README come from it.
func Bindings() []Binding {
	return []Binding{
		{Send, InPrompt, []string{"enter"}, "start the task", "start"},
		{Newline, InPrompt, []string{"ctrl+j", "alt+enter", "shift+enter"}, "begin a new line", ""},
		{Paste, InPrompt, []string{"ctrl+v"}, "paste from the clipboard of this machine", ""},
		{Restore, InPrompt, []string{"alt+z"}, "bring back the text that ctrl+c cleared", ""},

		{Back, Global, []string{"esc"}, "close what is open, else cancel the run in view", "cancel"},
		{Interrupt, Global, []string{"ctrl+c"}, "cancel the run in view, then clear the prompt, then quit", "cancel"},
		{QuitNow, Global, []string{"ctrl+q"}, "quit; asks first while runs go on", "quit"},
		{CancelAll, Global, []string{"alt+x"}, "cancel all runs", ""},
		{NextPane, Global, []string{"tab"}, "go to the next pane", "panes"},
		{PrevPane, Global, []string{"shift+tab"}, "go to the pane before", ""},
		{NewTask, Global, []string{"ctrl+n"}, "write a new task beside the runs", "new task"},
		{RunAgain, Global, []string{"alt+r"}, "put the task of the run in view back into the prompt", "run again"},
		{GoRun, Global, goRunKeys(), "look at run 1 to 9; on the first screen, take the task with that number", ""},
		{NextRun, Global, []string{"alt+right", "ctrl+pgdown"}, "look at the next run", ""},
		{PrevRun, Global, []string{"alt+left", "ctrl+pgup"}, "look at the run before", ""},
		{CloseRun, Global, []string{"alt+w"}, "close the tab of a run that has ended", ""},
		{OpenViewer, Global, []string{"ctrl+o"}, "open the viewer in the browser", "open viewer"},
		{CopyAnswer, Global, []string{"ctrl+y"}, "copy the answer as Markdown", "copy answer"},
		{Reasoning, Global, []string{"ctrl+t"}, "show reasoning folded, its end, or all of it", "reasoning"},
		{Rail, Global, []string{"ctrl+b"}, "put the side rail away, or back", ""},
		{Help, Global, []string{"f1", "?"}, "show the keys (? on an empty prompt)", "help"},
		{Redraw, Global, []string{"ctrl+l"}, "draw the screen anew", ""},
		{Suspend, Global, []string{"ctrl+z"}, "suspend the program", ""},

		{Up, InPane, []string{"up", "k"}, "go up", ""},
		{Down, InPane, []string{"down", "j"}, "go down", ""},
		{PageUp, InPane, []string{"pgup", "u"}, "go up a page", ""},
		{PageDown, InPane, []string{"pgdown", "d"}, "go down a page", ""},
		{Top, InPane, []string{"home", "g"}, "go to the start", ""},
		{End, InPane, []string{"end", "G"}, "go to the end and follow it", ""},
		{OpenThis, InPane, []string{"o"}, "open the viewer link", "open"},
		{CopyThis, InPane, []string{"y"}, "copy the link, or the answer in the transcript", "copy"},

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
