package validate

import (
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// Type is what a field may hold.
type Type int

// The types of fields, with pydantic's coercions.
const (
	// Any takes every JSON value.
	Any Type = iota
	// String takes strings only.
	String
	// Int takes integers, whole floats, booleans, and strings of digits.
	Int
	// Bool takes booleans, 0 and 1, and words such as "yes" and "off".
	Bool
	// Dict takes objects.
	Dict
	// StringList takes lists of strings, at most MaxItems of them.
	StringList
	// StringMap takes objects whose values are strings.
	StringMap
	// Literal takes one of Choices.
	Literal
	// EnumOrString takes any string, and names Choices when it gets none.
	EnumOrString
	// Object takes what Model takes.
	Object
	// BoolOrTagged takes what Bool takes, or a list of objects, each of which
	// has one of Tagged's models, by its member "type".
	BoolOrTagged
)

// Extra says what happens to members of a body that are no fields.
type Extra int

// What may happen to them.
const (
	Ignore Extra = iota
	Forbid
)

// Field is one field of a Model.
type Field struct {
	Name string
	// Aliases are other names that a sender may use. The first name that is
	// there counts; others are extra members.
	Aliases  []string
	Type     Type
	Required bool
	// Nullable fields take null too, which getters cannot tell from absence.
	Nullable bool
	// Default is what getters return when the field is absent or null: a
	// string, an int, a bool, or nil for the zero value.
	Default any
	// Min, Above and Max bound an Int: at least, greater than, at most.
	Min, Above, Max *int
	MaxItems        int      // of a StringList; 0 is any number
	Choices         []string // of a Literal or an EnumOrString
	EnumName        string   // of an EnumOrString, as errors name it
	Model           *Model   // of an Object
	Tagged          []Tagged // of a BoolOrTagged
}

// Tagged is the model of the objects whose member "type" is Tag.
type Tagged struct {
	Tag   string
	Model Model
}

// Model is the shape of a request's body, query or headers.
type Model struct {
	Fields []Field
	Extra  Extra
}

// Body checks a body of the given Content-Type. The error is nil exactly when
// the body is valid.
func (m Model) Body(raw []byte, contentType string) (Values, Errors) {
	at := location{"body"}
	if len(raw) == 0 {
		return Values{}, Errors{missing(at, nil)}
	}
	if !isJSON(contentType) {
		text := &node{kind: kindString, text: strings.ToValidUTF8(string(raw), "\uFFFD")}
		return Values{}, Errors{notAnObject(at, text)}
	}
	body, bad := parse(raw)
	if bad != nil {
		return Values{}, Errors{bad.error()}
	}
	if body.kind == kindNull {
		return Values{}, Errors{missing(at, nil)}
	}
	return m.object(body, at)
}

// Query checks the parameters of a query. The last one of a name counts.
func (m Model) Query(query url.Values) (Values, Errors) {
	return m.parameters("query", func(name string) (string, bool) {
		values := query[name]
		if len(values) == 0 {
			return "", false
		}
		return values[len(values)-1], true
	})
}

// Header checks headers, whose field names are written in lower case.
func (m Model) Header(header http.Header) (Values, Errors) {
	return m.parameters("header", func(name string) (string, bool) {
		values := header.Values(name)
		if len(values) == 0 {
			return "", false
		}
		return values[len(values)-1], true
	})
}

// isJSON reports whether FastAPI reads a body of that type as JSON. It does so
// for a body without a type as well.
func isJSON(contentType string) bool {
	if contentType == "" {
		return true
	}
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	subtype, application := strings.CutPrefix(kind, "application/")
	return application && (subtype == "json" || strings.HasSuffix(subtype, "+json"))
}

// object checks one JSON value against the model.
func (m Model) object(n *node, at location) (Values, Errors) {
	if n.kind != kindObject {
		return Values{}, Errors{notAnObject(at, n)}
	}
	values := Values{model: m, at: at, input: n, found: map[string]found{}}
	used := map[string]bool{}
	var errs Errors
	for _, f := range m.Fields {
		name, value := f.find(n)
		if value == nil {
			if f.Required {
				errs = append(errs, missing(at.join(f.Name), n))
			}
			continue
		}
		used[name] = true
		errs = append(errs, values.take(f, value, at.join(name))...)
	}
	if m.Extra == Forbid {
		for _, extra := range n.members {
			if !used[extra.name] {
				errs = append(errs, newError("extra_forbidden", at.join(extra.name), "Extra inputs are not permitted", extra.value))
			}
		}
	}
	if errs != nil {
		return Values{}, errs
	}
	return values, nil
}

func (m Model) parameters(place string, get func(name string) (string, bool)) (Values, Errors) {
	values := Values{model: m, at: location{place}, found: map[string]found{}}
	var errs Errors
	for _, f := range m.Fields {
		at := values.at.join(f.Name)
		text, ok := get(f.Name)
		if !ok {
			if f.Required {
				errs = append(errs, missing(at, nil))
			}
			continue
		}
		text = strings.ToValidUTF8(text, "\uFFFD")
		errs = append(errs, values.take(f, &node{kind: kindString, text: text}, at)...)
	}
	if errs != nil {
		return Values{}, errs
	}
	return values, nil
}

// find is the member of body that is the field, and its name there.
func (f Field) find(body *node) (string, *node) {
	if value := body.member(f.Name); value != nil {
		return f.Name, value
	}
	for _, alias := range f.Aliases {
		if value := body.member(alias); value != nil {
			return alias, value
		}
	}
	return "", nil
}
