package agent

import (
	"net/url"
	"slices"
)

// follow is the plan of an earlier task, changed by a further one that says
// only what is to be different ("now sorted by points", "the top 10 instead").
// It is not ok when the task says anything else: then it stands for itself.
func follow(earlier Function, task string, sections map[string]string) (p plan, ok bool) {
	p, err := earlier.plan(nil)
	if err != nil || len(task) > maxTask {
		return plan{}, false
	}
	bare, quotes := takeQuotes(task)
	_, rest, err := findPages(bare, sections)
	if !namesNoPage(err) {
		return plan{}, false
	}
	said := takePhrases(rest, quotes)
	words := splitWords(said.rest)
	change := changes{phrases: said}
	change.count, words = p.takeCount(words)
	if slices.ContainsFunc(words, func(w string) bool { return !connecting(w) && w != p.what }) {
		return plan{}, false
	}
	return p.changed(change)
}

// changes are what a further task wants different.
type changes struct {
	phrases
	count *int // nil when it names none
}

// takeCount finds how many items a further task wants, and takes the words for
// that out of it.
func (p plan) takeCount(words []string) (count *int, rest []string) {
	for i := range words {
		number, n := numberAt(words, i)
		if n > 0 && number > 0 && number <= maxCount {
			return &number, slices.Delete(slices.Clone(words), i, i+n)
		}
	}
	if i := slices.Index(words, "all"); i >= 0 {
		number := everything
		return &number, slices.Delete(slices.Clone(words), i, i+1)
	}
	return nil, words
}

// connecting reports a word of a further task that changes nothing by itself.
func connecting(w string) bool {
	switch w {
	case "now", "then", "and", "but", "please", "instead", "again", "only", "just", "with", "the", "those", "that", "them", "it", "this",
		"ones", "one", "of", "me", "same", "make", "show", "give", "as", "also", "rather", "is", "are", "which", "to",
		"top", "first", "items", "results", "entries", "order", "be", "i", "want", "can", "you", "so":
		return true
	default:
		return false
	}
}

// changed is p with the changes, when they are some and its skill knows all of
// them.
func (p plan) changed(c changes) (plan, bool) {
	asked := map[string]bool{
		"count": c.count != nil, "contains": c.contains != "", "where": len(c.where) > 0, "sort": c.order.field != "",
		"format": c.form != "", "words": c.words > 0, "paragraphs": c.paragraphs > 0, "ending": c.ending != "", "text": c.quote != "",
	}
	some := false
	for name, wanted := range asked {
		if wanted && !slices.Contains(changeable(p.skill), name) {
			return plan{}, false
		}
		some = some || wanted
	}
	if c.count != nil {
		p.count, p.counted = *c.count, true
	}
	if len(c.where) > 0 {
		p.where = c.where
	}
	if c.order.field != "" {
		p.order = c.order
	}
	if c.length() {
		p.words, p.paragraphs = c.words, c.paragraphs
	}
	p.contains = firstOf(c.contains, p.contains)
	p.form = firstOf(c.form, p.form)
	p.ending = firstOf(c.ending, p.ending)
	p.text = firstOf(c.quote, p.text)
	return p, some
}

// changeable are the variables of a skill that a further task may change.
func changeable(skill string) []string {
	switch skill {
	case skillList:
		return []string{"count", "contains", "where", "sort", "format"}
	case skillLinks:
		return []string{"count", "contains", "ending", "format"}
	case skillRead:
		return []string{"words", "paragraphs"}
	case skillFind:
		return []string{"text"}
	default:
		return []string{"format"}
	}
}

// sameWork reports whether two functions do the same work, whatever the values
// of their variables: the same skill with the same things of the same pages.
func sameWork(a, b Function) bool {
	return a.Skill == b.Skill && a.What == b.What && a.page("url") == b.page("url") && a.page("other_url") == b.page("other_url")
}

// page is the address in a variable, in its one spelling.
func (f Function) page(variable string) string {
	for _, v := range f.Variables {
		if v.Name != variable {
			continue
		}
		if page, err := url.Parse(v.Default); err == nil {
			return page.String()
		}
		return v.Default
	}
	return ""
}
