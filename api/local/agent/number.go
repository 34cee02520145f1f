package agent

import (
	"strconv"
	"strings"
)

// numberLook finds a number as pages write it, with what multiplies it.
var numberLook = lazy(`(?i)[-−]?\d[\d.,\x{00A0}\x{202F}']*(?:\s?(k|m|million|bn))?(?:[^\pL]|$)|[-−]?\d[\d.,]*`)

// numberIn is the first number of a text: "$1,299.00", "15,50 €", "1.2k".
func numberIn(text string) (float64, bool) {
	m := numberLook().FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	digits := strings.TrimSpace(m[0])
	if end := strings.LastIndexAny(digits, "0123456789"); end >= 0 {
		digits = digits[:end+1]
	}
	digits = strings.NewReplacer("−", "-", "\u00A0", "", "\u202F", "", "'", "").Replace(digits)
	value, err := strconv.ParseFloat(plainDecimal(digits), 64)
	if err != nil {
		return 0, false
	}
	switch strings.ToLower(m[1]) {
	case "k":
		value *= 1e3
	case "m", "million":
		value *= 1e6
	case "bn":
		value *= 1e9
	}
	return value, true
}

// plainDecimal tells thousands from decimals. The last mark is decimal when
// both kinds occur, or when it stands once and not before exactly three
// digits; a point before three digits is decimal only after a zero.
func plainDecimal(digits string) string {
	comma, point := strings.LastIndexByte(digits, ','), strings.LastIndexByte(digits, '.')
	last := max(comma, point)
	if last < 0 {
		return digits
	}
	mark := string(digits[last])
	decimal := len(digits)-last-1 != 3
	if comma >= 0 && point >= 0 {
		decimal = strings.Count(digits, mark) == 1
	} else if strings.Count(digits, mark) > 1 {
		decimal = false
	} else if strings.TrimPrefix(digits[:last], "-") == "0" {
		decimal = true
	}
	drop := strings.NewReplacer(",", "", ".", "")
	if !decimal {
		return drop.Replace(digits)
	}
	return drop.Replace(digits[:last]) + "." + digits[last+1:]
}
