package markdown

import (
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// references are the link reference definitions ("[label]: address") of a
// whole text, which is parsed in pieces.
type references struct {
	known  map[string]parser.Reference // by normalised label; the first one counts
	missed map[string]struct{}         // labels that a piece asked for in vain
}

func newReferences() *references {
	return &references{known: map[string]parser.Reference{}, missed: map[string]struct{}{}}
}

// late reports whether a definition came after a piece that needed it.
func (r *references) late() bool {
	for label := range r.missed {
		if _, ok := r.known[label]; ok {
			return true
		}
	}
	return false
}

// pieceContext is goldmark's context for one piece. Definitions in the piece
// are added to the text's own only when keep is set: those of an open block
// may still change.
type pieceContext struct {
	parser.Context
	text *references
	keep bool
}

func (c *pieceContext) AddReference(ref parser.Reference) {
	c.Context.AddReference(ref)
	if !c.keep {
		return
	}
	label := util.ToLinkReference(ref.Label())
	if _, ok := c.text.known[label]; !ok {
		c.text.known[label] = ref
	}
}

func (c *pieceContext) Reference(label string) (parser.Reference, bool) {
	if ref, ok := c.text.known[label]; ok {
		return ref, true
	}
	ref, ok := c.Context.Reference(label)
	if !ok && c.keep {
		c.text.missed[label] = struct{}{}
	}
	return ref, ok
}
