package agent

import (
	"fmt"
	"strconv"
	"strings"
)

// condition is what must hold of a number that an item says.
type condition struct {
	field string // empty: the price if there is one, else the first number
	op    string // under, over, at most or at least
	value float64
}

var (
	conditionLooks = lazy(`(?i)(?:(?:\bwhose\s+|\bwhere\s+|\bwith\s+)?(?:\ban?\s+|\bthe\s+)?\b(\pL[\pL_]*)\s+(?:(?:is|are|of|at)\s+)?)?\b` +
		`(under|below|less\s+than|fewer\s+than|lower\s+than|cheaper\s+than|at\s+most|up\s+to|no\s+more\s+than|over|above|more\s+than|greater\s+than|higher\s+than|at\s+least|no\s+less\s+than)\s+` +
		`([$€£¥]|(?:usd|eur|gbp)\s+)?\s*(\d[\d.,]*k?)\b\s*([$€£¥]|[\pL]+)?`)
	betweenLooks = lazy(`(?i)\bbetween\s+([$€£¥]?)\s*(\d[\d.,]*)\s+and\s+([$€£¥]?)\s*(\d[\d.,]*)`)
)

// takeConditions finds the conditions in a task, and the task without them.
func takeConditions(task string) (found []condition, rest string) {
	task = withoutBetween(task)
	for range 5 {
		at := conditionLooks().FindStringSubmatchIndex(task)
		if at == nil {
			break
		}
		group := func(i int) string {
			if at[2*i] < 0 {
				return ""
			}
			return strings.ToLower(oneLine(task[at[2*i]:at[2*i+1]]))
		}
		value, ok := numberIn(group(4))
		if !ok {
			break
		}
		c := condition{op: operator(group(2)), value: value}
		from, to := at[0], at[1]
		switch field, named := fieldNamed(group(1)); {
		case named:
			c.field = field
		case at[2] >= 0:
			from = at[3] // the word before is the sentence's own
		}
		unit, known := unitNamed(group(5))
		switch {
		case known:
			c.field = firstOf(c.field, unit)
		case at[10] >= 0:
			to = at[10]
		}
		if group(3) != "" || strings.HasPrefix(group(2), "cheaper") {
			c.field = firstOf(c.field, "price")
		}
		if c.field == "" && len(found) > 0 {
			c.field = found[len(found)-1].field
		}
		found = append(found, c)
		task = task[:from] + " " + task[to:]
	}
	// "between 10 and 20 points": the unit of the second is that of the first.
	if len(found) == 2 && found[0].field == "" {
		found[0].field = found[1].field
	}
	return found, task
}

func operator(words string) string {
	switch words {
	case "at most", "up to", "no more than":
		return "at most"
	case "at least", "no less than":
		return "at least"
	case "over", "above", "more than", "greater than", "higher than":
		return "over"
	default:
		return "under"
	}
}

// fieldNamed is the field that a word of a task means. It is not named by
// words that a sentence needs anyway, or that name the items.
func fieldNamed(word string) (string, bool) {
	switch word {
	case "price", "priced", "prices", "cost", "costing", "costs", "dollar", "dollars", "euro", "euros", "pounds", "usd", "eur", "gbp", "$", "€", "£", "¥":
		return "price", true
	case "points", "point", "score", "scores", "scoring", "upvotes", "votes", "likes":
		return "points", true
	case "comments", "replies", "answers":
		return "comments", true
	case "rating", "rated", "ratings", "stars":
		return "rating", true
	case "date", "age":
		return "date", true
	case "those", "these", "ones", "them", "not", "but":
		return "", false
	}
	_, singularNoun := plural(word)
	if len(word) < 3 || singularNoun || isPlural(word) || looksPlural(word) || isFiller(word) || conditional(word) {
		return "", false
	}
	return word, true
}

// unitNamed is the field that the word after a number means: one that
// fieldNamed knows, or any plural but the items' own.
func unitNamed(word string) (string, bool) {
	if field, named := fieldNamed(word); named {
		return field, true
	}
	return word, looksPlural(word) && !isPlural(word)
}

// holds reports whether a condition holds of an item; never of one without
// the number.
func (c condition) holds(it *item) bool {
	value, ok := numberIn(it.field(c.field))
	if !ok {
		return false
	}
	switch c.op {
	case "under":
		return value < c.value
	case "at most":
		return value <= c.value
	case "over":
		return value > c.value
	default:
		return value >= c.value
	}
}

// String is the condition as a task would say it.
func (c condition) String() string {
	return strings.TrimSpace(c.field + " " + c.op + " " + strconv.FormatFloat(c.value, 'f', -1, 64))
}

func describeAll(conditions []condition) string {
	said := make([]string, len(conditions))
	for i, c := range conditions {
		said[i] = c.String()
	}
	return strings.Join(said, " and ")
}

// parseConditions is the inverse of describeAll. What stands before a
// condition is its field, whatever the word.
func parseConditions(text string) ([]condition, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	text = withoutBetween(text)
	var all []condition
	for part := range strings.SplitSeq(text, " and ") {
		found, rest := takeConditions(part)
		words := strings.Fields(strings.ToLower(rest))
		if len(found) != 1 || len(words) > 1 {
			return nil, fmt.Errorf("is %q, which is not a condition; give one like “price under 20” or “points over 100”", text)
		}
		c := found[0]
		if len(words) == 1 {
			c.field = words[0]
		}
		if c.field == "" && len(all) > 0 {
			c.field = all[len(all)-1].field
		}
		all = append(all, c)
	}
	return all, nil
}

// withoutBetween says "between a and b" as two conditions.
func withoutBetween(text string) string {
	return betweenLooks().ReplaceAllString(text, "at least $1$2 and at most $3$4")
}
