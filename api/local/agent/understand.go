package agent

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// The skills, as a Function names them.
const (
	skillList    = "list"
	skillRead    = "read"
	skillTable   = "table"
	skillLinks   = "links"
	skillFind    = "find"
	skillCompare = "compare"
)

func skills() []string {
	return []string{skillList, skillRead, skillTable, skillLinks, skillFind, skillCompare}
}

// Which hosts the links of the links skill may lead to.
const (
	hostInternal = "internal"
	hostExternal = "external"
)

// maxTask is how many bytes of a task are looked at for words. A longer one
// is no task for rules.
const maxTask = 16 << 10

// plan is a task as understood.
type plan struct {
	skill      string
	page       *url.URL
	other      *url.URL    // compare: the second page
	count      int         // list, links: how many; everything for all
	counted    bool        // list, links: the task said how many
	what       string      // list, compare: the task's own word for the items, in the plural
	contains   string      // list, links: what must be said in each; may be empty
	where      []condition // list: what must hold of each
	order      order       // list
	form       string      // see answer.go
	words      int         // read: at most so many; 0 for all
	paragraphs int         // read: the same
	summary    bool        // read: a summary was asked for
	text       string      // find: what to find
	table      string      // table: the task's words that may say which
	host       string      // links: hostInternal, hostExternal or both
	ending     string      // links: how the path must end ("pdf"); may be empty
}

// understandFrom turns a task into a plan. When the task names no page itself
// it is about the one at start, which may be empty. The error is always a
// *CannotDo.
func understandFrom(task, start string, sections map[string]string) (plan, error) {
	if strings.TrimSpace(task) == "" {
		return plan{}, cannot("the task is empty")
	}
	if len(task) > maxTask {
		return plan{}, cannot("the task is %s long, and this agent understands a sentence or two, of %s at most", byteSize(len(task)), byteSize(maxTask))
	}
	bare, quotes := takeQuotes(strings.ToValidUTF8(task, " "))
	pages, rest, err := findPages(bare, sections)
	if namesNoPage(err) && len(quotes) > 0 {
		// An address may stand in quotes itself.
		if quoted, left, again := findPages(giveQuotes(bare, quotes), sections); again == nil {
			pages, rest, err, quotes = quoted, left, nil, nil
		}
	}
	if start != "" && (namesNoPage(err) || len(pages) == 1) {
		pages, err = startAt(start, pages)
	}
	said := takePhrases(rest, quotes)
	words := splitWords(said.rest)
	if reason := unsupported(words, said); reason != "" {
		return plan{}, cannot("%s", reason)
	}
	if err != nil {
		return plan{}, err
	}
	p := plan{page: pages[0], form: said.form}
	if err := p.choose(words, said); err != nil {
		return plan{}, err
	}
	if p.skill == skillCompare {
		return p, p.pair(pages)
	}
	if len(pages) > 1 && pages[1].String() != start {
		return plan{}, cannot("the task names %d pages, %s and %s among them; name one at a time, or compare two", len(pages), pages[0], pages[1])
	}
	return p, nil
}

// startAt adds the page that a run starts at, after those that the task names.
func startAt(start string, pages []*url.URL) ([]*url.URL, error) {
	page, _, err := pageIn(start)
	if err != nil {
		return nil, err
	}
	if page == nil {
		return nil, cannot("the start page %q is not the address of a page", start)
	}
	if len(pages) == 1 && pages[0].String() == page.String() {
		return pages, nil
	}
	return append(pages, page), nil
}

// choose decides for a skill and takes from the task what the skill needs.
func (p *plan) choose(words []string, said phrases) error {
	switch {
	case slices.ContainsFunc(words, comparing):
		p.skill, p.what = skillCompare, nounOf(words)
	case said.quote != "" && slices.ContainsFunc(words, seeking):
		p.skill, p.text = skillFind, said.quote
	case tabulating(words, said):
		p.skill, p.table = skillTable, strings.Join(slices.DeleteFunc(words, isFiller), " ")
	case said.linksOnly(words):
		return p.understandLinks(words, said)
	default:
		return p.chooseByWords(words, said)
	}
	return nil
}

func (p *plan) chooseByWords(words []string, said phrases) error {
	switch skill := skillOf(words); {
	case skill == skillList, skill == "" && said.filters():
		return p.understandList(words, said)
	case skill == skillRead, skill == "" && said.length():
		return p.understandRead(words, said)
	default:
		return cannot("the task names %s, but not what to do with it in words that this agent knows", p.page)
	}
}

func (p *plan) understandList(words []string, said phrases) error {
	if i := slices.IndexFunc(words, conditional); i >= 0 {
		return cannot("the task sets a condition (“%s”) that this agent does not understand; it knows “containing …”, “under 20”, “over 100 points” and “sorted by price”", words[i])
	}
	count, counted, ok := countOf(words)
	if !ok {
		return cannot("the task asks for a number of items that makes no sense")
	}
	p.skill, p.count, p.counted, p.what = skillList, count, counted, nounOf(words)
	p.contains, p.where, p.order = said.contains, said.where, said.order
	return nil
}

func (p *plan) understandLinks(words []string, said phrases) error {
	count, counted, ok := countOf(words)
	if !ok {
		return cannot("the task asks for a number of links that makes no sense")
	}
	if !counted {
		count = everything
	}
	p.skill, p.count, p.counted = skillLinks, count, counted && count != everything
	p.contains, p.ending, p.host = said.contains, said.ending, hostOf(words)
	return nil
}

func (p *plan) understandRead(words []string, said phrases) error {
	if countable(words) {
		return cannot("the task asks to read pages behind a list, and this agent reads only the page that is named")
	}
	p.skill, p.words, p.paragraphs = skillRead, said.words, said.paragraphs
	p.summary = slices.ContainsFunc(words, summarising)
	return nil
}

// pair takes the two pages of a comparison.
func (p *plan) pair(pages []*url.URL) error {
	if len(pages) != 2 {
		return cannot("the task asks to compare, and names %d of the two pages that it takes", len(pages))
	}
	p.other = pages[1]
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
func unsupported(words []string, said phrases) string {
	words = withoutManners(words)
	seeks := said.quote != "" && slices.ContainsFunc(words, seeking)
	for i, w := range words {
		if w == "search" && (seeks || i+1 < len(words) && words[i+1] == "results") {
			continue
		}
		if deed, known := deeds(w); known {
			return "the task asks to " + deed + ", which this agent cannot do"
		}
	}
	turns := len(words) > 0 && (words[0] == "convert" || words[0] == "download") && tabulating(words, said)
	if len(words) == 0 || seeks || turns {
		return ""
	}
	if deed, known := openingDeeds(words[0]); known {
		return "the task asks to " + deed + ", which this agent cannot do"
	}
	return ""
}
