package themes

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// write fills a new directory with files; names that end in "/" are
// directories.
func write(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		var err error
		if strings.HasSuffix(name, "/") {
			err = os.Mkdir(path, 0o700)
		} else {
			err = os.WriteFile(path, []byte(text), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// messages are errors without the directory that they begin with.
func messages(dir string, errs []error) []string {
	var all []string
	for _, err := range errs {
		all = append(all, strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""))
	}
	return all
}

func names(themes []*Theme) []string {
	var all []string
	for _, theme := range themes {
		all = append(all, theme.Name)
	}
	return all
}

// load is the themes of files that are all right.
func load(t *testing.T, files map[string]string) []*Theme {
	t.Helper()
	themes, errs := LoadDir(write(t, files))
	if len(errs) > 0 {
		t.Fatalf("unexpected errors: %q", errs)
	}
	return themes
}

func TestNoDirectoryNoThemes(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"", filepath.Join(t.TempDir(), "none"), t.TempDir()} {
		if themes, errs := LoadDir(dir); len(themes) > 0 || len(errs) > 0 {
			t.Errorf("%q has the themes %q and the errors %q", dir, names(themes), errs)
		}
	}
}

func TestFilesThatAreNoThemesAreLeftAlone(t *testing.T) {
	t.Parallel()
	themes := load(t, map[string]string{
		"dusk.toml": "dark = true", "dusk.toml~": "{", ".#dusk.toml": "{", ".hidden.toml": "{", "README.md": "{", "dawn.TOML": "{", "toml": "{", "old/": "",
	})
	if got := names(themes); !slices.Equal(got, []string{"dusk"}) {
		t.Errorf("the themes are %q", got)
	}
}

// TestBuiltinsComeBack writes each built-in theme as a person would and reads
// it again.
func TestBuiltinsComeBack(t *testing.T) {
	t.Parallel()
	for _, theme := range Builtin() {
		var text strings.Builder
		fmt.Fprintf(&text, "name = %q\ndark = %v\ncode_theme = %q\n[colors]\n", "own "+theme.Name, theme.Dark, theme.CodeTheme)
		for _, s := range theme.slots() {
			fmt.Fprintf(&text, "%s = %q\n", s.key, Spec(*s.color))
		}
		got := load(t, map[string]string{
			"a.toml": text.String(),
			"b.toml": "extends = \"" + theme.Name + "\"",
		})
		same, extended := *theme, *theme
		same.Name = "own " + theme.Name
		extended.Name, extended.Extends = "b", theme.Name
		if len(got) != 2 || *got[0] != same || *got[1] != extended {
			t.Errorf("%s comes back as %+v", theme.Name, got)
		}
	}
}

func TestAThemeKeepsWhatItDoesNotChange(t *testing.T) {
	t.Parallel()
	themes := load(t, map[string]string{
		"1.toml": "\ufeffname = \"Näch dawn 夜\"\r\nextends = \"DUSK\"\r\n[colors]\r\nmuted = \"#000000\"\r\n",
		"2.toml": "name = \"dusk\"\nextends = \"Notte\"\ncolors = { accent = \"1\", error = \"\" }",
		"3.toml": "extends = \"dusk\"\ndark = false",
		"4.toml": "extends = \"3\"\ncode_theme = \"bw\"\ndark = true",
		"5.toml": "dark = true",
	})
	dusk := *Notte()
	dusk.Name, dusk.Extends, dusk.Accent, dusk.Error = "dusk", "Notte", parsed(t, "1"), nil
	dawn := dusk
	dawn.Name, dawn.Extends, dawn.Muted = "Näch dawn 夜", "DUSK", parsed(t, "#000000")
	light := dusk
	light.Name, light.Extends, light.Dark, light.CodeTheme = "3", "dusk", false, ""
	styled := dusk
	styled.Name, styled.Extends, styled.CodeTheme = "4", "3", "bw"
	want := []Theme{dawn, dusk, light, styled, {Name: "5", Dark: true}}
	if len(themes) != len(want) {
		t.Fatalf("the themes are %q", names(themes))
	}
	for i := range want {
		if *themes[i] != want[i] {
			t.Errorf("theme %d is\n%+v, want\n%+v", i, *themes[i], want[i])
		}
	}
}

func TestOneWrongFileDoesNotHurtTheOthers(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"a.toml": "dark = true", "b.toml": "dark", "c.toml": "extends = \"a\"", "d.toml": "extends = \"b\""})
	themes, errs := LoadDir(dir)
	if got := names(themes); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("the themes are %q", got)
	}
	var wrong []string
	for _, err := range errs {
		var file *FileError
		if !errors.As(err, &file) {
			t.Fatalf("%v is not a FileError", err)
		}
		wrong = append(wrong, filepath.Base(file.File))
	}
	if !slices.Equal(wrong, []string{"b.toml", "d.toml"}) {
		t.Errorf("the wrong files are %q", wrong)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"a.toml/": "",
		"b.toml":  "dark = true\n" + strings.Repeat("#", maxFile),
		"c.toml":  "dark = true\n" + strings.Repeat("#", maxFile-12), // as large as can be
	})
	themes, errs := LoadDir(dir)
	if got := names(themes); !slices.Equal(got, []string{"c"}) {
		t.Errorf("the themes are %q", got)
	}
	want := []string{
		"a.toml: it is not a regular file; move it away, or rename it",
		"b.toml: it is larger than 64 KiB; a theme needs a few lines",
	}
	if got := messages(dir, errs); !slices.Equal(got, want) {
		t.Errorf("the errors are %q, want %q", got, want)
	}
}

func TestADirectoryThatIsAFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(write(t, map[string]string{"themes": ""}), "themes")
	themes, errs := LoadDir(file)
	if len(themes) > 0 || len(errs) != 1 {
		t.Fatalf("the themes are %q, the errors %q", names(themes), errs)
	}
	if got := errs[0].Error(); !strings.HasPrefix(got, file+": failed to list the themes: ") || !strings.HasSuffix(got, "; make it a directory that you may read") {
		t.Errorf("the error is %q", got)
	}
	if _, ok := errors.AsType[*fs.PathError](errs[0]); !ok {
		t.Errorf("the cause of %v is lost", errs[0])
	}
}

func TestTooManyFiles(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for i := range maxFiles + 3 {
		files[fmt.Sprintf("%03d.toml", i)] = fmt.Sprintf("extends = \"%03d\"", i+1)
	}
	files["255.toml"] = "dark = true" // the longest chain that there can be
	dir := write(t, files)
	themes, errs := LoadDir(dir)
	if len(themes) != maxFiles || themes[0].Name != "000" || !themes[0].Dark || len(errs) != 1 {
		t.Fatalf("%d themes, errors %q", len(themes), errs)
	}
	if got, want := errs[0].Error(), dir+": 3 theme files too many: only the first 256 are read; move some away"; got != want {
		t.Errorf("the error is %q, want %q", got, want)
	}
}
