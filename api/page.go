package api

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Page is one page of a list.
type Page[T any] struct {
	Items       []T
	Page        int // from 1
	PageSize    int
	HasNext     bool
	HasPrevious bool
}

// maxPage is how many items a page has at most if no size was asked for.
const maxPage = 1000

// maxID is how many characters an id in a list may have.
const maxID = 200

// paging is which page was asked for; what was not said is 0.
type paging struct{ page, size int }

// pageOf reads a page, or a bare array, which is a list without pages. A page
// has no more items than were asked for, whatever the service sends: what of a
// whole list lies behind it comes with the next one.
func pageOf[T any](raw json.RawMessage, asked paging, item func(object) T) Page[T] {
	o := objectOf(raw)
	list := raw
	if o != nil {
		list = o.get("items")
	}
	page := Page[T]{
		Page:        intOf(o.get("page")),
		PageSize:    intOf(o.get("page_size")),
		HasNext:     isTrue(o.get("has_next")),
		HasPrevious: isTrue(o.get("has_previous")),
	}
	items := objectsIn(list)
	size := asked.size
	if size <= 0 {
		size = maxPage
	}
	if o == nil && len(items) > size && asked.page > 1 {
		items = items[min(before(asked.page, size), len(items)):]
		page.HasPrevious = true
	}
	if len(items) > size {
		items, page.HasNext = items[:size], true
	}
	for _, value := range items {
		page.Items = append(page.Items, item(objectOf(value)))
	}
	return page
}

// before is how many items there are before a page.
func before(page, size int) int {
	if page-1 > math.MaxInt/size {
		return math.MaxInt
	}
	return (page - 1) * size
}

// objectsIn are the elements of an array that are objects; a list may have
// gaps.
func objectsIn(list json.RawMessage) []json.RawMessage {
	var objects []json.RawMessage
	for _, value := range elements(list) {
		if isObject(value) {
			objects = append(objects, value)
		}
	}
	return objects
}

// listedID is an id as a list has it. One that is blank, or too long to be
// one, is none.
func listedID(id Text) Text {
	if strings.TrimSpace(string(id)) == "" || utf8.RuneCountInString(string(id)) > maxID {
		return ""
	}
	return id
}

// query is what of a request is said behind the path. Only what is set is
// said.
type query url.Values

func (q query) number(name string, n int) {
	if n != 0 {
		url.Values(q).Set(name, strconv.Itoa(n))
	}
}

func (q query) flag(name string, on *bool) {
	if on != nil {
		url.Values(q).Set(name, strconv.FormatBool(*on))
	}
}

// needID refuses what would be another path.
func needID(what, id string) error {
	if id == "" {
		return fmt.Errorf("failed to ask for the %s: no id is given", what)
	}
	return nil
}
