package api

import (
	"encoding/json"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"
)

// intOf is a number as a whole one; 0 for what is none, or too large.
func intOf(value json.RawMessage) int {
	if len(value) == 0 || (value[0] != '-' && (value[0] < '0' || value[0] > '9')) {
		return 0
	}
	if n, err := strconv.Atoi(string(value)); err == nil {
		return n
	}
	f, err := strconv.ParseFloat(string(value), 64)
	if err != nil || math.Abs(f) > 1<<53 {
		return 0
	}
	return int(f)
}

// minutesOf is a number of minutes as a duration.
func minutesOf(value json.RawMessage) time.Duration {
	const most = int64(math.MaxInt64 / time.Minute)
	return time.Duration(min(max(int64(intOf(value)), 0), most)) * time.Minute
}

// boolOf is nil for anything but true and false.
func boolOf(value json.RawMessage) *bool {
	switch string(value) {
	case "true":
		return new(true)
	case "false":
		return new(false)
	}
	return nil
}

func isTrue(value json.RawMessage) bool { return string(value) == "true" }

// elements are those of an array; anything else has none.
func elements(value json.RawMessage) iter.Seq2[int, json.RawMessage] {
	return func(yield func(int, json.RawMessage) bool) {
		if len(value) == 0 || value[0] != '[' {
			return
		}
		i := 0
		for _, element := range children(value) {
			if !yield(i, element) {
				return
			}
			i++
		}
	}
}

// linesOf are the elements of an array of names.
func linesOf(value json.RawMessage) []Text {
	var lines []Text
	for _, element := range elements(value) {
		lines = append(lines, Text(TextOf(element).Line()))
	}
	return lines
}

// durationOf reads an ISO 8601 duration of days and less, such as PT1H1M40S;
// 0 for anything else.
func durationOf(t Text) time.Duration {
	date, clock, _ := strings.Cut(string(t), "T")
	days, isDuration := strings.CutPrefix(date, "P")
	if !isDuration {
		return 0
	}
	total := 0.0
	for _, part := range [...]struct{ text, units string }{{days, "D"}, {clock, "HMS"}} {
		for text := part.text; text != ""; {
			end := strings.IndexAny(text, part.units)
			if end < 0 {
				return 0
			}
			n, err := strconv.ParseFloat(text[:end], 64)
			if err != nil || n < 0 {
				return 0
			}
			total += n * float64(unitOf(text[end]))
			text = text[end+1:]
		}
	}
	if !(total < float64(math.MaxInt64)) { // too large, or not a number
		return 0
	}
	return time.Duration(total).Round(time.Microsecond)
}

func unitOf(letter byte) time.Duration {
	switch letter {
	case 'D':
		return 24 * time.Hour
	case 'H':
		return time.Hour
	case 'M':
		return time.Minute
	default:
		return time.Second
	}
}
