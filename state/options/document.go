package options

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxDocument is the longest document that is read, in bytes.
const maxDocument = 1 << 20

// inline reports whether a value is JSON itself, rather than a file with it.
func inline(text string) bool {
	return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") || json.Valid([]byte(text))
}

// document is the JSON of a field, and what messages call it, with a space
// after it where that is a file. It is nil without a value, and when it cannot be
// used.
func (r *reader) document(name string) (raw json.RawMessage, called string) {
	text := r.values.get(name)
	if text == "" {
		return nil, ""
	}
	field, _ := Lookup(name)
	switch {
	case !inline(text):
		if !field.Secret && pathLike(text) { // people paste what should be in the file
			called = lastOf(text) + " "
		}
		var err error
		if raw, err = readDocument(text); err != nil {
			r.faults.add(name, "%scannot be read: %v%s", called, err, field.insteadOf(text))
			return nil, ""
		}
	case field.Kind == File:
		r.faults.add(name, "has to be the name of a file, for what is in it may be secret; save it there")
		return nil, ""
	case len(text) > maxDocument:
		r.faults.add(name, "is longer than %d bytes; make it shorter", maxDocument)
		return nil, ""
	default:
		raw = json.RawMessage(text)
	}
	var value json.RawMessage
	if err := json.Unmarshal(raw, &value); err != nil {
		r.faults.add(name, "%sis not JSON: %v", called, err)
		return nil, ""
	}
	return value, called
}

// insteadOf is the advice on a text that should be a path, and may be what
// belongs into the file.
func (f Field) insteadOf(text string) string {
	switch {
	case f.Kind != File || pathLike(text):
		return ""
	case f.Name == proxies:
		return "; write the proxies into a JSON file and name that"
	}
	return "; write it into a JSON file and name that"
}

// lastOf is the end of a path, which tells most.
func lastOf(path string) string {
	const longest = 60
	if runes := []rune(path); len(runes) > longest {
		return "…" + string(runes[len(runes)-longest:])
	}
	return path
}

// readDocument is the text of a file without what editors put around it. The
// error does not name the file.
func readDocument(path string) (raw []byte, err error) {
	defer func() {
		if with, ok := errors.AsType[*fs.PathError](err); ok {
			err = with.Err
		}
	}()
	if rest, below := strings.CutPrefix(path, "~/"); below {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, err
		}
		path = filepath.Join(home, rest)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && !handedOver(path, info) {
		return nil, errors.New("it is not a regular file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	raw, err = io.ReadAll(io.LimitReader(file, maxDocument+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxDocument {
		return nil, fmt.Errorf("it is longer than %d bytes; make it shorter", maxDocument)
	}
	return bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\ufeff"))), nil
}

// handedOver reports whether a file is a pipe that the shell has opened for
// this program. For any other pipe one could wait for ever.
func handedOver(path string, info fs.FileInfo) bool {
	return info.Mode()&fs.ModeNamedPipe != 0 && strings.HasPrefix(path, "/dev/fd/")
}
