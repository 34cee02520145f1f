package agent

import (
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html/charset"
)

// The media types that can be read.
const (
	mediaHTML  = "text/html"
	mediaXHTML = "application/xhtml+xml"
	mediaText  = "text/plain"
)

// maxEncodings is how many compressions on top of each other are undone.
const maxEncodings = 3

// decompress undoes the Content-Encoding of a body, the last one first.
func decompress(body io.Reader, headers []string) (io.Reader, error) {
	encodings := strings.FieldsFunc(strings.ToLower(strings.Join(headers, ",")), func(r rune) bool { return r == ',' || r == ' ' })
	if len(encodings) > maxEncodings {
		return nil, fmt.Errorf("it is compressed %d times over", len(encodings))
	}
	for _, encoding := range slices.Backward(encodings) {
		switch encoding {
		case "identity":
		case "gzip", "x-gzip":
			unzipped, err := gzip.NewReader(body)
			if err != nil {
				return nil, fmt.Errorf("failed to decompress its gzip body: %w", err)
			}
			body = unzipped
		case "br":
			body = brotli.NewReader(body)
		default:
			return nil, fmt.Errorf("its body is encoded as %q, which was not asked for", encoding)
		}
	}
	return body, nil
}

// toUTF8 decodes a page by its byte order mark, its Content-Type or its meta
// elements, in this order, and names the encoding. Without any of them, what
// is valid UTF-8 is UTF-8.
func toUTF8(raw []byte, contentType string) (text, name string) {
	encoding, name, certain := charset.DetermineEncoding(raw, contentType)
	if name == "utf-8" || !certain && name == "windows-1252" && utf8.Valid(raw) {
		return strings.TrimPrefix(strings.ToValidUTF8(string(raw), "\uFFFD"), "\uFEFF"), "utf-8"
	}
	decoded, err := encoding.NewDecoder().Bytes(raw)
	if err != nil {
		decoded = raw
	}
	return strings.TrimPrefix(strings.ToValidUTF8(string(decoded), "\uFFFD"), "\uFEFF"), name
}
