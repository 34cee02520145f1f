package agent

import (
	"slices"
	"strings"
)

// withoutManners drops the words before the verb of a polite task.
func withoutManners(words []string) []string {
	for len(words) > 0 {
		switch words[0] {
		case "please", "can", "could", "would", "will", "you", "i", "i'd", "want", "like", "need",
			"to", "hey", "hi", "hello", "just", "help", "me", "kindly", "now", "then", "and", "quickly":
			words = words[1:]
		default:
			return words
		}
	}
	return words
}

// listingIn reports a verb that can only mean a list. After an article,
// "list" is a noun ("read the list").
func listingIn(words []string) func(string) bool {
	return func(w string) bool {
		switch w {
		case "enumerate":
			return true
		case "list":
			i := slices.Index(words, "list")
			return i == 0 || !slices.Contains([]string{"the", "a", "this", "that", "whole", "full"}, words[i-1])
		default:
			return false
		}
	}
}

// reading reports a word that can only mean reading one page.
func reading(w string) bool { return w == "read" || summarising(w) }

func summarising(w string) bool {
	switch w {
	case "tldr", "gist", "digest", "recap":
		return true
	default:
		return strings.HasPrefix(w, "summar")
	}
}

// showing reports a word that means reading when nothing countable is asked for.
func showing(w string) bool {
	switch w {
	case "show", "open", "visit", "load", "fetch", "get", "print", "display", "view", "browse", "go",
		"text", "content", "contents", "article", "say", "says", "markdown":
		return true
	default:
		return false
	}
}

// leading reports a word that asks for the first of many. A page's own order
// decides what is first.
func leading(w string) bool {
	switch w {
	case "top", "first", "latest", "newest", "last", "recent", "best", "current":
		return true
	default:
		return false
	}
}

// conditional reports a word that filters or sorts. One that is left after
// the phrases are taken is a condition that was not understood.
func conditional(w string) bool {
	switch w {
	case "about", "whose", "where", "containing", "mentioning", "regarding", "concerning", "matching",
		"cheaper", "sorted", "sort", "ordered", "excluding", "except", "without", "unless",
		"more", "less", "fewer", "least", "under", "over", "above", "below", "between", "since", "until",
		"related", "random", "bottom", "longest", "shortest", "only", "not":
		return true
	default:
		return false
	}
}

// deeds are verbs that put a task out of reach wherever they stand, and what
// they ask for.
func deeds(w string) (string, bool) {
	switch w {
	case "translate", "translation":
		return "translate", true
	case "click", "fill", "submit", "login", "signup", "checkout", "scroll":
		return "act on a page", true
	case "screenshot", "screenshots":
		return "take pictures", true
	case "email", "notify", "tweet", "monitor":
		return "send or watch", true
	case "search":
		return "search", true
	default:
		return "", false
	}
}

// openingDeeds are verbs that do so as the first word; elsewhere they may be
// nouns ("the table", "in order").
func openingDeeds(w string) (string, bool) {
	switch w {
	case "buy", "order", "book", "pay", "sign", "log", "register", "download", "upload", "send", "post",
		"watch", "play", "write", "count", "calculate", "convert", "explain", "analyse", "analyze":
		return w, true
	case "why", "who", "when", "how", "is", "are", "does", "do", "should":
		return "answer a question", true
	default:
		return "", false
	}
}

// nouns are singular words for things that pages repeat, with their plurals.
func plural(w string) (string, bool) {
	switch w {
	case "post", "item", "link", "article", "headline", "result", "product", "title", "thing", "row",
		"repo", "project", "book", "job", "question", "event", "video", "movie", "film", "song", "recipe",
		"quote", "paper", "release", "package", "team", "comment", "review", "topic", "thread", "listing",
		"offer", "deal", "issue", "record", "name", "course", "game", "player", "author", "user", "blog":
		return w + "s", true
	case "story", "entry", "repository", "country", "city", "category", "company", "library":
		return strings.TrimSuffix(w, "y") + "ies", true
	default:
		return "", false
	}
}

// isPlural reports the plural of a known noun.
func isPlural(w string) bool {
	switch {
	case w == "news":
		return true
	case strings.HasSuffix(w, "ies"):
		_, known := plural(strings.TrimSuffix(w, "ies") + "y")
		return known || w == "movies"
	default:
		_, known := plural(strings.TrimSuffix(w, "s"))
		return known && strings.HasSuffix(w, "s")
	}
}

// nounOf is the task's word for what it wants listed, in the plural.
func nounOf(words []string) string {
	for _, w := range words {
		if isPlural(w) && w != "news" {
			return w
		}
	}
	for i, w := range words {
		if many, known := plural(w); known && (i == 0 || words[i-1] != "the") {
			return many
		}
	}
	for i, w := range words {
		if _, n := numberAt(words, i); n > 0 && i+n < len(words) && looksPlural(words[i+n]) {
			return words[i+n]
		}
		if leading(w) && i+1 < len(words) && looksPlural(words[i+1]) {
			return words[i+1]
		}
	}
	return "items"
}

// looksPlural accepts nouns that this file does not know. The length keeps a
// heading and a function's name in bounds.
func looksPlural(w string) bool {
	if len(w) < 4 || len(w) > 20 || !strings.HasSuffix(w, "s") {
		return false
	}
	for _, r := range w {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return true
}

// singular undoes a plural.
func singular(many string) string {
	if stem, found := strings.CutSuffix(many, "ies"); found && many != "movies" {
		return stem + "y"
	}
	return strings.TrimSuffix(many, "s")
}
