package themes

import (
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"testing"
)

// TestTheExampleOfTheDocumentation loads the theme file that the package
// comment shows, which sets all that a file can.
func TestTheExampleOfTheDocumentation(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	themes := load(t, map[string]string{"example.toml": example(t, file)})
	if len(themes) != 1 {
		t.Fatalf("there are %d themes", len(themes))
	}
	got := themes[0]
	if got.Name != "dusk" || got.Extends != "notte" || !got.Dark || got.CodeTheme != "modus-vivendi" {
		t.Errorf("the theme is %+v", got)
	}
	want := map[string]string{
		"text": "", "muted": "#a0a0a6", "faint": "8", "accent": "#ffb454", "heading": "#ffd9a0", "code": "108",
		"success": "2", "warning": "3", "error": "1", "running": "6",
	}
	for _, s := range got.slots() {
		if spec, ok := want[s.key]; !ok || Spec(*s.color) != spec {
			t.Errorf("%s is %q, want %q", s.key, Spec(*s.color), spec)
		}
	}
}

// example is the one block of code in the comment of a package.
func example(t *testing.T, file *ast.File) string {
	t.Helper()
	var code []string
	for _, block := range new(comment.Parser).Parse(file.Doc.Text()).Content {
		if block, ok := block.(*comment.Code); ok {
			code = append(code, block.Text)
		}
	}
	if len(code) != 1 {
		t.Fatalf("the package comment has %d blocks of code", len(code))
	}
	return code[0]
}
