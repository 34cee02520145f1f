package browse

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"notturno/state"
	"notturno/themes"
	"notturno/ui/part"
)

// thisProgram is who uses what a run of this program uses.
const thisProgram = "this program"

// secret is what to know before a viewer link is given to anybody.
const secret = "anyone with the link can watch"

// detail is what there is to know of the selected entry, the most important
// first, in any number of lines. The second one is the viewer link, if there is
// one.
func (b *Browse) detail(e entry) []string {
	lines := []string{b.headline(e)}
	room := b.w - 2
	if link := b.viewerLink(e, room-len("viewer ")); link != "" {
		link = "  " + themes.Paint(b.theme.Muted, "viewer ") + link
		lines = append(lines, part.Sides(link, themes.Paint(b.theme.Warning, secret+" "), b.w))
	}
	problem := func(text string) {
		for _, row := range part.Wrap(part.Line(text, maxDetail*room), room) {
			lines = append(lines, "  "+themes.Paint(b.theme.Error, row))
		}
	}
	if stop := b.stops[e.ref()]; stop.why != "" {
		problem("stop " + stop.state.String() + ": " + stop.why)
	}
	if e.session != nil && e.session.Error != "" {
		problem(string(e.session.Error))
	}
	for _, row := range part.Flow(b.facts(e), room) {
		lines = append(lines, "  "+themes.Paint(b.theme.Muted, row))
	}
	return lines
}

// headline is the whole id, and what it is where there is room to say so.
func (b *Browse) headline(e entry) string {
	id, kind := part.Line(e.id(), b.w), e.kind()+" "
	if len(kind)+ansi.StringWidth(id) > b.w-2 {
		kind = ""
	}
	ours := ""
	if b.ours(e) {
		ours = themes.Paint(b.theme.Accent, thisProgram+" ")
	}
	return part.Sides("  "+themes.Paint(b.theme.Muted, kind)+b.name(id, min(max(ansi.StringWidth(id), len("(no id)")), b.w-2)), ours, b.w)
}

// facts are what else is known, in short texts.
func (b *Browse) facts(e entry) []string {
	var facts []string
	glyph, word, _ := b.mark(e)
	if b.stops[e.ref()].state != state.StopNone || ansi.StringWidth(word)+2 > stateWidth { // so the row does not tell
		facts = append(facts, "listed as "+glyph+" "+word)
	}
	if e.session != nil {
		facts = append(facts, b.clockFacts(e)...)
	}
	if at := e.createdAt(); !at.IsZero() {
		facts = append(facts, "created "+moment(at, b.now))
	}
	if lasted, ok := b.lasted(e); ok && b.ended(e) {
		facts = append(facts, "lasted "+span(lasted))
	}
	if e.agent != nil {
		return append(facts, b.agentFacts(e)...)
	}
	return append(facts, b.sessionFacts(e)...)
}

// clockFacts are the clocks of a session, which narrow rows have no room for.
func (b *Browse) clockFacts(e entry) []string {
	var facts []string
	tell := func(clock, text string) {
		switch text {
		case unknown:
		case over:
			facts = append(facts, clock+" time over")
		default:
			facts = append(facts, clock+" "+text+" left")
		}
	}
	idle, _ := b.idle(e)
	lifetime, _ := b.lifetime(e)
	tell("idle", idle)
	tell("max", lifetime)
	return facts
}

func (b *Browse) agentFacts(e entry) []string {
	var facts []string
	if id := part.Line(e.sessionID(), b.w); id != "" {
		facts = append(facts, "session "+id)
	}
	if e.agent.Saved {
		facts = append(facts, "saved as a workflow")
	}
	return facts
}

func (b *Browse) sessionFacts(e entry) []string {
	s := e.session
	var facts []string
	add := func(format string, values ...any) { facts = append(facts, fmt.Sprintf(format, values...)) }
	if reason := part.Line(s.CloseReason, b.w); reason != "" {
		add("closed by %s", reason)
	}
	if !b.ended(e) && !s.LastAccessedAt.IsZero() {
		add("used %s ago", since(e.clocks.UsedAt, b.now))
	}
	if s.IdleTimeout > 0 {
		add("idle limit %s", span(s.IdleTimeout))
	}
	if s.MaxDuration > 0 {
		add("max %s", span(s.MaxDuration))
	}
	if e.steps > 0 {
		add("%s", part.Count(e.steps, "step"))
	}
	if browser := part.Line(s.BrowserType, b.w); browser != "" {
		add("%s", browser)
	}
	facts = append(facts, option(s.Headless, "headless", "with a window")...)
	facts = append(facts, option(s.Proxies, "proxies", "no proxies")...)
	if s.ViewportWidth > 0 && s.ViewportHeight > 0 {
		add("viewport %d×%d", s.ViewportWidth, s.ViewportHeight)
	}
	return facts
}

// option is the words for what is on or off; none for what is not known.
func option(on *bool, yes, no string) []string {
	switch {
	case on == nil:
		return nil
	case *on:
		return []string{yes}
	}
	return []string{no}
}
