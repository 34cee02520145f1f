package agent

import (
	"fmt"
	"slices"
	"strings"
)

// comparing reports a word that asks for two pages to be set side by side.
func comparing(w string) bool {
	switch w {
	case "compare", "comparing", "comparison", "versus", "vs", "diff", "difference", "differences", "differ":
		return true
	default:
		return false
	}
}

// seeking reports a word that asks where or whether a quoted text is said.
func seeking(w string) bool {
	switch w {
	case "find", "search", "locate", "look", "where", "count", "how", "appear", "appears", "occur", "occurs", "occurrences",
		"mention", "mentions", "mentioned", "contain", "contains", "say", "says", "does", "is", "seek", "spot", "grep":
		return true
	default:
		return false
	}
}

// tabulating reports a task for a table of the page, or for rows without
// saying of what ("example.com as csv").
func tabulating(words []string, said phrases) bool {
	lists := slices.ContainsFunc(words, func(w string) bool { return isPlural(w) && w != "rows" && w != "news" })
	switch {
	case slices.ContainsFunc(words, func(w string) bool { return w == "tabulate" || w == "tabular" || w == "tabulated" }):
		return true
	case lists || slices.Contains(words, "read"):
		return slices.Contains(words, "read") && slices.Contains(words, "table")
	case slices.Contains(words, "table") || slices.Contains(words, "tables"):
		return true
	default:
		return (said.form == formCSV || said.form == formTable) && !countable(words)
	}
}

func isLinks(w string) bool {
	return w == "links" || w == "urls" || w == "hyperlinks" || w == "linking" || w == "addresses"
}

// hostOf is which hosts a task for links means; empty for any.
func hostOf(words []string) string {
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch {
		case w == "internal", w == "same" && (next == "site" || next == "host" || next == "domain"):
			return hostInternal
		case w == "external", w == "outgoing", w == "outbound", w == "other" && (next == "sites" || next == "hosts" || next == "domains"):
			return hostExternal
		}
	}
	return ""
}

// isFiller reports a word that does not say which table of a page is meant.
func isFiller(w string) bool {
	switch w {
	case "table", "tables", "tabulate", "tabular", "tabulated", "the", "a", "an", "of", "on", "in", "at", "from", "as", "to", "and", "for", "by", "with",
		"show", "get", "give", "me", "please", "page", "extract", "data", "all", "whole", "full", "this", "that", "list", "print", "make",
		"into", "read", "rows", "row", "can", "could", "you", "i", "want", "it", "its", "is", "are", "my", "fetch", "download", "export", "save", "scrape", "grab", "turn",
		"convert", "file", "format", "file's", "items", "entries", "top", "first", "posts", "where", "whose", "out", "site", "main":
		return true
	default:
		return false
	}
}

// thought says how the task was understood.
func (p plan) thought() string {
	var b strings.Builder
	switch p.skill {
	case skillList:
		p.thinkOfList(&b)
	case skillTable:
		b.WriteString("The task asks for a table of one page")
		if p.table != "" {
			fmt.Fprintf(&b, ", the one that “%s” fits best", p.table)
		}
		b.WriteString(". ")
	case skillLinks:
		fmt.Fprintf(&b, "The task asks for %s. ", p.linksWanted())
	case skillFind:
		fmt.Fprintf(&b, "The task asks where the page says “%s”, in capitals or not. ", p.text)
	case skillCompare:
		fmt.Fprintf(&b, "The task asks to compare the %s of two pages, %s and %s. ", p.what, p.page, p.other)
	default:
		p.thinkOfText(&b)
	}
	if p.form != "" {
		fmt.Fprintf(&b, "The answer is to be %s. ", map[string]string{formCSV: "CSV", formJSON: "JSON", formTable: "a table"}[p.form])
	}
	fmt.Fprintf(&b, "Opening %s.\n\n", p.page)
	return b.String()
}

func (p plan) thinkOfList(b *strings.Builder) {
	switch {
	case p.count == everything:
		fmt.Fprintf(b, "The task asks for all %s from one page and those that follow it. ", p.what)
	case p.counted:
		fmt.Fprintf(b, "The task asks for %d %s from one page. ", p.count, p.what)
	default:
		fmt.Fprintf(b, "The task asks for %s without saying how many, so %d will do. ", p.what, p.count)
	}
	if p.contains != "" {
		fmt.Fprintf(b, "Only those whose title or fields contain “%s” count. ", p.contains)
	}
	if len(p.where) > 0 {
		fmt.Fprintf(b, "The condition is: %s. ", describeAll(p.where))
	}
	if p.order.field != "" {
		fmt.Fprintf(b, "They are to be sorted by %s. ", p.order.describe())
	}
}

func (p plan) thinkOfText(b *strings.Builder) {
	if p.summary {
		b.WriteString("The task asks for a summary. That takes a model; the page's own text is what rules can give. ")
	} else {
		b.WriteString("The task asks for the text of one page. ")
	}
	switch {
	case p.words > 0:
		fmt.Fprintf(b, "It wants at most %d words, so whole blocks are taken from the beginning. ", p.words)
	case p.paragraphs > 0:
		fmt.Fprintf(b, "It wants the first %d paragraphs. ", p.paragraphs)
	}
}

// linksWanted is which links a plan is about.
func (p plan) linksWanted() string {
	said := "the links of the page"
	if p.counted && p.count != everything {
		said = fmt.Sprintf("%d links of the page", p.count)
	}
	switch p.host {
	case hostInternal:
		said += " to its own host"
	case hostExternal:
		said += " to other hosts"
	}
	if p.ending != "" {
		said += fmt.Sprintf(" whose address ends in .%s", p.ending)
	}
	if p.contains != "" {
		said += fmt.Sprintf(" whose text or address contains “%s”", p.contains)
	}
	return said
}
