package themes

import (
	"path/filepath"
	"slices"
	"strings"
)

// drafts are a person's own themes, which may extend each other.
type drafts struct {
	inOrder []*draft
	byName  map[string]*draft // by folded name
}

// add takes d up unless its name is taken. A built-in theme cannot be replaced:
// whoever chooses "notte" gets the one that is documented.
func (all *drafts) add(d *draft) *FileError {
	if isBuiltin(d.name) {
		return d.problem("name", quote(d.name)+" is built in; take another name, and extends = "+quote(folded(d.name))+" to change it")
	}
	if other := all.byName[folded(d.name)]; other != nil {
		return d.problem("name", quote(d.name)+" is the name of "+quote(filepath.Base(other.file))+" too; take another")
	}
	all.inOrder = append(all.inOrder, d)
	all.byName[folded(d.name)] = d
	return nil
}

// themes are all drafts with what they leave out filled in.
func (all *drafts) themes() (themes []*Theme, problems []*FileError) {
	for _, d := range all.inOrder {
		theme, problem := all.fill(d)
		if problem != nil {
			problems = append(problems, problem)
			continue
		}
		themes = append(themes, theme)
	}
	return themes, problems
}

// fill is d over the theme that it extends, and so on down to one that extends
// none.
func (all *drafts) fill(d *draft) (*Theme, *FileError) {
	base := &Theme{}
	chain := []*draft{d}
	for last := d; last.extends != ""; last = chain[len(chain)-1] {
		if isBuiltin(last.extends) {
			base = builtin(folded(last.extends))
			break
		}
		next := all.byName[folded(last.extends)]
		switch {
		case next == nil && last == d:
			return nil, d.problem("extends", "there is no theme "+quote(d.extends)+" that can be read; the built-in ones are "+strings.Join(builtinNames(), ", "))
		case next == nil:
			return nil, d.problem("extends", quote(d.extends)+" extends a theme that cannot be read; correct that first")
		case slices.Contains(chain, next):
			return nil, d.problem("extends", quote(d.extends)+" leads back to "+quote(next.name)+" without an end; let one of them extend a built-in theme")
		}
		chain = append(chain, next)
	}
	for _, d := range slices.Backward(chain) {
		base = d.over(base)
	}
	return base, nil
}
