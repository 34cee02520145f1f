package validate

import "strings"

// tagMember is the member that says which model an object has.
const tagMember = "type"

// checkBoolOrTagged is a bool or a list. What is neither gets the errors of
// both members of the union.
func (f Field) checkBoolOrTagged(n *node, at location) (any, Errors) {
	flag, flagErrs := checkBool(n, at.join("bool"))
	if flagErrs == nil {
		return flag, nil
	}
	items, errs := f.checkTagged(n, at.join("list[tagged-union]"))
	if errs == nil {
		return items, nil
	}
	return nil, append(errs, flagErrs...)
}

func (f Field) checkTagged(n *node, at location) ([]Values, Errors) {
	if n.kind != kindList {
		return nil, Errors{newError("list_type", at, "Input should be a valid list", n)}
	}
	items := make([]Values, 0, len(n.list))
	var errs Errors
	for i, item := range n.list {
		values, bad := f.checkOneTagged(item, at.join(i))
		items, errs = append(items, values), append(errs, bad...)
	}
	return items, errs
}

func (f Field) checkOneTagged(n *node, at location) (Values, Errors) {
	if n.kind != kindObject {
		return Values{}, Errors{notAnObject(at, n)}
	}
	tag := n.member(tagMember)
	if tag == nil {
		e := newError("union_tag_not_found", at, "Unable to extract tag using discriminator '"+tagMember+"'", n)
		e.Ctx = struct {
			Discriminator string `json:"discriminator"`
		}{"'" + tagMember + "'"}
		return Values{}, Errors{e}
	}
	var tags []string
	for _, tagged := range f.Tagged {
		if tag.kind == kindString && tag.text == tagged.Tag {
			return tagged.Model.object(n, at.join(tagged.Tag))
		}
		tags = append(tags, "'"+tagged.Tag+"'")
	}
	return Values{}, Errors{unknownTag(tag, strings.Join(tags, ", "), n, at)}
}

func unknownTag(tag *node, tags string, n *node, at location) Error {
	name := tag.text
	if tag.kind != kindString {
		name = string(tag.json())
	}
	e := newError("union_tag_invalid", at,
		"Input tag '"+name+"' found using '"+tagMember+"' does not match any of the expected tags: "+tags, n)
	e.Ctx = struct {
		Discriminator string `json:"discriminator"`
		Tag           string `json:"tag"`
		ExpectedTags  string `json:"expected_tags"`
	}{"'" + tagMember + "'", name, tags}
	return e
}
