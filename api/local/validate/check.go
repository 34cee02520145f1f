package validate

// found is a value that a request holds: an int, a bool, a string, []string,
// map[string]string or Values, and the JSON that it came from.
type found struct {
	value any
	node  *node
}

// take checks one value of f and keeps it.
func (v Values) take(f Field, n *node, at location) Errors {
	if n.kind == kindNull && (f.Nullable || f.Type == Any) {
		return nil
	}
	value, errs := f.check(n, at)
	if errs == nil {
		v.found[f.Name] = found{value, n}
	}
	return errs
}

// check is the value of n as f's type.
func (f Field) check(n *node, at location) (any, Errors) {
	switch f.Type {
	case String:
		return checkString(n, at)
	case Int:
		return f.checkInt(n, at)
	case Bool:
		return checkBool(n, at)
	case Dict:
		return checkDict(n, at)
	case StringList:
		return f.checkStringList(n, at)
	case StringMap:
		return checkStringMap(n, at)
	case Literal:
		return f.checkLiteral(n, at)
	case EnumOrString:
		return f.checkEnumOrString(n, at)
	case Object:
		return f.Model.object(n, at)
	case BoolOrTagged:
		return f.checkBoolOrTagged(n, at)
	case Any:
		return nil, nil
	}
	return nil, nil
}

func checkString(n *node, at location) (any, Errors) {
	if n.kind != kindString {
		return nil, Errors{newError("string_type", at, "Input should be a valid string", n)}
	}
	return n.text, nil
}

func checkDict(n *node, at location) (any, Errors) {
	if n.kind != kindObject {
		return nil, Errors{newError("dict_type", at, "Input should be a valid dictionary", n)}
	}
	return nil, nil
}

// checkStringList counts before it looks at the items, as pydantic does.
func (f Field) checkStringList(n *node, at location) (any, Errors) {
	if n.kind != kindList {
		return nil, Errors{newError("list_type", at, "Input should be a valid list", n)}
	}
	if f.MaxItems > 0 && len(n.list) > f.MaxItems {
		return nil, Errors{tooLong(f.MaxItems, n, at)}
	}
	items := make([]string, len(n.list))
	var errs Errors
	for i, item := range n.list {
		if _, bad := checkString(item, at.join(i)); bad != nil {
			errs = append(errs, bad...)
		}
		items[i] = item.text
	}
	return items, errs
}

func checkStringMap(n *node, at location) (any, Errors) {
	if _, errs := checkDict(n, at); errs != nil {
		return nil, errs
	}
	items := make(map[string]string, len(n.members))
	var errs Errors
	for _, m := range n.members {
		if _, bad := checkString(m.value, at.join(m.name)); bad != nil {
			errs = append(errs, bad...)
		}
		items[m.name] = m.value.text
	}
	return items, errs
}

func (f Field) checkLiteral(n *node, at location) (any, Errors) {
	if n.kind == kindString {
		for _, choice := range f.Choices {
			if choice == n.text {
				return n.text, nil
			}
		}
	}
	return nil, Errors{notAmong("literal_error", at, f.Choices, n)}
}

// checkEnumOrString tells both members of the union when n is neither.
func (f Field) checkEnumOrString(n *node, at location) (any, Errors) {
	if n.kind == kindString {
		return n.text, nil
	}
	_, errs := checkString(n, at.join("str"))
	return nil, append(Errors{notAmong("enum", at.join("str-enum["+f.EnumName+"]"), f.Choices, n)}, errs...)
}
