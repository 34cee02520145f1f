package form_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"notturno/api"
	"notturno/state/options"
	"notturno/themes"
	"notturno/ui/form"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

var (
	_ part.Dialog   = (*form.Form)(nil)
	_ part.Typing   = (*form.Form)(nil)
	_ part.Cursored = (*form.Form)(nil)
	_ part.Themed   = (*form.Form)(nil)
)

// newForm is a form of 100×60 cells that begins on the first field of the
// table.
func newForm(c form.Config) *form.Form {
	f := form.New(themes.Notte(), c)
	f.Resize(100, 60)
	return f
}

// press sends a key as the program does: text as it is, other keys as what
// they mean in the form's contexts, if they mean something there.
func press(f *form.Form, msg tea.KeyPressMsg) (part.Intent, tea.Cmd) {
	if msg.Text == "" {
		keys := part.NewKeys()
		for _, c := range f.Contexts() {
			if do := keys.Action(c, msg.String()); do != part.NoAction {
				return f.Update(part.Do{Action: do})
			}
		}
	}
	return f.Update(msg)
}

// named are keys by the names that the tests write between < and >.
func named(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"tab": tea.KeyTab, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "left": tea.KeyLeft, "right": tea.KeyRight, "up": tea.KeyUp, "down": tea.KeyDown,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	}
	var mod tea.KeyMod
	for {
		switch {
		case strings.HasPrefix(name, "ctrl+"):
			mod |= tea.ModCtrl
		case strings.HasPrefix(name, "alt+"):
			mod |= tea.ModAlt
		case strings.HasPrefix(name, "shift+"):
			mod |= tea.ModShift
		default:
			if code, ok := codes[name]; ok {
				return tea.KeyPressMsg{Code: code, Mod: mod}
			}
			return tea.KeyPressMsg{Code: rune(name[0]), Mod: mod}
		}
		name = name[strings.IndexByte(name, '+')+1:]
	}
}

// keys sends keys: text, and names between < and >. The intent is that of the
// last key, with what it waited for done.
func keys(f *form.Form, script string) part.Intent {
	var intent part.Intent
	for script != "" {
		msg := tea.KeyPressMsg{Code: []rune(script)[0], Text: string([]rune(script)[0])}
		rest := script[len(msg.Text):]
		if name, after, ok := strings.Cut(rest, ">"); ok && script[0] == '<' {
			msg, rest = named(name), after
		}
		var cmd tea.Cmd
		if intent, cmd = press(f, msg); cmd != nil {
			intent, _ = f.Update(cmd())
		}
		script = rest
	}
	return intent
}

// taken are the values that the form hands over on enter.
func taken(t *testing.T, f *form.Form) options.Values {
	t.Helper()
	use, ok := keys(f, "<enter>").(part.UseOptions)
	if !ok {
		t.Fatalf("the options are not taken:\n%s", parttest.Text(f.Rows()))
	}
	return use.Values
}

func wantValues(t *testing.T, got, want options.Values) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Errorf("the values are %q, want %q", got, want)
	}
}

func wantShown(t *testing.T, f *form.Form, texts ...string) {
	t.Helper()
	screen := parttest.Text(f.Rows())
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			t.Errorf("%q does not show:\n%s", text, screen)
		}
	}
}

func wantHidden(t *testing.T, f *form.Form, text string) {
	t.Helper()
	if screen := parttest.Text(f.Rows()); strings.Contains(screen, text) {
		t.Errorf("%q shows:\n%s", text, screen)
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	models := api.Models()
	for _, tt := range []struct {
		name, focus, keys string
		from, want        options.Values
	}{
		{"nothing is chosen", "", "", nil, nil},
		{"text is typed", options.URL, "example.com/?q=1/2", nil, options.Values{options.URL: "example.com/?q=1/2"}},
		{"spaces around a text go", options.URL, " a.example ", nil, options.Values{options.URL: "a.example"}},
		{"a line is edited", options.URL, "ac<left>b<home>_<end>d<backspace>", nil, options.Values{options.URL: "_abc"}},
		{"ctrl+b and ctrl+f move too", options.URL, "ac<ctrl+b>b<ctrl+f>d", nil, options.Values{options.URL: "abcd"}},
		{"deleting a word at the end", options.URL, "a<left><alt+d>", nil, options.Values{options.URL: "a"}},
		{"a line is cleared", options.URL, "<ctrl+u>", options.Values{options.URL: "a"}, nil},
		{"tab and down go on", options.Vision, "<tab>a<down>b", nil, options.Values{options.URL: "a", "vault_id": "b"}},
		{"shift+tab and up go back", "persona_id", "<shift+tab>a<up>b", nil, options.Values{options.URL: "b", "vault_id": "a"}},
		{"behind the last is the first", options.Model, "<shift+tab><shift+tab><right>", nil, options.Values{"session.web_bot_auth": "on"}},
		{"a switch is on", options.Vision, "<right>", nil, options.Values{options.Vision: "on"}},
		{"a switch is off", options.Vision, " <right>", nil, options.Values{options.Vision: "off"}},
		{"a switch has three positions", options.Vision, "   ", nil, nil},
		{"left goes the other way", options.Vision, "<left>", nil, options.Values{options.Vision: "off"}},
		{"letters do not change a switch", options.Vision, "yn5", nil, nil},
		{"the end of a choice", "session.browser_type", "<end>", nil, options.Values{"session.browser_type": "chrome-turbo"}},
		{"the service's again", "session.browser_type", "<backspace>", options.Values{"session.browser_type": "chrome"}, nil},
		{"the first model", options.Model, "<right>", nil, options.Values{options.Model: models[0]}},
		{"the last model", options.Model, "<left>", nil, options.Values{options.Model: models[len(models)-1]}},
		{"ctrl+n and ctrl+p choose", options.Model, "<ctrl+n><ctrl+n><ctrl+n><ctrl+p>", nil, options.Values{options.Model: models[1]}},
		{"what is typed finds", options.Model, "FLASH<right>", nil, options.Values{options.Model: "gemini/gemini-2.5-flash"}},
		{"and goes through what it found", options.Model, "flash<right><right>", nil, options.Values{options.Model: "vertex_ai/gemini-2.5-flash"}},
		{"right completes only at the end", options.Model, "flash<left><right>", nil, options.Values{options.Model: "flash"}},
		{"any model may be given", options.Model, "my/own", nil, options.Values{options.Model: "my/own"}},
		{"what was chosen can be edited", options.Model, "<right><backspace>!", nil, options.Values{options.Model: models[0][:len(models[0])-1] + "!"}},
		{"a choice takes the place of another name", options.Model, "<ctrl+n><ctrl+n>", options.Values{options.Model: "my/own"}, options.Values{options.Model: models[0]}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newForm(form.Config{Values: tt.from, Focus: tt.focus})
			keys(f, tt.keys)
			wantValues(t, taken(t, f), tt.want)
		})
	}
}

func TestEveryModelIsReachedWithoutTyping(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: options.Model})
	for _, model := range api.Models() {
		keys(f, "<right>")
		wantShown(t, f, "• "+model)
		wantValues(t, taken(t, f), options.Values{options.Model: model})
	}
	keys(f, "<right>")
	wantValues(t, taken(t, f), nil)
}

func TestItClosesWithoutTaking(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"<esc>", "<ctrl+c>"} {
		f := newForm(form.Config{Focus: options.URL})
		if intent := keys(f, "example.com"+key); intent != (part.Close{}) {
			t.Errorf("%s is %#v", key, intent)
		}
	}
}

func TestWrongValuesAreNotTaken(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: options.Model})
	if intent := keys(f, "<tab>151<tab><enter>"); intent != nil {
		t.Fatalf("enter is %#v", intent)
	}
	wantShown(t, f, "▸ Max steps", "✗ 151 is out of bounds")
	keys(f, "<backspace>")
	wantHidden(t, f, "out of bounds")
	wantValues(t, taken(t, f), options.Values{options.MaxSteps: "15"})
}

func TestAFieldIsCheckedWhenItIsLeft(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: "session.idle_timeout_minutes"})
	keys(f, "40m")
	wantHidden(t, f, "✗")
	keys(f, "<tab>")
	wantShown(t, f, "✗ Idle timeout", "✗ 40m is out of bounds")
}

func TestFieldsThatDoNotGoTogether(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Values: options.Values{"session.viewport": "800x600"}, Focus: "session.aspect_ratio"})
	keys(f, "<right><tab>")
	wantShown(t, f, "✗ Aspect ratio", "✗ does not go with a viewport")
	keys(f, "<up><up><ctrl+u>")
	wantShown(t, f, "✗ does not go with a viewport") // until the other field is done
	keys(f, "<tab>")
	wantHidden(t, f, "✗")
}

func TestWhatTheServiceRefused(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{
		Values: options.Values{"vault_id": "v1", options.URL: "a.example"},
		Errors: map[string]string{"vault_id": "not \x1b[31mfound", "": "the plan does not allow it"},
	})
	wantShown(t, f, "▸ Vault", "✗ not ␛[31mfound", "✗ the plan does not allow it")
	keys(f, "<up><down><down><up>")
	wantShown(t, f, "✗ not ␛[31mfound")
	wantValues(t, taken(t, f), options.Values{"vault_id": "v1", options.URL: "a.example"}) // it may be there now
	keys(f, "2")
	wantHidden(t, f, "✗")
}

func TestFilesAreReadOutsideOfUpdate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "format.json")
	f := newForm(form.Config{Focus: options.ResponseFormat})
	f.Update(tea.PasteMsg{Content: path})

	intent, cmd := press(f, named("enter"))
	if intent != nil || cmd == nil {
		t.Fatalf("enter is %#v, and a command is %t", intent, cmd != nil)
	}
	wantShown(t, f, "● reading the files")
	if intent := keys(f, "x<enter><tab>"); intent != nil {
		t.Fatalf("a key before the files were read is %#v", intent)
	}
	if intent, _ := f.Update(cmd()); intent != nil {
		t.Fatalf("a file that does not exist is %#v", intent)
	}
	wantShown(t, f, "▸ Response format", "cannot be read")

	if err := os.WriteFile(path, []byte(`{"type":"object"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	wantValues(t, taken(t, f), options.Values{options.ResponseFormat: path})
}

func TestAFormThatHasChangedDoesNotWaitForFiles(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Values: options.Values{"session.proxies": "/nowhere.json"}})
	_, cmd := press(f, named("enter"))
	f.Update(form.Edited{Field: options.URL, Text: "other.example"})
	if intent, _ := f.Update(cmd()); intent != nil {
		t.Errorf("what was checked before is %#v", intent)
	}
	wantShown(t, f, "enter take")
}

func TestTheMouse(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: options.URL})
	row := func(text string) int {
		t.Helper()
		for y, row := range strings.Split(parttest.Text(f.Rows()), "\n") {
			if strings.Contains(row, text) {
				return y
			}
		}
		t.Fatalf("%q does not show:\n%s", text, parttest.Text(f.Rows()))
		return -1
	}
	click := func(text string) { f.Update(part.Click{X: 30, Y: row(text)}) }
	click("Vision")
	wantShown(t, f, "▸ Vision")
	click("Vision") // again: the next position
	click("Model")
	click("vertex_ai/gemini-2.5-flash")
	click("Options of the agent")
	click("enter take")
	wantValues(t, taken(t, f), options.Values{options.Vision: "on", options.Model: "vertex_ai/gemini-2.5-flash"})
}

func TestTheWheelScrolls(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: options.Model})
	f.Resize(80, 12)
	f.Update(part.Wheel{Rows: 100})
	wantShown(t, f, "Web bot auth", "▲")
	wantHidden(t, f, "Model")
	if c := f.Cursor(); c != nil {
		t.Errorf("the cursor is at %d,%d", c.X, c.Y)
	}
	f.Update(part.Wheel{Rows: -3})
	wantShown(t, f, "▼")
	keys(f, "x")
	wantShown(t, f, "▸ Model")
}

func TestTheFocusedFieldAlwaysShows(t *testing.T) {
	t.Parallel()
	for _, h := range []int{1, 2, 3, 5, 9, 20} {
		f := newForm(form.Config{Focus: options.Model})
		f.Resize(60, h)
		for _, key := range []string{"<tab>", "<shift+tab>", "<pgdown>", "<pgup>"} {
			for range len(options.Fields()) + 3 {
				keys(f, key)
				wantShown(t, f, "▸")
			}
		}
	}
}

func TestTheCursorIsWhereOneTypes(t *testing.T) {
	t.Parallel()
	f := newForm(form.Config{Focus: options.URL})
	keys(f, "日本<left>")
	c := f.Cursor()
	if c == nil {
		t.Fatal("there is no cursor")
	}
	if row := strings.Split(parttest.Text(f.Rows()), "\n")[c.Y]; c.X != 23 || !strings.Contains(row, "Start URL          日本") {
		t.Errorf("the cursor is at %d in %q", c.X, row)
	}
	keys(f, "<up>") // where nothing is typed
	if c := f.Cursor(); c != nil {
		t.Errorf("the cursor of a switch is at %d,%d", c.X, c.Y)
	}
}
