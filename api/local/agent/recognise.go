package agent

import (
	"regexp"
	"strings"
	"unicode"
)

// What the values of fields look like. Each expression is compiled once and
// only read; Go's match in linear time whatever the page says.
var (
	rankLooks     = lazy(`^(?:#?\d{1,4}[.)]?|\[\d{1,4}\])$`)
	pointsLook    = lazy(`(?i)(\d[\d,.]*k?)\s*(?:points?|pts|upvotes?|votes?|likes?|▲)(?:[^\pL]|$)`)
	commentsLook  = lazy(`(?i)(\d[\d,.]*k?)\s*(?:comments?|replies|reply|responses|answers?|条评论|コメント)(?:[^\pL]|$)`)
	priceLooks    = lazy(`(?:[$€£¥₹₩]|\b(?:USD|EUR|GBP|CHF|JPY)\b)\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:€|£|zł|kr\b|元|円|USD\b|EUR\b|GBP\b|CHF\b)`)
	ratingLooks   = lazy(`(?i)\b[0-9](?:[.,]\d{1,2})?\s*(?:/|out of)\s*(?:5|10)(?:\s*stars?)?\b`)
	dateLooks     = lazy(`(?i)\b\d{4}-\d{2}-\d{2}|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\d{4}年\d{1,2}月(?:\d{1,2}日)?|` + monthDate + `|` + ago)
	bylineLooks   = lazy(`(?i)^(?:by|posted by|written by|author:|von|par|作者[:：])\s*(\S.*)$`)
	bylineInside  = lazy(`(?i)^(?:posted|written|published|submitted|started|added)\b.{1,40}?\bby\s+(\S.*)$`)
	bylineAtEnd   = lazy(`(?i)(?:^|\s)by$|^authors?:$`)
	bylineEndsFor = lazy(`(?i)\s+(?:on|in|at|•|·|\||-|–|—)\s.*$|\s*[•·|,].*$`)
)

const (
	month     = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`
	monthDate = `\b` + month + `\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?\b|\b\d{1,2}(?:st|nd|rd|th)?\.?\s+` + month + `(?:\s+\d{4})?\b`
	ago       = `\b(?:\d+|an?|one|two)\s*(?:s|m|h|d|w|sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?)\s+ago\b|\byesterday\b|\d+\s*(?:分钟|小时|天)前`
)

func isRank(s string) bool     { return rankLooks().MatchString(s) }
func isPrice(s string) bool    { return priceLooks().MatchString(s) }
func priceIn(s string) string  { return priceLooks().FindString(s) }
func ratingIn(s string) string { return ratingLooks().FindString(s) }
func hasDigit(s string) bool   { return strings.IndexFunc(s, unicode.IsDigit) >= 0 }

func pointsIn(s string) string   { return submatch(pointsLook(), s) }
func commentsIn(s string) string { return submatch(commentsLook(), s) }

func submatch(look *regexp.Regexp, s string) string {
	if m := look.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// authorIn is who wrote the item: a piece after "by", or one that is called
// an author.
func authorIn(pieces []chunk) string {
	for i, c := range pieces {
		if name := firstOf(submatch(bylineLooks(), c.text), submatch(bylineInside(), c.text)); name != "" {
			return bylineEndsFor().ReplaceAllString(name, "")
		}
		if bylineAtEnd().MatchString(c.text) && i+1 < len(pieces) {
			return pieces[i+1].text
		}
	}
	name := named(pieces, hasLetter, "author", "byline", "user", "username", "hnuser", "submitter", "creator")
	return bylineEndsFor().ReplaceAllString(name, "")
}

// dateIn is when the item appeared: a time element, a piece that is called a
// date, or one that looks like one.
func dateIn(pieces []chunk) string {
	for _, c := range pieces {
		if c.in.Data == "time" || c.in.Parent != nil && c.in.Parent.Data == "time" {
			return c.text
		}
	}
	if date := named(pieces, hasDigit, "date", "time", "age", "published", "posted", "timestamp"); date != "" {
		if found := dateLooks().FindString(date); found != "" {
			return found
		}
		return date
	}
	for _, c := range pieces {
		// In a longer text only a date that opens it is the item's own.
		if at := dateLooks().FindStringIndex(c.text); at != nil && (len(c.text) <= maxField || at[0] == 0) {
			return c.text[at[0]:at[1]]
		}
	}
	return ""
}
