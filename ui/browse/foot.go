package browse

import (
	"github.com/charmbracelet/x/ansi"

	"notturno/themes"
	"notturno/ui/part"
)

func (b *Browse) hint(action part.Action, word string) string {
	return themes.Paint(b.theme.Accent, b.keys.Label(action)) + " " + themes.Paint(b.theme.Muted, word)
}

// foot is the keys that do something here.
func (b *Browse) foot() string {
	if b.question != nil {
		return part.Fit("", b.w)
	}
	closes := b.hint(part.Back, "close")
	left := part.Flow(b.hints(), b.w-ansi.StringWidth(closes)-4)[0]
	return part.Sides(" "+left, closes+" ", b.w)
}

// hints are the keys: what can be done with the selected entry, the lists, and
// what is needed less often.
func (b *Browse) hints() []string {
	l := b.shown()
	other, filter := "agents", "all"
	if b.onAgents {
		other = "sessions"
	}
	if l.all {
		filter = "only active"
	}
	lists := []string{b.hint(part.OtherList, other), b.hint(part.ActiveOnly, filter)}
	refresh := b.hint(part.Refresh, "refresh")
	e, ok := l.entry()
	if !ok {
		return append(lists, refresh)
	}
	var hints []string
	switch {
	case e.agent != nil:
		hints = append(hints, b.hint(part.UseListed, "watch"))
	case !b.ended(e):
		hints = append(hints, b.hint(part.UseListed, "start agent"))
	}
	if !b.ended(e) {
		hints = append(hints, b.hint(part.StopListed, "stop"))
	}
	hints = append(hints, lists...)
	if b.viewer(e) != "" {
		hints = append(hints, b.hint(part.OpenThis, "viewer"), b.hint(part.CopyThis, "copy link"), b.hint(part.QRCode, "QR"))
	}
	return append(hints, b.hint(part.CopyID, "copy id"), refresh)
}
