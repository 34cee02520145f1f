package dialog

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

const warning = "Quitting stops watching. The service may finish, and bill, what goes on."

func question() *Question {
	return NewQuestion(themes.Notte(), "Quit with 2 runs going on?", []string{warning}, part.Quit{})
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 80} {
		t.Run(fmt.Sprintf("question-%d", w), func(t *testing.T) {
			t.Parallel()
			q := question()
			q.Resize(w, 12)
			golden.RequireEqual(t, parttest.Text(q.Rows()))
		})
	}
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	for w, h := range parttest.Sizes() {
		q := question()
		parttest.Exact(t, q, w, h)
		q.SetTheme(themes.Giorno())
		parttest.Exact(t, q, w, h)
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	for action := part.NoAction; action <= part.No; action++ {
		var want part.Intent
		switch action {
		case part.Yes:
			want = part.Quit{}
		case part.No, part.Back, part.Interrupt:
			want = part.Close{}
		default:
		}
		if got, cmd := question().Update(part.Do{Action: action}); got != want || cmd != nil {
			t.Errorf("action %d answers the question with %#v, want %#v", action, got, want)
		}
	}
}

// All that can be open is a dialog, and says where its keys are.
func TestContexts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		dialog part.Dialog
		want   []part.Context
	}{
		{question(), []part.Context{part.InQuestion, part.Global}},
		{newHelp(true, part.Global), []part.Context{part.InPane, part.Global}},
		{NewPicker(themes.Notte(), "", nil), []part.Context{part.InList, part.InPane, part.Global}},
	} {
		if got := test.dialog.Contexts(); !slices.Equal(got, test.want) {
			t.Errorf("%T: %q, want %q", test.dialog, got, test.want)
		}
	}
}

// A question is never cut so that it says something else, and its keys show.
func TestQuestionsCanBeRead(t *testing.T) {
	t.Parallel()
	for _, w := range []int{32, 40, 60, 80} {
		q := question()
		q.Resize(w, 12)
		text := strings.Join(strings.Fields(parttest.Text(q.Rows())), " ")
		for _, want := range []string{"Quit with 2 runs going on?", warning, "y yes n no"} {
			if !strings.Contains(text, want) {
				t.Errorf("at %d, %q is not in %q", w, want, text)
			}
		}
	}
	q := question()
	q.Resize(40, 2)
	if text := parttest.Text(q.Rows()); !strings.Contains(text, "Quit with 2") || !strings.Contains(text, "y yes") {
		t.Errorf("in two rows: %q", text)
	}
}
