package local

import (
	"net/http"

	"notturno/api/local/validate"
)

// listPage is the envelope of every list. Warnings, which Notte has not, name
// the files that could not be read.
type listPage[T any] struct {
	Items       []T      `json:"items"`
	Page        int      `json:"page"`
	PageSize    int      `json:"page_size"`
	HasNext     bool     `json:"has_next"`
	HasPrevious bool     `json:"has_previous"`
	Warnings    []string `json:"warnings,omitempty"`
}

// newListPage is one page of items.
func newListPage[T any](items []T, number, size int) listPage[T] {
	pages := (len(items) + size - 1) / size
	page := listPage[T]{Items: []T{}, Page: number, PageSize: size, HasNext: number < pages, HasPrevious: number > 1}
	if number <= pages { // so that the product is small
		first := (number - 1) * size
		page.Items = append(page.Items, items[first:min(first+size, len(items))]...)
	}
	return page
}

// readPageQuery checks the query of a list. When it is not valid, the answer
// is written and ok is false.
func readPageQuery(w http.ResponseWriter, r *http.Request, onlyActive bool) (values validate.Values, ok bool) {
	values, errs := validate.Model{Fields: []validate.Field{
		{Name: "page", Type: validate.Int, Min: new(1), Default: 1},
		{Name: "page_size", Type: validate.Int, Min: new(1), Max: new(100), Default: 10},
		{Name: "only_active", Type: validate.Bool, Default: onlyActive},
	}}.Query(r.URL.Query())
	if errs != nil {
		writeInvalid(w, errs)
		return validate.Values{}, false
	}
	return values, true
}
