package form_test

import (
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/state/options"
	"notturno/ui/form"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

func presets() []form.Preset {
	return []form.Preset{
		{Name: "prices", Values: options.Values{options.MaxSteps: "40", options.Vision: "off"}},
		{Name: "日本", Values: options.Values{options.URL: "example.jp", "of.another.version": "x"}},
	}
}

func TestAPresetFillsTheForm(t *testing.T) {
	t.Parallel()
	own := options.Values{options.URL: "own.example", "notifier_config": `{"secret":1}`}
	f := newForm(form.Config{Values: own, Presets: presets()})
	wantShown(t, f, "▸ Preset", "‹ none ›")
	keys(f, "<right>")
	wantShown(t, f, "‹ prices ›")
	wantValues(t, taken(t, f), options.Values{options.MaxSteps: "40", options.Vision: "off", "notifier_config": `{"secret":1}`})
	keys(f, "<right>")
	wantValues(t, taken(t, f), options.Values{options.URL: "example.jp", "notifier_config": `{"secret":1}`})
	keys(f, "<right>") // none: what was there before
	wantValues(t, taken(t, f), own)
}

func TestTheFormKnowsItsPreset(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Values: options.Values{options.URL: "example.jp"}, Presets: presets()})
	wantShown(t, f, "‹ 日本 ›")
	wantHidden(t, f, "changed since")
	f = newForm(form.Config{Values: options.Values{options.URL: "example.jp"}, Presets: presets(), Focus: options.URL})
	keys(f, "!")
	wantShown(t, f, "日本  changed since")
}

func TestAPresetIsKept(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Values: options.Values{options.URL: "own.example", "notifier_config": `{"secret":1}`}, Presets: presets()})
	if intent := keys(f, "<ctrl+s><enter>"); intent != nil {
		t.Fatalf("a preset without a name is %#v", intent)
	}
	f.Update(tea.PasteMsg{Content: " my\nown "})
	wantShown(t, f, "save as ›", "enter save")
	keep, ok := keys(f, "<enter>").(part.KeepPreset)
	if !ok || keep.Name != "my own" {
		t.Fatalf("enter is %#v", keep)
	}
	wantValues(t, keep.Values, options.Values{options.URL: "own.example"}) // a secret is kept nowhere
	wantShown(t, f, "‹ my own ›")
	keys(f, "<right>") // none: nothing is lost
	wantShown(t, f, "‹ none ›", "own.example")
	keys(f, "<left>")

	keys(f, "<tab><tab><tab><tab>x<ctrl+s>")
	wantShown(t, f, "save as › my own", "enter replace the preset")
	if keep, ok := keys(f, "<enter>").(part.KeepPreset); !ok || keep.Name != "my own" || keep.Values[options.URL] != "own.examplex" {
		t.Errorf("the second time it is %#v", keep)
	}
	if intent := keys(f, "<ctrl+s>other<esc>"); intent != nil {
		t.Errorf("esc is %#v", intent)
	}
	wantHidden(t, f, "save as")
}

func TestAPresetIsForgotten(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Presets: presets()})
	if intent := keys(f, "<ctrl+x>"); intent != (part.Say{Text: "no preset is chosen"}) {
		t.Errorf("without a preset ctrl+x is %#v", intent)
	}
	keys(f, "<right><ctrl+x>")
	wantShown(t, f, "delete the preset prices?")
	if intent := keys(f, "xn"); intent != nil {
		t.Errorf("no is %#v", intent)
	}
	wantShown(t, f, "‹ prices ›")
	for _, yes := range []string{"y", "<enter>"} {
		f := newForm(form.Config{Presets: presets()})
		if intent := keys(f, "<right><ctrl+x>"+yes); intent != (part.ForgetPreset{Name: "prices"}) {
			t.Errorf("%s is %#v", yes, intent)
		}
		wantShown(t, f, "‹ none ›")
		wantHidden(t, f, "prices")
		wantValues(t, taken(t, f), presets()[0].Values) // what was chosen stays
	}
}

func TestWhatIsAskedHasTheKeyboard(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Presets: presets(), Focus: options.URL})
	keys(f, "<ctrl+s><tab><ctrl+x><ctrl+g>"+strings.Repeat("n", 60))
	if c := f.Cursor(); c == nil || c.Y != 59 {
		t.Errorf("the cursor is %v", c)
	}
	keep, ok := keys(f, "<enter>").(part.KeepPreset)
	if !ok || len(keep.Name) != 40 {
		t.Errorf("enter is %#v", keep)
	}
	wantShown(t, f, "▸ Start URL")
}

func TestFieldsOfASessionThatIsNotStartedAreNotChecked(t *testing.T) {
	t.Parallel()
	values := options.Values{options.SessionID: "s-1", "session.viewport": "big"}
	f := newForm(form.Config{Values: values, Focus: "session.viewport"})
	keys(f, "<tab>")
	wantHidden(t, f, "✗")
	wantValues(t, taken(t, f), values)
}

func TestTheEditor(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: options.ResponseFormat})
	if intent := keys(f, "<ctrl+g>"); intent != (part.EditOption{Field: options.ResponseFormat, Ext: "json"}) {
		t.Errorf("ctrl+g is %#v", intent)
	}
	text := "{\n  \"type\": \"object\"\n}"
	f.Update(form.Edited{Field: options.ResponseFormat, Text: text + "\n"})
	wantShown(t, f, "JSON, 3 lines", "ctrl+g edits it")
	wantValues(t, taken(t, f), options.Values{options.ResponseFormat: text})
	keys(f, "typed<left>") // not into a document of several lines
	if intent := keys(f, "<ctrl+g>"); intent != (part.EditOption{Field: options.ResponseFormat, Text: text, Ext: "json"}) {
		t.Errorf("ctrl+g is %#v", intent)
	}
	f.Update(form.Edited{Field: options.ResponseFormat, Err: "the editor failed"})
	wantShown(t, f, "✗ the editor failed", "JSON, 3 lines")
	f.Update(form.Edited{Field: options.ResponseFormat, Text: "{\n"})
	wantShown(t, f, "✗ is not JSON")
	keys(f, "<backspace>")
	wantValues(t, taken(t, f), nil)
	f.Update(form.Edited{Field: "of.another.version", Text: "x"})
	wantValues(t, taken(t, f), nil)
	if intent, ok := keys(f, "<up><ctrl+g>").(part.Say); !ok {
		t.Errorf("on a field without JSON ctrl+g is %#v", intent)
	}
}

func TestPasting(t *testing.T) {
	t.Parallel()
	format := files(t)["object"]
	for _, tt := range []struct{ name, focus, typed, pasted, want string }{
		{"lines and controls", options.URL, "a ", "b\r\nc\td\re\x1b[31m\u202e", "a b c d e␛[31m<202E>"},
		{"a document", options.ResponseFormat, "", "{\r\n \"type\": \"object\"\n}\n", `{"type":"object"}`},
		{"a path", options.ResponseFormat, "", format, format},
		{"onto a switch", options.Vision, "", "on", ""},
		{"what is long", options.URL, "a", strings.Repeat("b\n", 3000), "a" + strings.TrimSpace(strings.Repeat("b ", 3000))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newForm(form.Config{Focus: tt.focus})
			keys(f, tt.typed)
			f.Update(tea.PasteMsg{Content: tt.pasted})
			keep, _ := keys(f, "<ctrl+s>n<enter>").(part.KeepPreset)
			if got := keep.Values[tt.focus]; got != tt.want {
				t.Errorf("the value is %q, want %q\n%s", got, tt.want, parttest.Text(f.Rows()))
			}
		})
	}
}

func TestTooLongToPaste(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: options.ResponseFormat})
	f.Update(tea.PasteMsg{Content: strings.Repeat("x", 1<<20+1)})
	wantShown(t, f, "✗ too long")
	wantValues(t, taken(t, f), nil)
}

func TestWrongValuesAreNotKept(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "none.json")
	for _, tt := range []struct {
		values      options.Values
		label, says string
	}{
		{options.Values{options.MaxSteps: "151"}, "Max steps", "✗ 151 is out of bounds"},
		{options.Values{options.ResponseFormat: missing, "session.headless": "on"}, "Response format", "cannot be read"},
		{options.Values{options.SessionID: "s-1", "session.viewport": "big"}, "Viewport", "is not a size"}, // it is of no use now, but may be once
	} {
		f := newForm(form.Config{Values: tt.values, Focus: "vault_id"})
		if intent := keys(f, "<ctrl+s>"); intent != nil {
			t.Errorf("of %v ctrl+s is %#v", tt.values, intent)
		}
		wantHidden(t, f, "save as ›")
		wantShown(t, f, "▸ "+tt.label, tt.says)
	}
	f := newForm(form.Config{Values: options.Values{"session.proxies": missing}})
	_, cmd := press(f, named("ctrl+s"))
	wantShown(t, f, "● reading the files")
	f.Update(form.Edited{Field: options.URL, Text: "other.example"})
	f.Update(cmd())
	wantHidden(t, f, "save as ›") // what was checked is not there any more
}

func TestWhatAPresetLeavesOutIsSaid(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Values: options.Values{options.URL: "https://a.example/?key=x", "notifier_config": "{}", options.MaxSteps: "5"}, Focus: options.Vision})
	wantHidden(t, f, "may be secret")
	keys(f, "<ctrl+s>")
	wantShown(t, f, "save as ›", "not saved with it, for they may be secret: Start URL, Notifier")
	f.Resize(80, 8)
	wantShown(t, f, "not saved with it")
	f.Resize(100, 60)
	keep, _ := keys(f, "n<enter>").(part.KeepPreset)
	wantValues(t, keep.Values, options.Values{options.MaxSteps: "5"})
	wantHidden(t, f, "may be secret")

	f = newForm(form.Config{Values: options.Values{options.MaxSteps: "5"}})
	keys(f, "<ctrl+s>")
	wantShown(t, f, "save as ›")
	wantHidden(t, f, "may be secret")
}

func TestASchemaThatIsTooDeepIsRefused(t *testing.T) {
	t.Parallel()
	const deep = 9000
	f := newForm(form.Config{Focus: options.ResponseFormat})
	f.Update(tea.PasteMsg{Content: strings.Repeat(`{"not":`, deep) + "{}" + strings.Repeat("}", deep)})
	keys(f, "<tab>")
	wantShown(t, f, "✗ Response format", "✗ cannot be used")
	if intent := keys(f, "<enter>"); intent != nil {
		t.Errorf("enter is %#v", intent)
	}
}
