package api

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/tmaxmax/go-sse"
)

// read is what readItems makes of a body, in a form that can be compared.
func read(body io.Reader, limit int) (items []string, err error) {
	for it, itemErr := range readItems(body, limit) {
		switch {
		case itemErr != nil:
			err = itemErr
		case it.kind == itemComment:
			items = append(items, ":")
		case it.kind == itemTooLong:
			items = append(items, "too long")
		case it.cut:
			items = append(items, "cut="+it.data)
		default:
			items = append(items, "="+it.data)
		}
	}
	return items, err
}

// chunks is a body that arrives in pieces of the given sizes, over and over.
type chunks struct {
	body  string
	sizes []byte
	next  int
}

func (c *chunks) Read(p []byte) (int, error) {
	if c.body == "" {
		return 0, io.EOF
	}
	n := len(c.body)
	if len(c.sizes) > 0 {
		n = 1 + int(c.sizes[c.next%len(c.sizes)])%7
		c.next++
	}
	n = copy(p, c.body[:min(n, len(c.body))])
	c.body = c.body[n:]
	return n, nil
}

var readerTests = []struct {
	name, body string
	want       []string
}{
	{"empty", "", nil},
	{"one", "data: a\n\n", []string{"=a"}},
	{"CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", []string{"=a", "=b"}},
	{"CR", "data: a\r\rdata: b\r\r", []string{"=a", "=b"}},
	{"mixed line ends", "data: a\r\n\ndata: b\n\r\ndata: c\r\n\r", []string{"=a", "=b", "=c"}},
	{"no space", "data:a\n\n", []string{"=a"}},
	{"two spaces", "data:  a\n\n", []string{"= a"}},
	{"several data lines", "data: a\ndata: b\ndata\ndata: c\n\n", []string{"=a\nb\n\nc"}},
	{"byte order mark", "\xef\xbb\xbfdata: a\n\n", []string{"=a"}},
	{"mark and comment", "\xef\xbb\xbf: hi\ndata: a\n\n", []string{":", "=a"}},
	{"two marks", "\xef\xbb\xbf\xef\xbb\xbfdata: a\n\n", nil},
	{"mark later on", "data: a\n\n\xef\xbb\xbfdata: b\n\n", []string{"=a"}},
	{"half a mark", "\xef\xbbdata: a\n\ndata: b\n\n", []string{"=b"}},
	{"comments", ":\n: ping\n\n:x\n\n", []string{":", ":", ":"}},
	{"comment within", "data: a\n:c\ndata: b\n\n", []string{":", "=a\nb"}},
	{"other fields", "id: 1\nevent: done\nretry: x\nretry: 5\nfoo: bar\nfoo\ndata: a\nid: \x00\n\n", []string{"=a"}},
	{"no data", "event: ping\n\nid: 7\n\ndata: a\n\n", []string{"=a"}},
	{"empty data", "data:\n\ndata\n\n", nil},
	{"field names match exactly", "Data: a\n data: b\ndata : c\n\n", nil},
	{"blank lines", "\n\n\r\r\n\ndata: a\n\n\n\n\r\n", []string{"=a"}},
	{"invalid UTF-8", "data: \xff\xc3\n\n", []string{"=\xff\xc3"}},
	{"NUL", "data: \x00\n\n", []string{"=\x00"}},
	{"end after one line end", "data: a\n\ndata: b\n", []string{"=a", "cut=b"}},
	{"end within a line", "data: a\n\ndata: b", []string{"=a", "cut=b"}},
	{"end within the field name", "data: a\n\ndat", []string{"=a"}},
	{"end after CR", "data: a\r\rdata: b\r", []string{"=a", "cut=b"}},
	{"end within a comment", ": a", nil},
}

func TestReadItems(t *testing.T) {
	t.Parallel()
	for _, tt := range readerTests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			bodies := map[string]io.Reader{
				"whole":        strings.NewReader(tt.body),
				"byte by byte": iotest.OneByteReader(strings.NewReader(tt.body)),
				"end with data": iotest.DataErrReader(
					strings.NewReader(tt.body)),
				"by threes": &chunks{body: tt.body, sizes: []byte{2}},
			}
			for name, body := range bodies {
				got, err := read(body, maxEventSize)
				if err != nil || !slices.Equal(got, tt.want) {
					t.Errorf("%s: %q, %v; want %q", name, got, err, tt.want)
				}
			}
		})
	}
}

// An event is out when its blank line is there, even if that can be the first
// half of a CRLF; a comment is out when its line ends.
func TestReadItemsDoesNotWait(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ sent, want string }{
		{"data: a\n\n", "=a"},
		{"data: a\r\r", "=a"},
		{"data: a\r\n\r", "=a"},
		{":\n", ":"},
		{":\r", ":"},
	} {
		body, server := io.Pipe()
		go func() { _, _ = io.WriteString(server, tt.sent) }() // then silence
		next, stop := iter.Pull2(readItems(body, maxEventSize))
		it, err, ok := next()
		if got := it.data; !ok || err != nil || (got != "a" && it.kind != itemComment) {
			t.Errorf("%q: %+v, %v, %v", tt.sent, it, err, ok)
		}
		stop()
	}
}

func TestReadItemsSkipsWhatIsTooLong(t *testing.T) {
	t.Parallel()
	const limit = 10_000
	long := strings.Repeat("x", limit)
	tests := []struct {
		name, body string
		want       []string
	}{
		{"one line", "data: 1\n\ndata: " + long + "\n\ndata: 2\n\n", []string{"=1", "too long", "=2"}},
		{"many lines", "data: 1\n\n" + strings.Repeat("data: y\n", limit/4) + "\ndata: 2\n\n", []string{"=1", "too long", "=2"}},
		{"comment within", "data: " + long + "\n: c\ndata: z\n\ndata: 2\n\n", []string{"too long", ":", "=2"}},
		{"two", "data: " + long + "\r\n\r\ndata: " + long + "\r\n\r\ndata: 2\r\n\r\n", []string{"too long", "too long", "=2"}},
		{"to the end", "data: " + long + long, []string{"too long"}},
		{"not data", "foo: " + long + "\n\ndata: 2\n\n", []string{"too long", "=2"}},
		{"a long comment is none", ": " + long + long + "\n\ndata: 2\n\n", []string{":", "=2"}},
		{"just within", "data: " + long[:limit-7] + "\n\ndata: 2\n\n", []string{"=" + long[:limit-7], "=2"}},
		{"just over", "data: " + long[:limit-6] + "\n\ndata: 2\n\n", []string{"too long", "=2"}},
	}
	for _, tt := range tests {
		for _, sizes := range [][]byte{nil, {0}, {3, 6}} {
			got, err := read(&chunks{body: tt.body, sizes: sizes}, limit)
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("%s in chunks %v: %.80q, %v", tt.name, sizes, got, err)
			}
		}
	}
}

func TestReadItemsAroundLargeEvents(t *testing.T) {
	t.Parallel()
	large := strings.Repeat("0123456789", largeEvent/5)
	body := "data: 1\n\ndata: " + large + "\n\n\xef\xbb\xbfdata: 2\n\ndata: 3\n\n"
	got, err := read(&chunks{body: body}, maxEventSize)
	if err != nil || !slices.Equal(got, []string{"=1", "=" + large, "=3"}) {
		t.Errorf("%.80q, %v", got, err)
	}
}

func TestReadItemsTellsTheErrorOfTheBody(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for body, want := range map[string][]string{
		"":                     nil,
		"data: a\n\n":          {"=a"},
		"data: a\n\ndata: b":   {"=a", "cut=b"},
		"data: a\n\n: c\n":     {"=a", ":"},
		"data: a\n\n\xef\xbb":  {"=a"},
		"\xef\xbb":             nil,
		"data: a\n\nevent: x ": {"=a"},
	} {
		got, err := read(io.MultiReader(strings.NewReader(body), iotest.ErrReader(broken)), maxEventSize)
		if !errors.Is(err, broken) || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v", body, got, err)
		}
	}
	got, err := read(io.MultiReader(strings.NewReader("data: "+strings.Repeat("x", 200)), iotest.ErrReader(broken)), 100)
	if !errors.Is(err, broken) || !slices.Equal(got, []string{"too long"}) {
		t.Errorf("within a long event: %q, %v", got, err)
	}
}

func TestReadItemsStops(t *testing.T) {
	t.Parallel()
	body := "data: a\n\n: c\ndata: b\n: d\n\ndata: e\n\n"
	for stopAfter := 1; stopAfter <= 5; stopAfter++ {
		n := 0
		for _, err := range readItems(strings.NewReader(body), maxEventSize) {
			if n++; n == stopAfter || err != nil {
				break
			}
		}
		if n != stopAfter {
			t.Errorf("%d items, want %d", n, stopAfter)
		}
	}
}

// reference is what go-sse alone makes of the body. It is false where go-sse
// is known to differ (see readItems).
func reference(body string) (events []string, comparable bool) {
	if strings.HasPrefix(strings.TrimLeft(body, "\r\n"), "\xef\xbb\xbf") && strings.IndexAny(body, "\r\n") == 0 {
		return nil, false
	}
	for event, err := range sse.Read(strings.NewReader(body), nil) {
		if err != nil {
			return nil, false
		}
		if event.Data != "" {
			events = append(events, event.Data)
		}
	}
	return events, true
}

func agree(t *testing.T, body string, sizes []byte) {
	t.Helper()
	want, comparable := reference(body)
	var got []string
	for it, err := range readItems(&chunks{body: body, sizes: sizes}, maxEventSize) {
		if err != nil {
			t.Fatalf("%q: %v", body, err)
		}
		if it.kind == itemEvent {
			got = append(got, it.data)
		}
	}
	if comparable && !slices.Equal(got, want) {
		t.Errorf("%q in chunks %v: %q, go-sse %q", body, sizes, got, want)
	}
	whole, err := read(&chunks{body: body}, maxEventSize)
	chunked, chunkedErr := read(&chunks{body: body, sizes: sizes}, maxEventSize)
	if err != nil || chunkedErr != nil || !slices.Equal(whole, chunked) {
		t.Errorf("%q: %q whole, %q in chunks %v", body, whole, chunked, sizes)
	}
}

// Random bodies from the tokens that matter to a stream of events.
func TestReadItemsAgreesWithGoSSE(t *testing.T) {
	t.Parallel()
	tokens := []string{"\n", "\n", "\r", "\r\n", "data: x\n\n", "data", "data:", "data: ", ":", " ", "id: 1", "event: x", "retry: 3", "x", "é", "\xef\xbb\xbf", "\xff", "\x00"}
	random := rand.New(rand.NewPCG(1, 2))
	compared := 0
	for range 5_000 {
		var body strings.Builder
		for range random.IntN(20) {
			body.WriteString(tokens[random.IntN(len(tokens))])
		}
		sizes := make([]byte, 1+random.IntN(4))
		for i := range sizes {
			sizes[i] = byte(random.IntN(7))
		}
		agree(t, body.String(), sizes)
		if events, ok := reference(body.String()); ok && len(events) > 0 {
			compared++
		}
	}
	if compared < 500 {
		t.Errorf("only %d bodies have events to compare", compared)
	}
}

func FuzzReadItems(f *testing.F) {
	for _, tt := range readerTests {
		f.Add(tt.body, []byte{0, 2, 5})
	}
	f.Fuzz(func(t *testing.T, body string, sizes []byte) { agree(t, body, sizes) })
}

func BenchmarkReadItems(b *testing.B) {
	for _, size := range []int{200, 20 << 10, 1 << 20, 8 << 20} {
		event := "data: " + strings.Repeat("x", size) + "\n\n"
		body := strings.Repeat(event, max(1, (256<<10)/size))
		small := func() io.Reader { return &smallReads{strings.NewReader(body)} }
		b.Run(fmt.Sprintf("ours/%d", size), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				for _, err := range readItems(small(), maxEventSize) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
		b.Run(fmt.Sprintf("go-sse/%d", size), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				for _, err := range sse.Read(small(), &sse.ReadConfig{MaxEventSize: maxEventSize}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// smallReads gives 4 KB at a time, as a network does.
type smallReads struct{ r io.Reader }

func (s *smallReads) Read(p []byte) (int, error) { return s.r.Read(p[:min(len(p), 4<<10)]) }
