package dialog

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"rsc.io/qr"

	"notturno/themes"
	"notturno/ui/part"
	"notturno/ui/part/parttest"
)

const qrLink = "http://127.0.0.1:41207/view/9b1f?token=a1b2c3d4e5f60718"

// longLink is a link of n bytes.
func longLink(n int) string {
	const head = "https://viewer.example/session?jwt="
	return head + strings.Repeat("x", n-len(head))
}

// modules reads a drawn code back as a terminal with colours shows it: true is
// black. It takes the cells that have a background, and no others.
func modules(t *testing.T, rows []string) [][]bool {
	t.Helper()
	const blackOnWhite, whiteOnBlack = "\x1b[38;2;0;0;0;48;2;255;255;255m", "\x1b[38;2;255;255;255;48;2;0;0;0m"
	var read [][]bool
	for _, row := range rows {
		ink, at := true, strings.Index(row, blackOnWhite)
		if at < 0 {
			ink, at = false, strings.Index(row, whiteOnBlack)
		}
		if at < 0 {
			continue
		}
		cells, _, ok := strings.Cut(row[at+strings.Index(row[at:], "m")+1:], "\x1b[m")
		if !ok {
			t.Fatalf("the code's colours are not switched off: %q", row)
		}
		var upper, lower []bool
		for _, cell := range cells {
			upper = append(upper, strings.ContainsRune("█▀", cell) == ink)
			lower = append(lower, strings.ContainsRune("█▄", cell) == ink)
		}
		read = append(read, upper, lower)
	}
	return read
}

// checkCode fails the test unless what is drawn is the code of a link, with
// the same quiet zone on all sides, and reports whether there is one.
func checkCode(t *testing.T, rows []string, link string) bool {
	t.Helper()
	read := modules(t, rows)
	if len(read) == 0 {
		return false
	}
	code, err := qr.Encode(link, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	zone := (len(read[0]) - code.Size) / 2
	if zone < lessQuiet || zone > quiet || len(read) < code.Size+2*zone {
		t.Fatalf("the code of %d modules is drawn in %d×%d", code.Size, len(read[0]), len(read))
	}
	for y, line := range read {
		if len(line) != code.Size+2*zone {
			t.Fatalf("line %d of the code has %d modules, want %d", y, len(line), code.Size+2*zone)
		}
		for x, black := range line {
			if black != code.Black(x-zone, y-zone) {
				t.Fatalf("the module %d,%d is black: %v", x-zone, y-zone, black)
			}
		}
	}
	return true
}

func TestTheCodeIsThatOfTheLink(t *testing.T) {
	t.Parallel()
	for _, theme := range []*themes.Theme{themes.Notte(), themes.Giorno()} {
		for _, link := range []string{qrLink, "https://a.example/", "HTTPS://A.EXAMPLE/1", longLink(400), longLink(2900)} {
			q := NewQR(theme, link)
			drawn := 0
			for _, size := range [][2]int{{300, 100}, {200, 100}, {200, 90}, {120, 60}, {100, 50}, {80, 24}, {60, 23}, {45, 25}, {43, 24}} {
				q.Resize(size[0], size[1])
				if checkCode(t, q.Rows(), link) {
					drawn++
				}
			}
			if drawn == 0 {
				t.Errorf("%.40s is never drawn", link)
			}
		}
	}
}

// Where colours are switched off, a dark terminal shows blocks as light and a
// light one as dark: the code is right on either.
func TestTheCodeNeedsNoColours(t *testing.T) {
	t.Parallel()
	for _, theme := range []*themes.Theme{themes.Notte(), themes.Giorno()} {
		q := NewQR(theme, qrLink)
		q.Resize(100, 40)
		edge := ""
		for _, row := range q.Rows() {
			if strings.Contains(row, "48;2;") {
				edge = strings.TrimPrefix(ansi.Strip(row), " ")
				break
			}
		}
		if blocks := strings.HasPrefix(edge, "████"); blocks != theme.Dark {
			t.Errorf("on %s the quiet zone is %q", theme.Name, edge)
		}
	}
}

func TestQRAtEverySize(t *testing.T) {
	t.Parallel()
	for _, link := range []string{qrLink, longLink(700), longLink(8000), "", "javascript:alert(1)"} {
		q := NewQR(themes.Notte(), link)
		for w, h := range parttest.Sizes() {
			parttest.Exact(t, q, w, h)
			text := parttest.Text(q.Rows())
			if strings.Contains(text, "token") || strings.Contains(text, "jwt") {
				t.Fatalf("at %d×%d the secret shows: %q", w, h, text)
			}
			checkCode(t, q.Rows(), link)
			if w >= 20 && h > 0 && !strings.Contains(text, "esc close") {
				t.Fatalf("at %d×%d nothing says how to close it: %q", w, h, text)
			}
			if q.code != nil && w >= 40 && h >= 9 && !strings.Contains(text, qrWarning) {
				t.Fatalf("at %d×%d there is no warning: %q", w, h, text)
			}
		}
		q.SetTheme(themes.Giorno())
		parttest.Exact(t, q, 100, 40)
	}
}

func TestQRGolden(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {80, 24}, {50, 30}, {44, 22}, {40, 12}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			q := NewQR(themes.Giorno(), qrLink)
			q.Resize(size[0], size[1])
			golden.RequireEqual(t, parttest.Text(q.Rows()))
		})
	}
}

// A code that does not fit says what to do, and then does fit.
func TestWhatTheWindowMustBe(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		link := longLink(40 + rand.New(rand.NewPCG(seed, 1)).IntN(2800))
		q := NewQR(themes.Notte(), link)
		q.Resize(40, 12)
		text := strings.Join(strings.Fields(parttest.Text(q.Rows())), " ")
		var w, h int
		_, after, _ := strings.Cut(text, "the code needs ")
		if _, err := fmt.Sscanf(after, "%d columns and %d rows: enlarge the window", &w, &h); err != nil {
			t.Fatalf("it shows %q: %v", text, err)
		}
		q.Resize(w, h)
		if !checkCode(t, q.Rows(), link) {
			t.Errorf("a link of %d bytes does not fit %d×%d: %q", len(link), w, h, parttest.Text(q.Rows()))
		}
		for _, size := range [][2]int{{w - 1, h}, {w, h - 1}} {
			q.Resize(size[0], size[1])
			if checkCode(t, q.Rows(), link) {
				t.Errorf("a link of %d bytes fits %d×%d, less than it asks for", len(link), size[0], size[1])
			}
		}
	}
}

func TestOnlySafeLinksHaveACode(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"": "no viewer link yet", "javascript:alert(1)": "not safe to open", "http://far.example/": "not safe to open",
		"https://user:pass@evil.example/": "not safe to open", longLink(9000): "not safe to open", longLink(8000): "too long for a code",
	} {
		q := NewQR(themes.Notte(), link)
		q.Resize(300, 100)
		if text := parttest.Text(q.Rows()); !strings.Contains(text, want) || len(modules(t, q.Rows())) > 0 {
			t.Errorf("%.40q shows %q, want %q", link, text, want)
		}
	}
}

func TestQRAnswers(t *testing.T) {
	t.Parallel()
	for _, link := range []string{qrLink, longLink(8000), "javascript:alert(1)", ""} {
		_, safe := part.CheckURL(link)
		for action := part.NoAction; action <= part.No; action++ {
			var want part.Intent
			switch action {
			case part.Back, part.Interrupt, part.QRCode:
				want = part.Close{}
			case part.CopyThis:
				want = part.Both{First: part.Close{}, Then: part.Copy{What: "viewer link", Text: link}}
			case part.OpenThis, part.OpenViewer:
				want = part.Both{First: part.Close{}, Then: part.Open{URL: link}}
			default:
			}
			if _, both := want.(part.Both); both && !safe {
				want = nil
			}
			if got, cmd := NewQR(themes.Notte(), link).Update(part.Do{Action: action}); got != want || cmd != nil {
				t.Errorf("action %d answers the code of %.40q with %#v, want %#v", action, link, got, want)
			}
		}
	}
}

func FuzzQR(f *testing.F) {
	f.Add(qrLink, 80, 24, true)
	f.Add("https://例え.テスト/道", 300, 100, false)
	f.Fuzz(func(t *testing.T, link string, w, h int, dark bool) {
		q := NewQR(themes.For(dark), link)
		parttest.Exact(t, q, min(max(w, 0), 300), min(max(h, 0), 100))
		drawn := len(modules(t, q.Rows())) > 0
		if _, ok := part.CheckURL(link); drawn && (!ok || !checkCode(t, q.Rows(), link)) {
			t.Fatalf("%q has a code", link)
		}
	})
}
