package api

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
)

// Page is one page of a list.
type Page[T any] struct {
	Items       []T
	Page        int // from 1
	PageSize    int
	HasNext     bool
	HasPrevious bool
}

// pageOf reads a page, or a bare array, which is a list without pages.
func pageOf[T any](raw json.RawMessage, item func(object) T) Page[T] {
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
	for _, value := range elements(list) {
		if isObject(value) {
			page.Items = append(page.Items, item(objectOf(value)))
		}
	}
	return page
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
