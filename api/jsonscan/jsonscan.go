// Package jsonscan finds where values end in a text that is known to be JSON,
// without decoding them: a large value costs one look at its bytes. For a text
// that is not JSON what it says means nothing, but it never breaks.
package jsonscan

// ValueEnd is where the value ends that begins at from.
func ValueEnd[T string | []byte](text T, from int) int {
	depth := 0
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = StringEnd(text, i) - 1
		case '{', '[':
			depth++
			continue
		case '}', ']':
			if depth == 0 { // the end of what a bare number or word is in
				return i
			}
			depth--
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return i
			}
			continue
		default:
			continue
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(text)
}

// StringEnd is where the string ends, behind its quotes, that begins at from.
func StringEnd[T string | []byte](text T, from int) int {
	for i := from + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}
