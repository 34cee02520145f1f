package agent

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// phrases are the parts of a task that are more than single words.
type phrases struct {
	rest       string // the task without them
	quote      string // quoted text that belongs to no other phrase
	contains   string
	where      []condition
	order      order
	form       string
	words      int
	paragraphs int
	ending     string
}

// Quoted texts are taken out of a task before anything else reads it, and a
// character of the private use area stands for each until it is needed.
const (
	firstQuote = '\uE000'
	lastQuote  = '\uE0FF'
)

// How phrases look. Each expression is compiled once and only read.
var (
	quoteLooks    = lazy(`"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|(?:^|\s)'([^']+)'(?:[\s.,;:!?]|$)|(?:^|\s)‘([^’]+)’`)
	containsBare  = lazy(`(?i)\b(?:mentions?|contains?)\s+([^\s].*)$`)
	containsLooks = lazy(`(?i)\b(?:(?:that|which)\s+(?:contains?|mentions?|match(?:es)?)|containing|mentioning|matching|about|regarding|concerning|including|related\s+to|(?:(?:written|posted|made|published)\s+)?by|with\s+the\s+(?:words?|text))\s+([^\s].*)$`)
	endingLooks   = lazy(`(?i)\b(?:to|of|for)\s+(?:all\s+|the\s+|any\s+)?\.?(pdf|zip|docx?|xlsx?|pptx?|csv|json|xml|txt|png|jpe?g|gif|svg|mp3|mp4|epub|gz|tar)s?(?:\s+(?:files?|documents?|downloads?))?\b`)
	endingBefore  = lazy(`(?i)\b(pdf|zip|docx?|xlsx?|pptx?|png|jpe?g|gif|svg|mp3|mp4|epub)s?\s+links\b`)
	linksToLooks  = lazy(`(?i)\b(?:links?|linking|pointing|leading)\s+to\s+([\pL\d][^\s,.;:]*)`)
	formLooks     = lazy(`(?i)(?:\b(?:as|in|into|using)\s+(?:an?\s+|the\s+)?)(csv|json|(?:markdown\s+)?table|markdown|spreadsheet|excel)\b(?:\s+(?:file|table|format|form|array|object|list))?`)
	bareForm      = lazy(`(?i)\b(csv|json)\b`)
	lengthLooks   = lazy(`(?i)(?:\b(?:in|within|the|first|opening|about|under|at\s+most|up\s+to|to|limited|max|maximum|of|only|just)\s+)*\b(\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|(?:a|one)\s+hundred)[\s-]+(words?|paragraphs?)\b(?:\s+(?:or\s+less|or\s+fewer|at\s+most|of)\b)?`)
	firstPara     = lazy(`(?i)\b(?:only\s+|just\s+)?the\s+(?:first|opening)\s+paragraph\b(?:\s+of\b)?`)
)

// takeQuotes replaces each quoted text by one character.
func takeQuotes(task string) (bare string, quotes []string) {
	task = strings.Map(func(r rune) rune {
		if r >= firstQuote && r <= lastQuote {
			return ' '
		}
		return r
	}, task)
	bare = quoteLooks().ReplaceAllStringFunc(task, func(quoted string) string {
		if len(quotes) > lastQuote-firstQuote {
			return quoted
		}
		text := firstOf(quoteLooks().FindStringSubmatch(strings.TrimSpace(quoted))[1:]...)
		quotes = append(quotes, oneLine(text))
		return " " + string(firstQuote+rune(len(quotes)-1)) + " "
	})
	return bare, quotes
}

// giveQuotes puts the quoted texts back, without their quotes.
func giveQuotes(bare string, quotes []string) string {
	for i, quote := range quotes {
		bare = strings.Replace(bare, string(firstQuote+rune(i)), quote, 1)
	}
	return bare
}

// takePhrases finds the phrases of a task in the order in which one could be
// mistaken for the next.
func takePhrases(task string, quotes []string) phrases {
	s := phrases{rest: task}
	s.takeLength()
	s.where, s.rest = takeConditions(s.rest)
	s.order, s.rest = takeOrder(s.rest)
	s.takeEnding()
	s.takeForm()
	s.takeContains(quotes)
	for i, quote := range quotes {
		mark := string(firstQuote + rune(i))
		if strings.Contains(s.rest, mark) {
			s.quote = firstOf(s.quote, quote)
			s.rest = strings.ReplaceAll(s.rest, mark, " ")
		}
	}
	return s
}

// cut takes the first match of an expression out of the task, and returns the
// match's groups.
func (s *phrases) cut(looks *regexp.Regexp) []string {
	at := looks.FindStringSubmatchIndex(s.rest)
	if at == nil {
		return nil
	}
	groups := looks.FindStringSubmatch(s.rest)
	s.rest = s.rest[:at[0]] + " " + s.rest[at[1]:]
	return groups
}

func (s *phrases) takeLength() {
	if m := s.cut(lengthLooks()); m != nil {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			n, _ = numberAt(strings.Fields(strings.ToLower(m[1])), 0)
			n = max(n, 1)
			if strings.HasSuffix(strings.ToLower(m[1]), "hundred") {
				n = 100
			}
		}
		if strings.HasPrefix(strings.ToLower(m[2]), "w") {
			s.words = n
		} else {
			s.paragraphs = n
		}
	} else if s.cut(firstPara()) != nil {
		s.paragraphs = 1
	}
}

// takeEnding finds what kind of file links must lead to, or any other word
// that they must hold.
func (s *phrases) takeEnding() {
	if !slices.ContainsFunc(splitWords(s.rest), isLinks) {
		return
	}
	if m := s.cut(endingLooks()); m != nil {
		s.ending = strings.ToLower(m[1])
	} else if m := endingBefore().FindStringSubmatch(s.rest); m != nil {
		s.ending = strings.ToLower(m[1])
		s.rest = strings.Replace(s.rest, m[0], "links", 1)
	} else if m := linksToLooks().FindStringSubmatch(s.rest); m != nil && !isFiller(strings.ToLower(m[1])) && hostOf(splitWords(s.rest)) == "" {
		s.contains = m[1]
		s.rest = strings.Replace(s.rest, m[0], "links", 1)
	}
}

func (s *phrases) takeForm() {
	m := s.cut(formLooks())
	if m == nil {
		m = s.cut(bareForm())
	}
	if m == nil {
		return
	}
	switch form := strings.ToLower(m[1]); form {
	case "csv", "spreadsheet", "excel":
		s.form = formCSV
	case "json":
		s.form = formJSON
	case "table", "markdown table":
		s.form = formTable
	}
}

// takeContains finds what each item must say: what is quoted, or else the
// words up to one that begins something new.
func (s *phrases) takeContains(quotes []string) {
	at := containsLooks().FindStringSubmatchIndex(s.rest)
	// "Which posts mention …" filters; "does the page mention …" asks.
	if words := splitWords(s.rest); at == nil && slices.ContainsFunc(words, isPlural) && !slices.Contains(words, "does") {
		at = containsBare().FindStringSubmatchIndex(s.rest)
	}
	if at == nil {
		return
	}
	before, after := s.rest[:at[0]], s.rest[at[2]:at[3]]
	for i, quote := range quotes {
		if rest, found := strings.CutPrefix(after, string(firstQuote+rune(i))); found {
			s.contains, s.rest = quote, before+" "+rest
			return
		}
	}
	var kept []string
	fields := strings.Fields(after)
	for len(fields) > 0 && !beginsAnew(fields[0]) {
		word := strings.Trim(fields[0], ".,;:!?()")
		ends := word != fields[0]
		fields = fields[1:]
		kept = append(kept, word)
		if ends {
			break
		}
	}
	if phrase := oneLine(strings.Join(kept, " ")); phrase != "" {
		s.contains = phrase
		s.rest = before + " " + strings.Join(fields, " ")
	}
}

func beginsAnew(word string) bool {
	switch strings.ToLower(word) {
	case "on", "of", "from", "in", "at", "as", "and", "with", "under", "over", "sorted", "ordered", "by", "to", "please", "then":
		return true
	default:
		return false
	}
}

func (s phrases) filters() bool {
	return s.contains != "" || len(s.where) > 0 || s.order.field != ""
}

func (s phrases) length() bool { return s.words > 0 || s.paragraphs > 0 }

// linksOnly reports a task for the links of a page, as against a list of
// items that happen to be links ("the first ten links").
func (s phrases) linksOnly(words []string) bool {
	every := slices.Contains(words, "every")
	if !slices.ContainsFunc(words, isLinks) && (!every || !slices.Contains(words, "link")) {
		return false
	}
	_, counted, _ := countOf(words)
	all := slices.Contains(words, "all") || every
	return s.contains != "" || s.ending != "" || hostOf(words) != "" || all || !counted
}
