package api

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// looksLikeHTML reports whether an error body is a page, as proxies send them.
func looksLikeHTML(body []byte) bool {
	body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), jsonSpace)
	return len(body) > 1 && body[0] == '<'
}

// htmlText is the readable text of a page, without markup, on one line.
func htmlText(page []byte) Text {
	var words []string
	hidden := ""
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken: // the end; a tokenizer has no other errors on bytes
			return Text(Clean(strings.Join(words, " ")).Line())
		case html.StartTagToken:
			if name, _ := z.TagName(); hidden == "" && unreadableTag(string(name)) {
				hidden = string(name)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == hidden {
				hidden = ""
			}
		case html.TextToken:
			if hidden == "" {
				words = append(words, strings.Fields(string(z.Text()))...)
			}
		default: // comments and the like say nothing
		}
	}
}

func unreadableTag(name string) bool {
	switch name {
	case "script", "style", "template", "svg":
		return true
	}
	return false
}
