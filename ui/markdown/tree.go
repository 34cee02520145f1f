package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// tree is a parsed piece: the nodes and the source that they point into.
type tree struct {
	root    ast.Node
	source  []byte
	longest int // the longest address, in cells, that is not cut; 0: any
}

// prepare changes the inline nodes below n so that what Glamour writes for
// them is safe and is the text that Markdown means. Glamour decodes entities
// as it writes, and writes addresses as they are; so everything is decoded,
// cleaned and, where Glamour would decode it again, encoded here.
func (t *tree) prepare(n ast.Node) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		t.prepareNode(n, c)
		c = next
	}
}

func (t *tree) prepareNode(parent, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		t.prepareText(n)
	case *ast.CodeSpan:
		t.prepareCode(n)
	case *ast.Link:
		t.prepareLink(parent, n)
	case *ast.Image:
		link := ast.NewLink()
		link.Destination = n.Destination
		if n.HasChildren() {
			link.AppendChild(link, t.textNode("image: "))
		} else {
			link.AppendChild(link, t.textNode("image"))
		}
		for c := n.FirstChild(); c != nil; c = n.FirstChild() {
			link.AppendChild(link, c)
		}
		parent.ReplaceChild(parent, n, link)
		t.prepareNode(parent, link)
	case *ast.AutoLink:
		parent.ReplaceChild(parent, n, t.autoLink(string(n.URL(t.source))))
	case *ast.RawHTML:
		parent.ReplaceChild(parent, n, t.textNode(htmlText(n, t.source)))
	case *ast.Emphasis:
		t.prepare(n)
	case *extension.Strikethrough:
		t.prepare(n)
		unlink(n) // Glamour strikes text, not links
	default: // task check boxes; anything else has no place in a sentence
		if n.Kind() != extension.KindTaskCheckBox {
			parent.RemoveChild(parent, n)
		}
	}
}

// prepareText resolves escapes and entities, and turns a soft line break into
// a space; a hard one stays.
func (t *tree) prepareText(n *ast.Text) {
	raw := n.Segment.Value(t.source)
	fixed := string(raw)
	if bytes.IndexByte(raw, '&') >= 0 || bytes.IndexByte(raw, '\\') >= 0 {
		decoded := util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
		fixed = glamourEscapes.Replace(strings.ReplaceAll(visible(string(decoded)), "\n", " "))
	}
	if n.SoftLineBreak() && !n.HardLineBreak() {
		n.SetSoftLineBreak(false)
		fixed += " "
	}
	if fixed != string(raw) {
		n.Segment = t.add(fixed)
	}
}

// glamourEscapes is undone by Glamour when it writes a text.
var glamourEscapes = strings.NewReplacer("&", "&amp;", `\`, `\\`)

// prepareCode keeps Glamour from decoding entities in code, and puts code that
// came on several lines on one.
func (t *tree) prepareCode(n *ast.CodeSpan) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if s, ok := c.(*ast.Text); ok {
			raw := s.Segment.Value(t.source)
			if bytes.ContainsAny(raw, "&\n") {
				s.Segment = t.add(strings.NewReplacer("&", "&amp;", "\n", " ").Replace(string(raw)))
			}
		}
	}
}

// add appends s to the source, for nodes to point to.
func (t *tree) add(s string) text.Segment {
	from := len(t.source)
	t.source = append(t.source, s...)
	return text.NewSegment(from, len(t.source))
}

func (t *tree) textNode(s string) ast.Node {
	return ast.NewTextSegment(t.add(s))
}

// prepareLink parts a link into its text and its address, unless the text says
// the address.
func (t *tree) prepareLink(parent ast.Node, n *ast.Link) {
	t.prepare(n)
	to := address(n.Destination)
	if tells(plainText(n, t.source), to) {
		parent.ReplaceChild(parent, n, t.autoLink(to))
		return
	}
	beside := t.addressNode(to)
	if !n.HasChildren() {
		parent.ReplaceChild(parent, n, beside)
		return
	}
	label := t.linkNode(mailMark + to)
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		label.AppendChild(label, c)
	}
	parent.ReplaceChild(parent, n, label)
	if beside.HasChildren() {
		parent.InsertAfter(parent, label, beside)
		parent.InsertAfter(parent, label, t.textNode(" "))
	}
}

// addressNode is an address as it is shown beside a link's text: nothing for a
// place in the page itself.
func (t *tree) addressNode(to string) ast.Node {
	if to == "" || to[0] == '#' {
		return t.textNode("")
	}
	n := t.linkNode(addressMark + to)
	n.AppendChild(n, t.textNode(glamourEscapes.Replace("("+shortAddress(to, t.longest)+")")))
	return n
}

// autoLink is an address that stands alone.
func (t *tree) autoLink(to string) ast.Node {
	to = visible(to)
	n := t.linkNode(mailMark + to)
	n.AppendChild(n, t.textNode(glamourEscapes.Replace(to)))
	return n
}

// linkNode is a link that shows its children alone. Glamour draws one so only
// if it is one of mail; the decoder takes the mark that to begins with away.
func (t *tree) linkNode(to string) *ast.AutoLink {
	return ast.NewAutoLink(ast.AutoLinkEmail, ast.NewTextSegment(t.add(to)))
}

// unlink leaves of the links below n what they show.
func unlink(n ast.Node) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		unlink(c)
		if c.Kind() == ast.KindAutoLink {
			for shown := c.FirstChild(); shown != nil; shown = c.FirstChild() {
				n.InsertBefore(n, c, shown)
			}
			n.RemoveChild(n, c)
		}
		c = next
	}
}

const (
	mailMark = "mailto:"
	// addressMark is before the address of a link that is shown beside its text.
	addressMark = mailMark + "("
)

// address is a link's destination as it is meant and safe to write.
func address(raw []byte) string {
	decoded := util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
	return asciiAddress(string(decoded))
}

// plainText is the text below n without any markup.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if s, ok := c.(*ast.Text); ok {
			b.Write(s.Segment.Value(source))
		} else if a, ok := c.(*ast.AutoLink); ok {
			b.Write(a.Label(source))
		} else {
			b.WriteString(plainText(c, source))
		}
	}
	return b.String()
}

// htmlText is what inline HTML leaves behind: a line break for <br>, else
// nothing.
func htmlText(n *ast.RawHTML, source []byte) string {
	tag := strings.ToLower(string(n.Segments.Value(source)))
	name := strings.TrimRight(strings.TrimPrefix(tag, "<"), " />")
	if name == "br" {
		return newline
	}
	return ""
}
