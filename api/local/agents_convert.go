package local

import (
	"encoding/json"
	"strings"
	"unicode"
)

// canonical is a field's name without its spelling: post_title, PostTitle and
// post-title are one, and common names for the same thing are.
func canonical(name string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
	switch plain {
	case "name", "headline", "heading":
		return "title"
	case "link", "href", "uri":
		return "url"
	case "score", "votes", "upvotes":
		return "points"
	case "numcomments", "commentcount", "commentscount":
		return "comments"
	case "by", "user", "username":
		return "author"
	case "cost", "amount":
		return "price"
	case "published", "publishedat", "time", "age":
		return "date"
	case "position":
		return "rank"
	case "total", "totalcount", "length":
		return "count"
	case "content", "markdown", "body":
		return "text"
	default:
		return plain
	}
}

// scalar is value as the type of that name, or value itself when it is none.
func scalar(want string, value any) any {
	switch want {
	case "string":
		switch v := value.(type) {
		case json.Number:
			return v.String()
		case bool:
			return string(encode(v))
		}
	case "integer", "number":
		if text, ok := value.(string); ok {
			if n, ok := onlyNumber(text); ok {
				return n
			}
		}
	case "boolean":
		if text, ok := value.(string); ok {
			switch strings.ToLower(strings.TrimSpace(text)) {
			case "true", "yes":
				return true
			case "false", "no":
				return false
			}
		}
	}
	return value
}

// onlyNumber is the one number in a text such as "211 points" or "$1,299.00".
// Commas between digits group thousands.
func onlyNumber(text string) (json.Number, bool) {
	runs := strings.FieldsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && r != '.' && r != ','
	})
	found := ""
	for _, run := range runs {
		run = strings.TrimLeft(strings.TrimRight(run, ".,"), ",")
		switch {
		case run == "":
		case found != "":
			return "", false
		default:
			found = run
		}
	}
	plain, ok := ungrouped(found)
	if !ok || found == "" {
		return "", false
	}
	if at := strings.Index(text, found); at > 0 && negative(text[:at]) {
		plain = "-" + plain
	}
	return json.Number(plain), true
}

// negative reports whether what stands before a number is a minus, a currency
// sign in between included.
func negative(before string) bool {
	before = strings.TrimRight(before, "$€£¥ ")
	return before == "-" || before == "−"
}

// ungrouped is a number without its commas, in JSON's spelling.
func ungrouped(text string) (string, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	if strings.ContainsAny(fraction, ".,") {
		return "", false
	}
	for i, group := range strings.Split(whole, ",") {
		if i > 0 && len(group) != 3 {
			return "", false
		}
	}
	whole = strings.TrimLeft(strings.ReplaceAll(whole, ",", ""), "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return whole, true
}
