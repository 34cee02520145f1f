package prompt

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/ui/part"
)

// walk moves up (u) and down (d) and returns what shows after each key.
func walk(t *testing.T, p *Prompt, keys string) []string {
	t.Helper()
	var seen []string
	for _, key := range keys {
		a := part.Older
		if key == 'd' {
			a = part.Newer
		}
		if intent := do(t, p, a); intent != nil {
			t.Errorf("%c means %#v", key, intent)
		}
		seen = append(seen, strings.TrimPrefix(strings.ReplaceAll(shown(p), "\n   ", "|"), " › "))
	}
	return seen
}

func TestTheTasksOfBefore(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		history []string
		draft   string
		keys    string
		want    string
	}{
		{"none", nil, "draft", "uudd", "draft draft draft draft"},
		{"and the draft", []string{"a", "b"}, "draft", "uuudddd", "b a a b draft draft draft"},
		{"no draft", []string{"a"}, "", "ud", "a Describe a task…"},
		{"equal neighbours", []string{"a", "a", "b", "b", "a"}, "", "uuu", "a b a"},
		{"two lines", []string{"a", "b1\nb2"}, "", "uud", "b1|b2 a b1|b2"},
		{"down in two lines", []string{"a", "b1\nb2"}, "x", "uudd", "b1|b2 a b1|b2 x"},
	} {
		p := newPrompt(80, 10)
		remember(p, test.history...)
		write(p, test.draft)
		if got := strings.Join(walk(t, p, test.keys), " "); got != test.want {
			t.Errorf("%s: %s show %q, want %q", test.name, test.keys, got, test.want)
		}
	}
}

// Within the text, up and down move the cursor; rows that were wrapped count.
func TestUpAndDownMoveWithinTheText(t *testing.T) {
	t.Parallel()
	for _, draft := range []string{"one\ntwo\nthree", strings.Repeat("word ", 20), strings.Repeat("漢", 40), "漢字漢字\n\nthe third", "👩‍👩‍👧👩‍👩‍👧\n🇮🇹🇮🇹🇮🇹🇮🇹\n1️⃣1️⃣1️⃣"} {
		p := newPrompt(40, 10)
		remember(p, "before")
		p.SetText(draft)
		p.Resize(40, p.Want())
		whole := shown(p)
		rows := p.Want()
		for y := rows - 1; y >= 0; y-- {
			if c := p.Cursor(); c.Y != y || shown(p) != whole {
				t.Errorf("in %q the cursor is on row %d, want %d", draft, c.Y, y)
			}
			do(t, p, part.Older)
		}
		if shown(p) != " › before" {
			t.Errorf("from the first row of %q up shows %q", draft, shown(p))
		}
		do(t, p, part.Newer)
		if c := p.Cursor(); shown(p) != whole || c.Y != rows-1 {
			t.Errorf("back in %q the cursor is on row %d of %d", draft, c.Y, rows)
		}
	}
}

// The column is kept over rows that are too short for it.
func TestUpAndDownKeepTheColumn(t *testing.T) {
	t.Parallel()
	p := newPrompt(40, 10)
	p.SetText("a long line\n\n漢字漢字漢字\nend it here")
	p.Resize(40, p.Want())
	for _, want := range []int{13, 3, 14} { // the wide characters stand on odd columns
		do(t, p, part.Older)
		if c := p.Cursor(); c.X != want && c.X != want+1 {
			t.Errorf("on row %d the cursor is at %d, want about %d", c.Y, c.X, want)
		}
	}
}

func TestSentTasksAreKept(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 10)
	for _, task := range []string{"first", "second", "second"} {
		write(p, task)
		submitted(t, p)
	}
	if got := walk(t, p, "uuud"); fmt.Sprint(got) != "[second first first second]" {
		t.Errorf("it shows %q", got)
	}
}

// An entry that is edited keeps its edit until something is sent, and the task
// as it was sent is then there again.
func TestEditsOfTheTasksOfBefore(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 10)
	remember(p, "a", "b")
	write(p, "draft")
	walk(t, p, "u")
	write(p, "!")
	if got := walk(t, p, "udd"); fmt.Sprint(got) != "[a b! draft]" {
		t.Errorf("the edit and the draft show as %q", got)
	}
	walk(t, p, "u")
	if got := submitted(t, p); got != "b!" {
		t.Errorf("%q is submitted", got)
	}
	if got := walk(t, p, "uuu"); fmt.Sprint(got) != "[b! b a]" {
		t.Errorf("after that there is %q", got)
	}
}

// What was written before looking back is not sent by a second enter, and not
// lost.
func TestSendingATaskOfBeforeKeepsTheDraft(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 10)
	remember(p, "a")
	write(p, "draft")
	walk(t, p, "u")
	submitted(t, p)
	if _, ok := do(t, p, part.Send).(part.Say); !ok || !p.Empty() {
		t.Errorf("a second enter sends, or %q is left", shown(p))
	}
	do(t, p, part.Undo)
	if got := submitted(t, p); got != "draft" {
		t.Errorf("undo brings %q", got)
	}
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 10)
	for i := range maxTasks + 10 {
		write(p, fmt.Sprintf("t%d", i))
		submitted(t, p)
	}
	walk(t, p, strings.Repeat("u", maxTasks+20))
	if shown(p) != " › t10" {
		t.Errorf("the oldest is %q", shown(p))
	}
	p = newPrompt(80, 10)
	for i := range 6 {
		p.Update(tea.PasteMsg{Content: fmt.Sprintf("%d", i) + strings.Repeat("x", 1<<20)})
		submitted(t, p)
	}
	walk(t, p, strings.Repeat("u", 30))
	if got := submitted(t, p); got[:1] != "3" || len(got) != 1<<20+1 {
		t.Errorf("the oldest is %.20q", got)
	}
}

// A large task of before comes back folded, and whole.
func TestALargeTaskOfBefore(t *testing.T) {
	t.Parallel()
	p := newPrompt(80, 10)
	task := strings.Repeat("line\n", 900) + "end"
	pasteIn(p, task)
	submitted(t, p)
	do(t, p, part.Older)
	if !strings.Contains(shown(p), "[pasted 901 lines · 5 KB]") || submitted(t, p) != task {
		t.Errorf("it shows %q", shown(p))
	}
}

// remember makes tasks those of before, the oldest first.
func remember(p *Prompt, tasks ...string) {
	for _, task := range tasks {
		p.past.add(clean(task))
	}
	p.past.leave()
}
