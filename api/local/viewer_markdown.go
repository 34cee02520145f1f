package local

import (
	"bytes"
	"html/template"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// maxMarkdown is the longest text, in bytes, that is shown as Markdown: parsing
// hostile Markdown takes more than linear time.
const maxMarkdown = 16 << 10

// markdownPolicy is what may stand in the agent's own words. They hold text of
// strangers' pages, so there are no images, which would be loaded from there.
var markdownPolicy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "pre", "code", "blockquote", "strong", "em", "del")
	p.AllowLists()
	p.AllowTables()
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https")
	p.RequireParseableURLs(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.RequireNoFollowOnLinks(true)
	return p
})

// markdownHTML is a text of the agent as HTML.
func markdownHTML(text string) template.HTML {
	if len(text) <= maxMarkdown {
		var out bytes.Buffer
		if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(text), &out); err == nil {
			return template.HTML(markdownPolicy().SanitizeBytes(out.Bytes()))
		}
	}
	return template.HTML("<pre>" + template.HTMLEscapeString(text) + "</pre>")
}
