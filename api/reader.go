package api

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"

	"github.com/tmaxmax/go-sse"
)

// What a stream of server-sent events holds, for us.
type itemKind int

const (
	itemEvent   itemKind = iota // an event with data
	itemComment                 // a comment line
	itemTooLong                 // an event that was over the limit and is left out
)

type item struct {
	kind itemKind
	data string // the data lines of an event, joined by line feeds
	cut  bool   // the body ended before the blank line that ends an event
}

const (
	// readSize is how much is read from the body at once, in bytes.
	readSize = 32 << 10
	// largeEvent is the size in bytes from which on go-sse's buffer, which
	// grows to the largest event, is given back after the event.
	largeEvent = 1 << 20
)

// readItems yields what body holds until it ends; then the error that ended
// it, unless that is io.EOF. An event of more than limit bytes becomes
// itemTooLong, as soon as it is known to be; the stream goes on after it.
//
// go-sse parses the fields. On every read it looks for the end of the event
// from its beginning again, so that the time for an event over many small
// reads would grow with its size squared; a wholeEvents between it and the
// body fills each of its reads. Where go-sse alone would differ:
//
//   - comments are invisible, and an event over its limit ends the stream;
//   - what follows the last line end of the body is lost, with an error;
//   - events without data are yielded;
//   - a byte order mark after leading blank lines is taken for the one that a
//     stream may begin with.
func readItems(body io.Reader, limit int) iter.Seq2[item, error] {
	return func(yield func(item, error) bool) {
		w := &wholeEvents{body: bufio.NewReaderSize(body, readSize), limit: limit, lineStart: true}
		// Read runs inside the range over sse.Read, on this goroutine, so what
		// it sees can be yielded in order and at once.
		w.comment = func() bool { return yield(item{kind: itemComment}, nil) }
		w.skipMark()
		for w.err == nil {
			if !parseItems(w, yield) {
				return
			}
		}
		if !errors.Is(w.err, io.EOF) && !errors.Is(w.err, errStopped) {
			yield(item{}, w.err)
		}
	}
}

// parseItems yields events until a fresh parser is due or w has ended. It is
// false when the consumer wants no more.
func parseItems(w *wholeEvents, yield func(item, error) bool) bool {
	w.begin()
	for event, err := range sse.Read(w, &sse.ReadConfig{MaxEventSize: w.limit + readSize}) {
		switch {
		case err != nil && w.err == nil: // errTooLong, or what go-sse made of half an event
			return yield(item{kind: itemTooLong}, nil)
		case err != nil:
			return !errors.Is(w.err, errStopped)
		case event.Data == "":
			continue
		}
		if !yield(item{data: event.Data, cut: w.cut}, nil) {
			return false
		}
		if len(event.Data) > largeEvent {
			return true // between two events the parser holds nothing back
		}
	}
	return true
}

var (
	errTooLong = errors.New("event over the limit")
	errStopped = errors.New("the consumer has stopped")
)

// wholeEvents is the reader between the body and go-sse. Each of its reads
// fills the buffer it is given, or ends with an event's end. It makes every
// line end a line feed and passes comments and blank floods to nobody.
type wholeEvents struct {
	body    *bufio.Reader
	limit   int
	comment func() bool // called for each comment line; false ends the reading

	pending   []byte // for the next read, before anything from the body
	ended     bool   // the event ends with pending
	size      int    // bytes of the current event so far
	lineStart bool
	inComment bool
	afterCR   bool // a line feed that comes now belongs to the line end before
	skipping  bool // what comes belongs to an event over the limit
	cut       bool // the body ended within the current event
	err       error
}

// skipMark drops the byte order mark that the body may begin with. It waits
// for no more bytes than it needs to tell.
func (w *wholeEvents) skipMark() {
	const mark = "\xef\xbb\xbf"
	for n := range len(mark) {
		b, err := w.body.Peek(n + 1)
		if err != nil || b[n] != mark[n] {
			return
		}
	}
	_, _ = w.body.Discard(len(mark)) // buffered by Peek
}

// begin prepares for a new parser. go-sse drops a byte order mark before the
// first thing it sees; an empty comment sees to it that this is nothing else.
func (w *wholeEvents) begin() {
	w.pending = append(w.pending[:0], ":\n\n"...)
	w.ended = false
}

func (w *wholeEvents) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if len(w.pending) > 0 {
			c := copy(p[n:], w.pending)
			n, w.pending = n+c, w.pending[c:]
			continue
		}
		if w.ended {
			w.ended, w.size = false, 0
			if n > 0 {
				break // so that the event is out before the body is read on
			}
		}
		if w.err != nil {
			return n, w.err
		}
		c, err := w.step(p[n:])
		n += c
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// step takes one line from the body, or the part of one that is there, and
// writes into p what go-sse shall see of it.
func (w *wholeEvents) step(p []byte) (int, error) {
	if _, err := w.body.Peek(1); err != nil {
		return 0, w.end(err)
	}
	line, _ := w.body.Peek(w.body.Buffered())
	if w.afterCR {
		w.afterCR = false
		if line[0] == '\n' {
			w.discard(1)
			return 0, nil
		}
	}
	length := lineLength(line)
	if w.lineStart {
		w.inComment = line[0] == ':'
	}
	if length == 0 {
		return 0, w.endLine(line[0])
	}
	w.lineStart = false
	if w.inComment || w.skipping {
		w.discard(length)
		return 0, nil
	}
	n := copy(p, line[:length])
	w.discard(n)
	return n, w.grow(n)
}

// endLine handles the line end that begins with b.
func (w *wholeEvents) endLine(b byte) error {
	w.discard(1)
	w.afterCR = b == '\r'
	blank := w.lineStart
	w.lineStart = true
	switch {
	case w.inComment:
		w.inComment = false
		if !w.comment() {
			w.err = errStopped
		}
		return w.err
	case blank && w.skipping:
		w.skipping, w.size = false, 0
	case blank && w.size > 0:
		w.pending, w.ended = append(w.pending[:0], '\n'), true
	case !blank && !w.skipping:
		w.pending = append(w.pending[:0], '\n')
		return w.grow(1)
	}
	return nil
}

// grow counts n more bytes of the current event.
func (w *wholeEvents) grow(n int) error {
	w.size += n
	if w.size <= w.limit {
		return nil
	}
	w.skipping = true
	return errTooLong
}

// end handles the end of the body. An event that is still open is ended, and
// marked as cut.
func (w *wholeEvents) end(err error) error {
	w.err = err
	if w.size == 0 || w.skipping {
		return err
	}
	w.cut, w.ended = true, true
	w.pending = append(w.pending[:0], "\n\n"...)
	return nil
}

func (w *wholeEvents) discard(n int) {
	_, _ = w.body.Discard(n) // never more than is buffered
}

// lineLength is how many bytes of b come before its first line end.
func lineLength(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		b = b[:i]
	}
	if i := bytes.IndexByte(b, '\r'); i >= 0 {
		b = b[:i]
	}
	return len(b)
}
