package schema

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// doubling is a schema that says the same twice, so often.
func doubling(times int) string {
	var b strings.Builder
	b.WriteString(`{"$ref":"#/$defs/0","$defs":{`)
	for i := range times {
		fmt.Fprintf(&b, `"%d":{"allOf":[{"$ref":"#/$defs/%d"},{"$ref":"#/$defs/%d"}]},`, i, i+1, i+1)
	}
	fmt.Fprintf(&b, `"%d":{"type":"object"}}}`, times)
	return b.String()
}

// nested is an answer that is nested so deep, and does not meet schemas of numbers.
func nested(depth int) string {
	return strings.Repeat(`{"c":`, depth) + `{"v":"x"}` + strings.Repeat("}", depth)
}

// endless are schemas that ask for more than can be checked of an answer.
func endless() map[string]string {
	return map[string]string{
		doubling(60): `{}`,
		`{"properties":{"c":{"anyOf":[{"$ref":"#"},{"$ref":"#"}]},"v":{"type":"integer"}}}`:                       nested(60),
		`{"allOf":[` + strings.TrimSuffix(strings.Repeat(`{"pattern":"^((a|b|c|d)?){1,900}$"},`, 50), ",") + `]}`: `"` + strings.Repeat("abcd", 100_000) + `"`,
	}
}

// However much a schema asks for, the check of an answer ends, and then makes
// no claims.
func TestChecksEnd(t *testing.T) {
	t.Parallel()
	for text, answer := range endless() {
		if faults, err := parsed(t, text).CheckContext(t.Context(), answer); !errors.Is(err, ErrNotChecked) || faults != nil {
			t.Errorf("%.60s: the faults are %v, %v", text, faults, err)
		}
	}
}

func TestCheckEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for text, answer := range endless() {
		if faults, err := parsed(t, text).CheckContext(ctx, answer); !errors.Is(err, ErrNotChecked) || faults != nil {
			t.Errorf("%.60s: the faults are %v, %v", text, faults, err)
		}
	}
}

// Looking for faults in what is nested deep takes the memory of the answer, not
// of its depth many times over. It counts the bytes of all goroutines, and runs
// alone.
func TestDeepAnswersTakeLittleMemory(t *testing.T) {
	for name, text := range map[string]string{
		"members": `{"properties":{"c":{"$ref":"#"},"v":{"type":"integer"}}}`,
		"choice":  `{"$defs":{"n":{"properties":{"v":{"type":"integer"},"c":{"anyOf":[{"$ref":"#/$defs/n"},{"type":"null"}]}}}},"$ref":"#/$defs/n"}`,
	} {
		format := parsed(t, text)
		for _, depth := range []int{100, 1_000, 9_000} {
			answer := nested(depth)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			faults := format.Check(answer)
			runtime.ReadMemStats(&after)
			if len(faults) != 1 || len(faults[0].String()) > 200 {
				t.Errorf("%s, %d deep: the faults are %v", name, depth, faults)
			}
			if took, most := after.TotalAlloc-before.TotalAlloc, uint64(1<<20+depth*8<<10); took > most {
				t.Errorf("%s, %d deep: the check takes %d bytes, more than %d", name, depth, took, most)
			}
		}
	}
}

func TestNestedSchemasAreRefused(t *testing.T) {
	t.Parallel()
	not := func(depth int) string { return strings.Repeat(`{"not":`, depth) + "{}" + strings.Repeat("}", depth) }
	if _, err := Parse([]byte(not(9_000))); err == nil || !strings.Contains(err.Error(), "deeper than 100") {
		t.Errorf("the error is %v", err)
	}
	if _, err := Parse([]byte(not(maxNesting))); err != nil {
		t.Errorf("schemas as deep as allowed: %v", err)
	}
}
