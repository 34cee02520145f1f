package ui

import (
	"fmt"
	"image/color"
	"time"

	"github.com/charmbracelet/x/ansi"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// How long the wire may be silent before the footer says so, and how loudly.
const (
	quietFrom  = 10 * time.Second
	quietAmber = 20 * time.Second
	quietRed   = 60 * time.Second
	quietOffer = 300 * time.Second
)

// footer is the state of the run in view, and the keys that matter now. What
// does not fit is left out from the end of either side; the first key, which
// cancels while a run goes on, has its place beside the state.
func (a *App) footer() string {
	left, hints := a.status(), a.hints()
	room := a.w - 1
	if len(hints) > 0 {
		room -= ansi.StringWidth(hints[0]) + 4
	}
	if !a.mouse {
		left = append(left, themes.Paint(a.theme.Muted, "mouse released · "+a.keys.Label(part.Mouse)))
	}
	if a.notice.text != "" {
		left, room = []string{themes.Paint(a.theme.Accent, a.notice.text)}, a.w-1
	}
	text := fitParts(left, room)
	right := fitParts(hints, a.w-ansi.StringWidth(text)-4)
	if right != "" {
		right += " "
	}
	return part.Sides(" "+text, right, a.w)
}

// fitParts joins those of the parts with " · " that the width allows, the first
// ones first.
func fitParts(parts []string, width int) string {
	text, used := "", 0
	for _, p := range parts {
		w := ansi.StringWidth(p)
		if used > 0 {
			w += 3
		}
		if used+w > width && used > 0 {
			continue
		}
		if used > 0 {
			text += " · "
		}
		text += p
		used += w
	}
	if used > width {
		return ansi.Truncate(text, max(width, 0), "…")
	}
	return text
}

// status are the words about the run in view, the most important first.
func (a *App) status() []string {
	t := a.runs.tab()
	if t == nil {
		if n := a.runs.going(); n > 0 {
			return []string{themes.Paint(a.theme.Running, a.spinner()+" "+part.Count(n, "run")+" going on")}
		}
		return []string{themes.Paint(a.theme.Muted, "ready")}
	}
	run, now := t.run, a.config.Now()
	glyph, word, color := part.RunMark(a.theme, run)
	if t.queued() {
		return []string{themes.Bold(color, glyph+" "+word), fmt.Sprintf("number %d in the queue", a.runs.place(run.ID))}
	}
	if t.going() {
		glyph = a.spinner()
	}
	words := []string{themes.Bold(color, glyph+" "+word) + " " + part.Clock(run.Elapsed(now))}
	words = append(words, a.agentStatus(run)...)
	if tool := run.OpenTool(); tool != nil {
		words = append(words, part.Line(tool.Name, a.w)+" "+part.Seconds(tool.Duration(now)))
	}
	if quiet := a.quiet(run, now); quiet != "" {
		words = append(words, quiet)
	}
	if run.Agent != nil {
		return words // no cost and no other status is known
	}
	words = append(words, "cost "+run.CostText())
	if word := part.Line(run.Status, a.w); word != "" && !t.ended() && word != run.Phase.String() {
		words = append(words, themes.Paint(a.theme.Muted, ansi.Truncate(word, 24, "…")))
	}
	return words
}

// agentStatus are the words about an agent.
func (a *App) agentStatus(run *state.Run) []string {
	agent := run.Agent
	if agent == nil {
		return nil
	}
	var words []string
	if line := run.StopLine(); line != "" {
		words = append(words, themes.Paint(a.theme.Warning, line))
	}
	if agent.ID != "" {
		words = append(words, agent.StepsText())
	}
	if agent.Polling && !run.Phase.Ended() {
		words = append(words, themes.Paint(a.theme.Muted, "polling"))
	}
	return words
}

// quiet says that nothing has come for a while.
func (a *App) quiet(run *state.Run, now time.Time) string {
	if run.Phase.Ended() {
		return ""
	}
	silent := now.Sub(run.ByteAt)
	if silent < quietFrom {
		if still := now.Sub(run.ProgressAt); still >= quietAmber {
			return themes.Paint(a.theme.Muted, "no progress for "+part.Seconds(still))
		}
		return ""
	}
	text, c := "quiet for "+part.Seconds(silent), color.Color(a.theme.Muted)
	switch {
	case silent >= quietOffer:
		text, c = text+", esc stops watching", a.theme.Error
	case silent >= quietRed:
		c = a.theme.Error
	case silent >= quietAmber:
		c = a.theme.Warning
	}
	return themes.Paint(c, text)
}

// hints are the keys that matter now.
func (a *App) hints() []string {
	t := a.runs.tab()
	switch {
	case a.keyboard() != nil:
		return nil
	case t != nil && a.focus != onPrompt:
		return a.keyHints(paneActions(a.focus, t))
	case t != nil && !t.ended():
		return append(a.cancelHint(t), a.keyHints([]part.Action{part.NextPane, part.NewTask, part.Palette})...)
	case t != nil && a.prompt.Empty():
		return a.keyHints(append(afterwards(t.run), part.Palette))
	}
	if a.agents.on {
		return a.keyHints([]part.Action{part.Send, part.Options, part.Palette, part.Help, part.QuitNow})
	}
	return a.keyHints([]part.Action{part.Send, part.Palette, part.Help, part.QuitNow})
}

// cancelHint is what esc does to the run in view, if it does anything.
func (a *App) cancelHint(t *tab) []string {
	if !t.run.CanCancel() {
		return nil
	}
	key, short := a.keys.Hint(part.Back)
	switch {
	case t.run.Stopping() && t.run.Left().OwnSession:
		short = "stop session too"
	case t.run.Stopping():
		short = "stop waiting"
	}
	return []string{themes.Paint(a.theme.Accent, key) + " " + themes.Paint(a.theme.Muted, short)}
}

// paneActions are the keys that matter in a pane.
func paneActions(f focus, t *tab) []part.Action {
	var actions []part.Action
	switch {
	case f == onTranscript && t.found():
		actions = []part.Action{part.NextMatch, part.PrevMatch}
	case !t.ended():
		actions = []part.Action{part.Back}
	}
	switch f {
	case onTimeline:
		actions = append(actions, part.ReadThis, part.CopyThis)
	case onLinks:
		actions = append(actions, part.OpenThis, part.CopyThis, part.QRCode)
	default:
		actions = append(actions, part.NextItem, part.Fold, part.ReadThis, part.CopyThis)
	}
	return append(actions, part.NextPane, part.Help)
}

// afterwards is what can be done next with a run that has ended.
func afterwards(run *state.Run) []part.Action {
	actions := []part.Action{part.NewTask, part.RunAgain}
	if run.Agent != nil && !run.Agent.Attached && run.Failure != nil {
		actions = []part.Action{part.RunAgain, part.NewTask}
	}
	if run.ViewerURL() != "" {
		actions = append(actions, part.OpenViewer)
	}
	if run.HasAnswer() {
		actions = append(actions, part.CopyMenu)
	}
	if keptOpen(run) {
		actions = append(actions, part.StopSession)
	}
	return actions
}

func (a *App) keyHints(actions []part.Action) []string {
	var hints []string
	for _, action := range actions {
		key, short := a.keys.Hint(action)
		hints = append(hints, themes.Paint(a.theme.Accent, key)+" "+themes.Paint(a.theme.Muted, short))
	}
	return hints
}

// outcomeHints are what can be done after a run, as plain text.
func (a *App) outcomeHints(run *state.Run) []string {
	var hints []string
	for _, action := range afterwards(run) {
		key, short := a.keys.Hint(action)
		hints = append(hints, key+" "+short)
	}
	return hints
}

// behind says how much is below the view of someone who reads further up.
func behind(t *tab) string {
	below, fresh := t.transcript.Behind()
	switch {
	case below == 0:
		return ""
	case fresh > 0:
		return "▼ " + part.Count(fresh, "new row") + " · end"
	}
	return "▼ " + part.Count(below, "row") + " · end"
}
