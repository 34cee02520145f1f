package options

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"notturno/api"
)

// reader turns values into what requests hold. What is not chosen, and what is
// wrong, is zero there.
type reader struct {
	values Values
	faults faults
}

// text is the value of a field of any kind.
func (r *reader) text(name string) string {
	text := r.values.get(name)
	if strings.ContainsFunc(text, unicode.IsControl) {
		r.faults.add(name, "has a line break or a control character in it; write it on one line")
		return ""
	}
	return text
}

func (r *reader) number(name string) *int {
	text := r.values.get(name)
	if text == "" {
		return nil
	}
	field, _ := Lookup(name)
	n, err := strconv.Atoi(text)
	switch {
	case err != nil:
		r.faults.add(name, "%s is not a whole number%s", quote(text), field.use())
	case field.outside(n):
		r.faults.add(name, "%d is out of bounds%s", n, field.use())
	default:
		return &n
	}
	return nil
}

// minutes is a duration as the API has it. A number alone is minutes.
func (r *reader) minutes(name string) *int {
	text := r.values.get(name)
	if text == "" {
		return nil
	}
	field, _ := Lookup(name)
	n, err := strconv.Atoi(text)
	var rest time.Duration
	if err != nil {
		var d time.Duration
		d, err = time.ParseDuration(text)
		n, rest = int(d/time.Minute), d%time.Minute
	}
	switch {
	case err != nil:
		r.faults.add(name, "%s is not a duration; write it as 15m or 1h30m", quote(text))
	case field.outside(n), n == field.High && rest > 0:
		r.faults.add(name, "%s is out of bounds; use %s to %s", clip(text), duration(field.Low), duration(field.High))
	case rest != 0:
		r.faults.add(name, "%s is not a number of whole minutes; use %s", clip(text), duration(n))
	default:
		return &n
	}
	return nil
}

func (r *reader) on(name string) *bool {
	text := r.values.get(name)
	switch strings.ToLower(text) {
	case "":
		return nil
	case On, "true", "yes":
		return new(true)
	case Off, "false", "no":
		return new(false)
	}
	r.faults.add(name, "%s is neither on nor off", quote(text))
	return nil
}

func (r *reader) choice(name string) string {
	text := r.values.get(name)
	if text == "" {
		return ""
	}
	field, _ := Lookup(name)
	i := slices.IndexFunc(field.Choices, func(choice string) bool { return strings.EqualFold(choice, text) })
	if i < 0 {
		last := len(field.Choices) - 1
		r.faults.add(name, "%s does not exist; use %s or %s", quote(text), strings.Join(field.Choices[:last], ", "), field.Choices[last])
		return ""
	}
	return field.Choices[i]
}

// maxPixels is the largest side of a page that is asked for.
const maxPixels = 100_000

// size reads WIDTHxHEIGHT.
func (r *reader) size(name string) (width, height *int) {
	text := r.values.get(name)
	if text == "" {
		return nil, nil
	}
	first, second, found := strings.Cut(strings.ToLower(text), "x")
	w, errW := strconv.Atoi(strings.TrimSpace(first))
	h, errH := strconv.Atoi(strings.TrimSpace(second))
	switch {
	case !found || errW != nil || errH != nil:
		r.faults.add(name, "%s is not a size; write it as 1280x800", quote(text))
	case min(w, h) < 1 || max(w, h) > maxPixels:
		r.faults.add(name, "%s is out of bounds; use 1 to %d for each side", quote(text), maxPixels)
	default:
		return &w, &h
	}
	return nil, nil
}

// outside reports whether n is out of the field's bounds.
func (f Field) outside(n int) bool { return f.bounded() && (n < f.Low || n > f.High) }

func (f Field) bounded() bool { return f.Low != 0 || f.High != 0 }

// use is the advice on a number.
func (f Field) use() string {
	if !f.bounded() {
		return ""
	}
	return fmt.Sprintf("; use %d to %d", f.Low, f.High)
}

// duration is a number of minutes as people write it: 15m, 1h30m, 24h.
func duration(minutes int) string {
	hours, rest := minutes/60, minutes%60
	switch {
	case hours == 0:
		return fmt.Sprintf("%dm", rest)
	case rest == 0:
		return fmt.Sprintf("%dh", hours)
	}
	return fmt.Sprintf("%dh%dm", hours, rest)
}

// maxShown is how much of a value a message repeats, in characters.
const maxShown = 40

func quote(text string) string { return strconv.Quote(clip(text)) }

// clip is at most maxShown characters of a text, on one line.
func clip(text string) string {
	line := []rune(api.Clean(text[:min(len(text), maxClipped)]).Line())
	if len(line) > maxShown {
		return string(line[:maxShown]) + "…"
	}
	return string(line)
}

// maxClipped is how much of a value is looked at to show a part of it, in bytes.
const maxClipped = 1 << 10
