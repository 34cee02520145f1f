package agent

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// order is how items are sorted; without a field, as the page has them.
type order struct {
	field      string
	descending bool
}

var (
	orderLooks = lazy(`(?i)\b(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?|arranged?)\b([^,.;]{0,80}?)\bby\s+(?:the\s+)?(?:(lowest|highest|most|fewest|newest|oldest|latest)\s+)?(?:number\s+of\s+)?(\pL[\pL_]*)` +
		`(?:,?\s*\(?(ascending|descending|asc|desc|low(?:est)?\s+(?:to\s+high(?:est)?|first)|high(?:est)?\s+(?:to\s+low(?:est)?|first)|cheapest\s+first|(?:newest|latest|most|oldest)\s+first)\)?)?`)
	byLooks   = lazy(`(?i)\bby\s+(?:the\s+)?(price|points|score|votes|upvotes|date|rating|comments|title|name|popularity)\b`)
	mostLooks = lazy(`(?i)\b(?:with\s+)?(?:the\s+)?(most|fewest|least|highest|lowest|best|top)[\s-]+(expensive|points|upvotes|votes|upvoted|popular|comments|commented|discussed|replies|rating|rated|price|prices|priced|score|scores|scoring)\b`)
	oneWord   = lazy(`(?i)\b(cheapest|priciest|dearest|oldest)\b`)
)

// takeOrder finds how a task wants items sorted, and the task without that.
func takeOrder(task string) (order, string) {
	if m := orderLooks().FindStringSubmatch(task); m != nil {
		field := orderField(strings.ToLower(m[3]))
		o := order{field, descends(field, strings.ToLower(m[2]+" "+m[4]))}
		return o, strings.Replace(task, m[0], " "+m[1]+" ", 1)
	}
	if m := byLooks().FindStringSubmatch(task); m != nil {
		field := orderField(strings.ToLower(m[1]))
		return order{field, descends(field, "")}, strings.Replace(task, m[0], " ", 1)
	}
	if m := mostLooks().FindStringSubmatch(task); m != nil {
		o := order{field: orderField(strings.ToLower(m[2]))}
		way := strings.ToLower(m[1])
		o.descending = way != "fewest" && way != "least" && way != "lowest"
		return o, strings.Replace(task, m[0], " ", 1)
	}
	if m := oneWord().FindStringSubmatch(task); m != nil {
		rest := strings.Replace(task, m[0], "top", 1)
		switch strings.ToLower(m[1]) {
		case "cheapest":
			return order{"price", false}, rest
		case "oldest":
			return order{"date", false}, rest
		default:
			return order{"price", true}, rest
		}
	}
	return order{}, task
}

func orderField(word string) string {
	switch word {
	case "expensive":
		return "price"
	case "upvoted", "popular", "popularity":
		return "points"
	case "commented", "discussed":
		return "comments"
	case "time", "newest", "oldest", "recency":
		return "date"
	case "name", "alphabet":
		return "title"
	}
	if field, known := fieldNamed(word); known {
		return field
	}
	return word
}

// descends decides by the task's words, or else by what people want first:
// the latest, the most points, the best; but the cheapest.
func descends(field, said string) bool {
	for _, word := range strings.Fields(said) {
		switch word {
		case "descending", "desc", "highest", "high", "most", "newest", "latest":
			return true
		case "ascending", "asc", "lowest", "low", "cheapest", "fewest", "oldest":
			return false
		}
	}
	switch field {
	case "date", "points", "comments", "rating":
		return true
	default:
		return false
	}
}

// String is the order as the variable sort has it: "price", "-points".
func (o order) String() string {
	if o.descending {
		return "-" + o.field
	}
	return o.field
}

// parseOrder is the inverse of String, and understands a task's words too.
func parseOrder(text string) (order, error) {
	field, descending := strings.CutPrefix(strings.ToLower(oneLine(text)), "-")
	if strings.Contains(field, " ") {
		o, rest := takeOrder("sorted by " + field)
		if len(splitWords(rest)) > 0 {
			return order{}, fmt.Errorf("is %q, which is not a way to sort; give a field like price, or -points for the most first", text)
		}
		return o, nil
	}
	if field == "" {
		return order{}, nil
	}
	return order{orderField(field), descending}, nil
}

// describe is the order in a sentence.
func (o order) describe() string {
	if o.descending {
		return o.field + ", from high to low"
	}
	return o.field + ", from low to high"
}

// sort sorts items. Those without the field come last, in the order of the
// page; missing is how many they are.
func (o order) sort(items []*item, now time.Time) (missing int) {
	type key struct {
		number float64
		text   string
		none   bool
	}
	keys := make(map[*item]key, len(items))
	numbers := 0
	for _, it := range items {
		value := it.field(o.field)
		k := key{text: strings.ToLower(value), none: value == ""}
		var ok bool
		if o.field == "date" {
			k.number, ok = dateKey(value, now)
		} else {
			k.number, ok = numberIn(value)
		}
		if ok {
			numbers++
		}
		if k.none || !ok && o.field == "date" {
			k.none = true
			missing++
		}
		keys[it] = k
	}
	byNumber := o.field != "title" && 2*numbers >= len(items)-missing
	slices.SortStableFunc(items, func(a, b *item) int {
		x, y := keys[a], keys[b]
		if x.none || y.none {
			return cmp.Compare(btoi(x.none), btoi(y.none))
		}
		c := strings.Compare(x.text, y.text)
		if byNumber {
			c = cmp.Compare(x.number, y.number)
		}
		if o.descending {
			return -c
		}
		return c
	})
	return missing
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

var agoLooks = lazy(`(?i)^\s*(\d+|an?|one|two)\s*(s|m|h|d|w|sec|min|hour|hr|day|week|month|year|分钟|小时|天)`)

// dateKey is a date as seconds, comparable with others of the same now.
func dateKey(text string, now time.Time) (float64, bool) {
	text = oneLine(text)
	if strings.EqualFold(text, "yesterday") {
		return float64(now.Add(-24 * time.Hour).Unix()), true
	}
	if m := agoLooks().FindStringSubmatch(text); m != nil && (strings.Contains(strings.ToLower(text), "ago") || strings.HasSuffix(text, "前")) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			n = 1 + btoi(strings.EqualFold(m[1], "two"))
		}
		return float64(now.Unix()) - float64(n)*unitSeconds(strings.ToLower(m[2])), true
	}
	clean := strings.NewReplacer("1st", "1", "2nd", "2", "3rd", "3", "th ", " ", "th,", ",", ".", " ", "Sept ", "Sep ").Replace(text)
	for _, layout := range []string{"2006-01-02", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "January 2 2006", "Jan 2 2006",
		"2006年1月2日", "1/2/2006", "2 1 2006", "January 2", "Jan 2", "2 January", "2 Jan"} {
		for _, candidate := range []string{text, oneLine(clean)} {
			if at, err := time.Parse(layout, candidate); err == nil {
				if at.Year() == 0 {
					at = at.AddDate(now.Year(), 0, 0)
				}
				return float64(at.Unix()), true
			}
		}
	}
	if len(text) > 10 {
		if at, err := time.Parse("2006-01-02", text[:10]); err == nil {
			return float64(at.Unix()), true
		}
	}
	return 0, false
}

func unitSeconds(unit string) float64 {
	switch unit {
	case "s", "sec":
		return 1
	case "m", "min", "分钟":
		return 60
	case "h", "hr", "hour", "小时":
		return 3600
	case "w", "week":
		return 7 * 86400
	case "month":
		return 30 * 86400
	case "year":
		return 365 * 86400
	default:
		return 86400
	}
}
