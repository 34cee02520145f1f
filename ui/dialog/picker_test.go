package dialog

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

// newPicker is a picker of items, at the size that it would like.
func newPicker(items []Item) *Picker {
	p := NewPicker(themes.Notte(), "Choose", items)
	p.Resize(60, p.Want())
	return p
}

// named are items by their labels; taking one says its label.
func named(labels ...string) []Item {
	items := make([]Item, len(labels))
	for i, label := range labels {
		items[i] = Item{Label: label, Intent: part.Say{Text: label}}
	}
	return items
}

func typed(p *Picker, text string) part.Intent {
	var intent part.Intent
	for _, r := range text {
		intent, _ = p.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return intent
}

func act(p *Picker, a part.Action) part.Intent {
	intent, _ := p.Update(part.Do{Action: a})
	return intent
}

// taken is the label of the item that enter takes.
func taken(t *testing.T, p *Picker) string {
	t.Helper()
	say, ok := act(p, part.Choose).(part.Say)
	if !ok {
		t.Fatal("enter takes nothing")
	}
	return say.Text
}

func TestPickerGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 80} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			p := NewPicker(themes.Notte(), "Commands", Commands(part.Bindings()))
			p.Resize(w, 9)
			all := parttest.Text(p.Rows())
			typed(p, "run")
			act(p, part.Down)
			found := parttest.Text(p.Rows())
			typed(p, "zzz")
			golden.RequireEqual(t, all+"\n---\n"+found+"\n---\n"+parttest.Text(p.Rows()))
		})
	}
}

func TestPickerAtEverySize(t *testing.T) {
	t.Parallel()
	var items []Item
	texts := parttest.Hostile()
	for i, text := range texts {
		text = string(api.Clean(text))
		items = append(items, Item{Label: text, Note: string(api.Clean(texts[(i*7+3)%len(texts)])), Detail: text})
	}
	r := rand.New(rand.NewPCG(1, 2))
	for w, h := range parttest.Sizes() {
		p := NewPicker(themes.Notte(), items[r.IntN(len(items))].Label, items)
		parttest.Exact(t, p, w, h)
		p.SetTheme(themes.Giorno())
		for range 3 {
			p.Update(tea.PasteMsg{Content: []string{"", "a", "e", "漢", "1️⃣", "👩‍👩‍👧‍👦", "\u0301", "\x1b[2J\n"}[r.IntN(8)]})
			act(p, []part.Action{part.Down, part.End, part.PageDown, part.PageUp, part.Up, part.Top}[r.IntN(6)])
			parttest.Exact(t, p, w, h)
			if c := p.Cursor(); c != nil && (c.X < 0 || c.X >= w || c.Y < 0 || c.Y >= h) {
				t.Fatalf("the cursor of %d×%d is at %d, %d", w, h, c.X, c.Y)
			}
		}
	}
}

func TestPickerFinds(t *testing.T) {
	t.Parallel()
	labels := []string{"Copy the text", "Copy the link", "Quit", "Open the viewer"}
	for _, test := range []struct{ query, want string }{
		{"", "Copy the text"},
		{"q", "Quit"},
		{"QUIT", "Quit"},
		{"cl", "Copy the link"},
		{"viewer", "Open the viewer"},
		{"copy", "Copy the text"}, // equal ones keep their order
	} {
		p := newPicker(named(labels...))
		typed(p, test.query)
		if got := taken(t, p); got != test.want {
			t.Errorf("%q finds %q, want %q", test.query, got, test.want)
		}
	}
	p := newPicker([]Item{{Label: "notte", Note: "dark"}, {Label: "giorno", Note: "light", Intent: part.Say{Text: "giorno"}}})
	typed(p, "light")
	if got := taken(t, p); got != "giorno" {
		t.Errorf("a note finds %q", got)
	}
}

func TestPickerWithoutAMatch(t *testing.T) {
	t.Parallel()
	p := newPicker(named("one", "two"))
	typed(p, "tx")
	if text := parttest.Text(p.Rows()); !strings.Contains(text, "nothing matches · backspace") || !strings.Contains(text, "0 of 2") {
		t.Errorf("it shows %q", text)
	}
	for _, a := range []part.Action{part.Choose, part.Up, part.Down, part.End, part.PageUp} {
		if intent := act(p, a); intent != nil {
			t.Errorf("action %d means %#v", a, intent)
		}
	}
	p.Update(part.Click{X: 1, Y: 2})
	p.Update(tea.KeyPressMsg{Code: tea.KeyBackspace})
	if got := taken(t, p); got != "two" {
		t.Errorf("after backspace enter takes %q", got)
	}
}

func TestPickerMoves(t *testing.T) {
	t.Parallel()
	labels := make([]string, 1000)
	for i := range labels {
		labels[i] = fmt.Sprintf("item %d", i)
	}
	p := newPicker(named(labels...))
	if p.Want() != wantItems+2 {
		t.Errorf("a thousand items want %d rows", p.Want())
	}
	for _, step := range []struct {
		msg  tea.Msg
		want int
	}{
		{part.Do{Action: part.Down}, 1},
		{part.Do{Action: part.Up}, 0},
		{part.Do{Action: part.Up}, 0},
		{part.Do{Action: part.PageDown}, wantItems},
		{part.Do{Action: part.PageUp}, 0},
		{part.Do{Action: part.End}, 999},
		{part.Do{Action: part.Down}, 999},
		{part.Wheel{Rows: -3}, 996},
		{part.Do{Action: part.Top}, 0},
		{part.Wheel{Rows: 5}, 5},
	} {
		p.Update(step.msg)
		want := labels[step.want]
		if got := taken(t, p); got != want {
			t.Errorf("after %#v enter takes %q, want %q", step.msg, got, want)
		}
		if text := parttest.Text(p.Rows()); !strings.Contains(text, "› "+want) {
			t.Errorf("after %#v, %q is not shown as selected: %q", step.msg, want, text)
		}
	}
}

func TestPickerTakesWhatIsClicked(t *testing.T) {
	t.Parallel()
	labels := make([]string, 100)
	for i := range labels {
		labels[i] = fmt.Sprintf("item %d", i)
	}
	p := newPicker(named(labels...))
	act(p, part.End)
	for y, row := range p.Rows() {
		intent, _ := p.Update(part.Click{X: 4, Y: y})
		label := strings.Trim(ansi.Strip(row), " ›")
		if y < 2 && intent != nil {
			t.Errorf("a click on row %d takes %#v", y, intent)
		}
		if y >= 2 && intent != (part.Say{Text: label}) {
			t.Errorf("a click on %q takes %#v", label, intent)
		}
	}
	for _, y := range []int{-1, p.Want(), 1000} {
		if intent, _ := p.Update(part.Click{Y: y}); intent != nil {
			t.Errorf("a click on row %d takes %#v", y, intent)
		}
	}
}

func TestPickerPreviews(t *testing.T) {
	t.Parallel()
	theme := func(name string) Item {
		return Item{Label: name, Intent: part.UseTheme{Name: name, Keep: true}, Preview: part.UseTheme{Name: name}}
	}
	undo := part.UseTheme{Name: "mono"}
	items := []Item{theme("notte"), theme("giorno"), {Label: "other"}, theme("mono")}

	p := newPicker(items)
	p.OnCancel = undo
	p.Select(3)
	if intent := act(p, part.Back); intent != (part.Close{}) {
		t.Errorf("esc before any preview means %#v", intent)
	}
	for _, step := range []struct {
		a    part.Action
		want part.Intent
	}{
		{part.Down, nil}, // it does not move
		{part.Up, nil},   // an item without a preview
		{part.Up, items[1].Preview},
		{part.Up, items[0].Preview},
		{part.Up, nil},
		{part.Choose, items[0].Intent},
		{part.Back, part.Both{First: undo, Then: part.Close{}}},
		{part.Interrupt, part.Both{First: undo, Then: part.Close{}}},
	} {
		if intent := act(p, step.a); intent != step.want {
			t.Errorf("action %d means %#v, want %#v", step.a, intent, step.want)
		}
	}
	if intent := typed(p, "g"); intent != items[1].Preview {
		t.Errorf("finding another item means %#v", intent)
	}
	if intent := typed(p, "i"); intent != nil {
		t.Errorf("finding the same item again means %#v", intent)
	}
}

// What was typed is emphasised where it was found, a character as a whole.
func TestPickerEmphasises(t *testing.T) {
	t.Parallel()
	theme := themes.Notte()
	for _, test := range []struct{ label, query, want string }{
		{"open", "e", themes.Bold(theme.Accent, "e")},
		{"open", "op", themes.Bold(theme.Accent, "op")},
		{"日本語", "本", themes.Bold(theme.Accent, "本")},
		{"e\u0301a", "e", themes.Bold(theme.Accent, "e\u0301")},
	} {
		p := newPicker(named(test.label))
		typed(p, test.query)
		if rows := p.Rows(); !strings.Contains(rows[2], test.want) {
			t.Errorf("%q in %q: %q", test.query, test.label, rows[2])
		}
	}
}

func TestPickerEditsItsQuery(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		msg  tea.Msg
		want string
	}{
		{"backspace", tea.KeyPressMsg{Code: tea.KeyBackspace}, " › one two 👩‍👩‍👧"},
		{"ctrl+w", tea.KeyPressMsg{Code: 'w', Mod: tea.ModCtrl}, " › one two"},
		{"ctrl+u", tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl}, " › type to find"},
		{"paste", tea.PasteMsg{Content: "\r\n日\x1b[2J"}, " › one two 👩‍👩‍👧é 日␛[2J"},
		{"a paste that is too long", tea.PasteMsg{Content: strings.Repeat("x", maxQuery)}, " › one two 👩‍👩‍👧é"},
	} {
		p := newPicker(named("one"))
		p.Update(tea.PasteMsg{Content: "one two 👩‍👩‍👧é"})
		p.Update(test.msg)
		row := strings.TrimRight(ansi.Strip(p.Rows()[1]), " ")
		if row != test.want {
			t.Errorf("%s leaves %q, want %q", test.name, row, test.want)
		}
		if c := p.Cursor(); c.Y != 1 || (test.name != "ctrl+u" && c.X < ansi.StringWidth(test.want)) {
			t.Errorf("%s leaves the cursor at %d, %d", test.name, c.X, c.Y)
		}
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	byAction := map[part.Action]Item{}
	for _, item := range Commands(part.Bindings()) {
		perform, ok := item.Intent.(part.Perform)
		if !ok {
			t.Fatalf("%q means %#v", item.Label, item.Intent)
		}
		byAction[perform.Action] = item
	}
	for _, b := range part.Bindings() {
		item, listed := byAction[b.Action]
		if listed && (!strings.EqualFold(item.Label, b.Help) || item.Label == b.Help || item.Detail != b.Keys[0]) {
			t.Errorf("%q with %q is listed for %q", item.Label, item.Detail, b.Help)
		}
	}
	for _, a := range []part.Action{part.NewTask, part.QuitNow, part.CopyMenu, part.Theme, part.Fold, part.OpenThis, part.Editor, part.Undo, part.Help} {
		if _, listed := byAction[a]; !listed {
			t.Errorf("action %d is not listed", a)
		}
	}
	for _, a := range []part.Action{part.Send, part.Paste, part.GoRun, part.Palette, part.Up, part.PageDown, part.Yes, part.Choose, part.Leave, part.Drop} {
		if item, listed := byAction[a]; listed {
			t.Errorf("%q is listed", item.Label)
		}
	}
}

func FuzzPicker(f *testing.F) {
	for _, s := range parttest.Hostile() {
		f.Add(s, "note", "key", s, 40, 6)
	}
	f.Fuzz(func(t *testing.T, label, note, detail, query string, w, h int) {
		w, h = min(max(w, 0), 300), min(max(h, 0), 100)
		item := Item{Label: string(api.Clean(label)), Note: string(api.Clean(note)), Detail: string(api.Clean(detail))}
		p := NewPicker(themes.Notte(), "Fuzz", []Item{item, {Label: "other"}, item})
		p.Update(tea.PasteMsg{Content: query})
		p.Update(part.Do{Action: part.Down})
		parttest.Exact(t, p, w, h)
		p.Update(tea.KeyPressMsg{Code: tea.KeyBackspace})
		parttest.Exact(t, p, w, h)
	})
}

// BenchmarkPicker is a key in a list, from the press to the rows; the list of
// the commands is the reference.
func BenchmarkPicker(b *testing.B) {
	many := make([]Item, 1000)
	for i := range many {
		many[i] = Item{Label: fmt.Sprintf("run %d: list the top posts of the news", i), Detail: "alt+1"}
	}
	for _, bench := range []struct {
		name  string
		items []Item
	}{{"commands", Commands(part.Bindings())}, {"1000 items", many}} {
		b.Run(bench.name, func(b *testing.B) {
			p := newPicker(bench.items)
			for i := 0; b.Loop(); i++ {
				if i%2 == 0 {
					p.Update(tea.KeyPressMsg{Code: 'o', Text: "o"})
				} else {
					p.Update(tea.KeyPressMsg{Code: tea.KeyBackspace})
				}
				p.Rows()
			}
		})
	}
}
