package markdown

import (
	"math"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// references are the link reference definitions ("[label]: address") of a
// whole text, which is parsed in pieces. A piece sees those that were defined
// before its end, so that it looks the same whenever it is drawn, until the
// text is complete.
type references struct {
	known   map[string]definition // by normalised label; the first one counts
	missed  map[string]struct{}   // labels that a piece asked for in vain
	piece   block                 // the one that is drawn
	settled bool                  // every definition is known
}

type definition struct {
	parser.Reference
	at int // where the piece begins that it stands in
}

func newReferences() *references {
	return &references{known: map[string]definition{}, missed: map[string]struct{}{}}
}

// at says which piece is drawn next.
func (r *references) at(b block) { r.piece = b }

// all says that what is drawn next is behind all definitions.
func (r *references) all() { r.piece = block{end: math.MaxInt} }

// late reports whether a definition came after a piece that needed it.
func (r *references) late() bool {
	for label := range r.missed {
		if _, ok := r.known[label]; ok {
			return true
		}
	}
	return false
}

// settle says that the text is complete: every piece sees all definitions.
func (r *references) settle() {
	r.settled = true
	clear(r.missed)
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
		c.text.known[label] = definition{ref, c.text.piece.start}
	}
}

func (c *pieceContext) Reference(label string) (parser.Reference, bool) {
	known, ok := c.text.known[label]
	if ok && (c.text.settled || known.at < c.text.piece.end) {
		return known.Reference, true
	}
	ref, ok := c.Context.Reference(label)
	if !ok && c.keep {
		c.text.missed[label] = struct{}{}
	}
	return ref, ok
}
