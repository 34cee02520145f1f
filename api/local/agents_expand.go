package local

// maxExpanded is how many parts a schema may have once every reference is
// written out. Checking a value takes time in proportion to that, and a short
// schema can double it with every reference.
const maxExpanded = 10_000

// expansion counts the parts of a schema, each reference's only once.
type expansion struct {
	fitter
	sizes map[string]int // by reference
}

// size is how many parts a part of a schema has, at most about maxExpanded.
func (e expansion) size(part any) int {
	total := 1
	switch part := part.(type) {
	case map[string]any:
		for name, inner := range part {
			if name != "$defs" && name != "definitions" {
				total = min(total+e.size(inner), maxExpanded+1)
			}
		}
		if reference, ok := part["$ref"].(string); ok {
			total = min(total+e.referred(reference), maxExpanded+1)
		}
	case []any:
		for _, inner := range part {
			total = min(total+e.size(inner), maxExpanded+1)
		}
	}
	return total
}

// referred is the size of what a reference means. A circle counts once: it goes
// on only inside the value that is checked.
func (e expansion) referred(reference string) int {
	if size, ok := e.sizes[reference]; ok {
		return size
	}
	e.sizes[reference] = 1
	e.sizes[reference] = e.size(e.lookUp(reference))
	return e.sizes[reference]
}
