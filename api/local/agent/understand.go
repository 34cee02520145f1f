package agent

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// The skills, as a Function names them.
const (
	skillList = "list"
	skillRead = "read"
)

// plan is a task as understood.
type plan struct {
	skill   string
	page    *url.URL
	count   int    // list: how many; everything for all
	counted bool   // list: the task said how many
	what    string // list: the task's own word for the items, in the plural
	summary bool   // read: a summary was asked for
}

// understand turns a task into a plan. Its error is always a *CannotDo.
func understand(task string, sections map[string]string) (plan, error) {
	if strings.TrimSpace(task) == "" {
		return plan{}, cannot("the task is empty")
	}
	named, rest, err := findPage(strings.ToValidUTF8(task, " "), sections)
	words := splitWords(rest)
	if reason := unsupported(words, rest); reason != "" {
		return plan{}, cannot("%s", reason)
	}
	if err != nil {
		return plan{}, err
	}
	p := plan{page: named}
	switch skillOf(words) {
	case skillList:
		err = p.understandList(words)
	case skillRead:
		err = p.understandRead(words)
	default:
		err = cannot("the task names %s, but not what to do with it in words that this agent knows", named)
	}
	if err != nil {
		return plan{}, err
	}
	return p, nil
}

func (p *plan) understandList(words []string) error {
	if i := slices.IndexFunc(words, conditional); i >= 0 {
		return cannot("the task sets a condition (“%s”), and this agent takes items as the page shows them", words[i])
	}
	count, said, ok := countOf(words)
	if !ok {
		return cannot("the task asks for a number of items that makes no sense")
	}
	p.skill, p.count, p.counted, p.what = skillList, count, said, nounOf(words)
	return nil
}

func (p *plan) understandRead(words []string) error {
	if countable(words) {
		return cannot("the task asks to read pages behind a list, and this agent reads only the page that is named")
	}
	p.skill = skillRead
	p.summary = slices.ContainsFunc(words, summarising)
	return nil
}

// splitWords is the text's words in lower case, without punctuation.
func splitWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(text, "’", "'")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
}

// skillOf decides by the first of these that holds: a verb that only lists, a
// verb that only reads, words for repeated things, a verb that shows a page,
// and no words at all beside the address. Empty means not understood.
func skillOf(words []string) string {
	words = withoutManners(words)
	switch {
	case slices.ContainsFunc(words, listingIn(words)):
		return skillList
	case slices.ContainsFunc(words, reading):
		return skillRead
	case countable(words) || slices.ContainsFunc(words, isPlural):
		return skillList
	case len(words) == 0 || slices.ContainsFunc(words, showing):
		return skillRead
	default:
		return ""
	}
}

// unsupported is why a task is beyond this agent, judged by its verbs alone;
// empty when nothing speaks against it.
func unsupported(words []string, text string) string {
	words = withoutManners(words)
	for i, w := range words {
		if w == "search" && i+1 < len(words) && words[i+1] == "results" {
			continue
		}
		if deed, known := deeds(w); known {
			return "the task asks to " + deed + ", which this agent cannot do"
		}
	}
	if len(words) == 0 {
		return ""
	}
	if deed, known := openingDeeds(words[0]); known {
		return "the task asks to " + deed + ", which this agent cannot do"
	}
	if words[0] == "find" && strings.ContainsAny(text, "\"“”«»") {
		return "the task asks to find a text on a page, which this agent cannot do"
	}
	return ""
}
