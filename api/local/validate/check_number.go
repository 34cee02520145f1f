package validate

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// maxDigits is the longest string that Python reads as an integer.
const maxDigits = 4300

// checkInt is an int. One that no int can hold becomes the nearest.
func (f Field) checkInt(n *node, at location) (any, Errors) {
	var value int
	switch n.kind {
	case kindInt:
		value = saturate(n.text)
	case kindFloat:
		number := n.float()
		switch {
		case math.IsNaN(number) || math.IsInf(number, 0):
			return nil, Errors{newError("finite_number", at, "Input should be a finite number", n)}
		case number != math.Trunc(number):
			return nil, Errors{newError("int_from_float", at, "Input should be a valid integer, got a number with a fractional part", n)}
		case math.Abs(number) >= 1<<63:
			return nil, Errors{intTooLarge(n, at)}
		}
		value = int(number)
	case kindTrue:
		value = 1
	case kindFalse:
		value = 0
	case kindString:
		digits, ok := integerText(n.text)
		if !ok {
			return nil, Errors{newError("int_parsing", at, "Input should be a valid integer, unable to parse string as an integer", n)}
		}
		if len(digits) > maxDigits {
			return nil, Errors{intTooLarge(n, at)}
		}
		value = saturate(digits)
	default:
		return nil, Errors{newError("int_type", at, "Input should be a valid integer", n)}
	}
	if errs := f.bounds(value, n, at); errs != nil {
		return nil, errs
	}
	return value, nil
}

func intTooLarge(n *node, at location) Error {
	return newError("int_parsing_size", at, "Unable to parse input string as an integer, exceeded maximum size", n)
}

// bounds names the first bound that value breaks. The upper one comes first,
// as pydantic checks it.
func (f Field) bounds(value int, n *node, at location) Errors {
	var e Error
	switch {
	case f.Max != nil && value > *f.Max:
		e = newError("less_than_equal", at, fmt.Sprintf("Input should be less than or equal to %d", *f.Max), n)
		e.Ctx = struct {
			LE int `json:"le"`
		}{*f.Max}
	case f.Min != nil && value < *f.Min:
		e = newError("greater_than_equal", at, fmt.Sprintf("Input should be greater than or equal to %d", *f.Min), n)
		e.Ctx = struct {
			GE int `json:"ge"`
		}{*f.Min}
	case f.Above != nil && value <= *f.Above:
		e = newError("greater_than", at, fmt.Sprintf("Input should be greater than %d", *f.Above), n)
		e.Ctx = struct {
			GT int `json:"gt"`
		}{*f.Above}
	default:
		return nil
	}
	return Errors{e}
}

// integerText is the sign and the digits of a string that is an integer: with
// blanks around it, single underscores between digits, or nothing but zeros
// after a point.
func integerText(text string) (string, bool) {
	text = strings.TrimSpace(text)
	sign := ""
	if text != "" && (text[0] == '+' || text[0] == '-') {
		sign, text = strings.TrimPrefix(text[:1], "+"), text[1:]
	}
	whole, fraction, pointed := strings.Cut(text, ".")
	if pointed && (fraction == "" || strings.Trim(fraction, "0") != "") {
		return "", false
	}
	groups := strings.Split(whole, "_")
	for _, group := range groups {
		if group == "" || strings.Trim(group, "0123456789") != "" {
			return "", false
		}
	}
	return sign + strings.Join(groups, ""), true
}

// saturate is the nearest int to a text of a sign and digits.
func saturate(digits string) int {
	value, err := strconv.Atoi(digits)
	if err != nil && strings.HasPrefix(digits, "-") {
		return math.MinInt
	}
	if err != nil {
		return math.MaxInt
	}
	return value
}

func checkBool(n *node, at location) (any, Errors) {
	switch n.kind {
	case kindTrue, kindFalse:
		return n.kind == kindTrue, nil
	case kindString:
		switch strings.ToLower(n.text) {
		case "1", "true", "t", "yes", "y", "on":
			return true, nil
		case "0", "false", "f", "no", "n", "off":
			return false, nil
		}
		return nil, Errors{notBoolean(n, at)}
	case kindInt, kindFloat:
		// Only what an int64 holds counts as a number here.
		if number := n.float(); number == math.Trunc(number) && math.Abs(number) < 1<<63 {
			if number == 0 || number == 1 {
				return number == 1, nil
			}
			return nil, Errors{notBoolean(n, at)}
		}
	default:
	}
	return nil, Errors{newError("bool_type", at, "Input should be a valid boolean", n)}
}

func notBoolean(n *node, at location) Error {
	return newError("bool_parsing", at, "Input should be a valid boolean, unable to interpret input", n)
}

func tooLong(limit int, n *node, at location) Error {
	e := newError("too_long", at, fmt.Sprintf("List should have at most %d items after validation, not %d", limit, len(n.list)), n)
	e.Ctx = struct {
		FieldType    string `json:"field_type"`
		MaxLength    int    `json:"max_length"`
		ActualLength int    `json:"actual_length"`
	}{"List", limit, len(n.list)}
	return e
}
