package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestPlausibleSize(t *testing.T) {
	t.Parallel()
	size := func(w, h int) tea.Msg { return tea.WindowSizeMsg{Width: w, Height: h} }
	for _, test := range []struct{ in, out tea.Msg }{
		{size(80, 24), size(80, 24)},
		{size(1, 1), size(1, 1)},
		{size(4096, 4096), size(4096, 4096)},
		{size(0, 0), size(80, 24)},
		{size(0, 24), size(80, 24)},
		{size(80, 0), size(80, 24)},
		{size(-1, 24), size(80, 24)},
		{size(4097, 24), nil},
		{size(80, 65535), nil},
		{tea.FocusMsg{}, tea.FocusMsg{}},
		{nil, nil},
	} {
		if got := plausibleSize(nil, test.in); got != test.out {
			t.Errorf("%v becomes %v, want %v", test.in, got, test.out)
		}
	}
}

func TestOpenersTakeTheAddressAsOneArgument(t *testing.T) {
	t.Parallel()
	for system, want := range map[string]string{"linux": "xdg-open", "freebsd": "xdg-open", "darwin": "open", "windows": "rundll32"} {
		if name, args := opener(system); name != want || len(args) > 1 {
			t.Errorf("on %s: %s %q", system, name, args)
		}
	}
}
