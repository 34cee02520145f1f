package table_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"notturno/api"
	"notturno/api/schema"
)

func TestFind(t *testing.T) {
	t.Parallel()
	const answer = `{"posts":[{"a":1},{"a.b":2,"a":{"c":3},"7":4,"a":{"d":5}}],"a":{"b":{"c":1}},"a.b":2,"":{"x":1}}`
	for _, c := range []struct {
		path  string
		steps []int
		rest  string
	}{
		{"", nil, ""},
		{"posts", []int{0}, ""},
		{"posts[1]", []int{0, 1}, ""},
		{"posts[1].a.b", []int{0, 1, 0}, ""},
		{"posts[1].a.d", []int{0, 1, 3, 0}, ""},
		{"posts[1][7]", []int{0, 1, 2}, ""},
		{"posts[1].price", []int{0, 1}, "price"},
		{"posts[9].price", []int{0}, "[9].price"},
		{"a.b", []int{2}, ""},
		{"a.b.c", []int{1, 0, 0}, ""},
		{"a.b.d", []int{1, 0}, "d"},
		{"nowhere", nil, "nowhere"},
		{"post", nil, "post"},
	} {
		place := parse(t, answer).Find(c.path)
		if !slices.Equal(place.Steps, c.steps) || place.Rest(c.path, len(place.Steps)) != c.rest {
			t.Errorf("%q leads to %v and leaves %q, want %v and %q", c.path, place.Steps, place.Rest(c.path, len(place.Steps)), c.steps, c.rest)
		}
	}
}

// Every field that the check of a schema complains about is found.
func TestFaultsAreFound(t *testing.T) {
	t.Parallel()
	nothing, err := schema.Parse([]byte(`{"additionalProperties":false}`))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(11, 12))
	for range 2_000 {
		answer := "{" + fmt.Sprintf(`"one%d":`, r.IntN(9)) + random(r, 3) + "," + fmt.Sprintf("%q", strings.Repeat("x", r.IntN(3))+"y") + ":" + random(r, 2) + "}"
		for _, fault := range nothing.Check(answer) {
			path := api.Clean(fault.Path).Line()
			if place := parse(t, answer).Find(path); place.Rest(path, len(place.Steps)) != "" {
				t.Fatalf("%q is not found in %q", path, answer)
			}
		}
	}
}

// However deep an answer is, looking for a place in it has an end.
func TestFindInWhatIsDeep(t *testing.T) {
	t.Parallel()
	const depth = 9_999
	v := parse(t, strings.Repeat(`{"a":`, depth)+"1"+strings.Repeat("}", depth))
	path := "a" + strings.Repeat(".a", depth-1)
	place := v.Find(path)
	if n := len(place.Steps); n == 0 || n > 1_000 || place.Rest(path, n) == "" {
		t.Errorf("%d steps lead to a field at the depth of %d", n, depth)
	}
}
