package schema

// meets reports whether a value meets a rule. What of the value was looked at
// is noted for the rule that asks, unless it does not care.
func (c *checking) meets(r *rule, value any, asks *notes) bool {
	if !c.spend(1 + len(r.asserts)) {
		return true
	}
	var own *notes
	if c.notes {
		own = &notes{}
	}
	if r.never || !c.asserted(r, value) || !c.sameValue(r, value, own) || !c.inside(r, value, own) || !c.others(r, value, own) {
		return c.ended
	}
	if asks != nil {
		c.spend(len(own.members) + len(own.items))
		asks.merge(own)
	}
	return true
}

func (c *checking) asserted(r *rule, value any) bool {
	for _, a := range r.asserts {
		if !a.holds(c, value) {
			return false
		}
	}
	return true
}

// sameValue checks the rules that say more about the same value. Of a choice,
// all parts are looked at, for what they note.
func (c *checking) sameValue(r *rule, value any, own *notes) bool {
	if r.ref != nil && !c.meets(r.ref, value, own) {
		return false
	}
	for _, part := range r.allOf {
		if !c.meets(part, value, own) {
			return false
		}
	}
	if r.anyOf != nil && c.count(r.anyOf, value, own) == 0 || r.oneOf != nil && c.count(r.oneOf, value, own) != 1 {
		return false
	}
	if r.not != nil && c.meets(r.not, value, nil) && !c.ended {
		return false
	}
	if branch := c.branch(r, value, own); branch != nil && !c.meets(branch, value, own) {
		return false
	}
	members, _ := value.(map[string]any)
	for name, part := range r.dependent {
		if _, there := members[name]; there && !c.meets(part, value, own) {
			return false
		}
	}
	return true
}

// count is how many of the rules a value meets.
func (c *checking) count(rules []*rule, value any, own *notes) int {
	n := 0
	for _, part := range rules {
		if c.meets(part, value, own) {
			n++
		}
	}
	return n
}

// branch is the rule that a condition leads to, or nil.
func (c *checking) branch(r *rule, value any, own *notes) *rule {
	switch {
	case r.when == nil:
		return nil
	case c.meets(r.when, value, own):
		return r.then
	}
	return r.otherwise
}

// inside checks members and items.
func (c *checking) inside(r *rule, value any, own *notes) bool {
	switch value := value.(type) {
	case map[string]any:
		return !r.hasMembers() || c.spend(len(value)) && c.insideObject(r, value, own)
	case []any:
		return (!r.hasItems() || c.spend(len(value)) && c.insideArray(r, value, own)) && c.contained(r, value, own)
	}
	return true
}

func (c *checking) insideObject(r *rule, object map[string]any, own *notes) bool {
	for name, member := range object {
		if r.names != nil && !c.meets(r.names, name, nil) {
			return false
		}
		for _, part := range c.ofMember(r, name) {
			if own.member(name); !c.meets(part, member, nil) {
				return false
			}
		}
	}
	return true
}

func (c *checking) insideArray(r *rule, array []any, own *notes) bool {
	for i, item := range array {
		if part := r.ofItem(i); part != nil {
			if own.item(i); !c.meets(part, item, nil) {
				return false
			}
		}
	}
	return true
}

// ofMember are the rules for a member.
func (c *checking) ofMember(r *rule, name string) []*rule {
	var rules []*rule
	if part := r.properties[name]; part != nil {
		rules = append(rules, part)
	}
	for _, p := range r.patterns {
		if p.matches(c, name) {
			rules = append(rules, p.rule)
		}
	}
	if rules == nil && r.additional != nil {
		rules = append(rules, r.additional)
	}
	return rules
}

// ofItem is the rule for an item, or nil.
func (r *rule) ofItem(i int) *rule {
	if i < len(r.prefix) {
		return r.prefix[i]
	}
	return r.items
}

// contained checks how many items are of the kind that there have to be.
func (c *checking) contained(r *rule, items []any, own *notes) bool {
	if r.contains == nil {
		return true
	}
	n := 0.0
	for i, item := range items {
		if c.meets(r.contains, item, nil) {
			own.item(i)
			n++
		}
	}
	return n >= r.least && n <= r.most
}

// others checks what no other rule has looked at.
func (c *checking) others(r *rule, value any, own *notes) bool {
	object, _ := value.(map[string]any)
	if r.otherMembers != nil && c.spend(len(object)) {
		for name, member := range object {
			if !own.members[name] && !c.meets(r.otherMembers, member, nil) {
				return false
			}
			own.member(name)
		}
	}
	array, _ := value.([]any)
	if r.otherItems != nil && c.spend(len(array)) {
		for i, item := range array {
			if !own.items[i] && !c.meets(r.otherItems, item, nil) {
				return false
			}
			own.item(i)
		}
	}
	return true
}
