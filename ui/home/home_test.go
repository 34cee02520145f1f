package home

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"notturno/api"
	"notturno/themes"
	"notturno/ui/part/parttest"
)

var examples = []string{"list the top 3 posts of 127.0.0.1:41207/news", "read 127.0.0.1:41207/about", "tabulate 127.0.0.1:41207/league"}

const about = "The local backend answers, on this machine: rules, no AI, no account."

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 80, 140} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			p := New(themes.Notte(), about, examples)
			p.SetNumbered(true)
			p.Resize(w, 18)
			golden.RequireEqual(t, parttest.Text(p.Rows()))
		})
	}
}

func TestRowsAtEverySize(t *testing.T) {
	t.Parallel()
	var hostile []string
	for _, s := range parttest.Hostile() {
		hostile = append(hostile, api.Clean(s).Line())
	}
	for i := 0; i+5 <= len(hostile); i += 5 {
		p := New(themes.Notte(), hostile[i], hostile[i:i+5])
		for w, h := range parttest.Sizes() {
			p.SetNumbered(h%2 == 0)
			parttest.Exact(t, p, w, h)
		}
		p.SetTheme(themes.Giorno())
		parttest.Exact(t, p, 80, 24)
	}
}

func TestExamplesAreNumberedOnlyWhereNumbersTakeThem(t *testing.T) {
	t.Parallel()
	p := New(themes.Notte(), about, examples)
	p.Resize(80, 24)
	if text := parttest.Text(p.Rows()); strings.Contains(text, "alt+") || !strings.Contains(text, examples[2]) || !strings.Contains(text, "esc goes back") {
		t.Errorf("beside runs: %q", text)
	}
	p.SetNumbered(true)
	if text := parttest.Text(p.Rows()); !strings.Contains(text, "alt+3  "+examples[2]) || strings.Contains(text, "alt+4") {
		t.Errorf("without runs: %q", text)
	}
}

func TestFewOrManyExamples(t *testing.T) {
	t.Parallel()
	p := New(themes.Notte(), about, nil)
	p.Resize(80, 24)
	if text := parttest.Text(p.Rows()); strings.Contains(text, "Try") {
		t.Errorf("nothing to try: %q", text)
	}
	p = New(themes.Notte(), about, strings.Split(strings.Repeat("task ", 20), " "))
	p.Resize(80, 24)
	if n := strings.Count(parttest.Text(p.Rows()), "·  task"); n != maxExamples {
		t.Errorf("%d examples show, want %d", n, maxExamples)
	}
}

// Where there is little room the way to start is still there.
func TestLowScreens(t *testing.T) {
	t.Parallel()
	p := New(themes.Notte(), about, examples)
	for h := 3; h < 24; h++ {
		p.Resize(60, h)
		if text := parttest.Text(p.Rows()); !strings.Contains(text, "Type a task") {
			t.Errorf("at a height of %d: %q", h, text)
		}
	}
}
