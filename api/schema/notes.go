package schema

// notes are the members and items that rules have looked at. Nil notes nothing.
type notes struct {
	members map[string]bool
	items   map[int]bool
}

func (n *notes) member(name string) {
	if n == nil {
		return
	}
	if n.members == nil {
		n.members = map[string]bool{}
	}
	n.members[name] = true
}

func (n *notes) item(i int) {
	if n == nil {
		return
	}
	if n.items == nil {
		n.items = map[int]bool{}
	}
	n.items[i] = true
}

func (n *notes) merge(from *notes) {
	if n == nil || from == nil {
		return
	}
	for name := range from.members {
		n.member(name)
	}
	for i := range from.items {
		n.item(i)
	}
}
