// Package themes says what colours mean: text, accent, success, failure and
// the rest, for a dark and for a light terminal.
//
// A theme never sets the terminal's background, foreground or cursor: it draws
// on whatever the person has. Bubble Tea brings true colours down to what the
// terminal can show, and drops them where NO_COLOR is set, so state is always
// told in a glyph and a word as well.
//
// # Built-in themes
//
// All that is read has a contrast of at least 4.5:1 on the usual backgrounds,
// blocks of code included:
//
//   - notte is for dark backgrounds, from #000000 to #2e3440. It is the
//     automatic choice until the terminal says that it is light.
//   - giorno is for light ones, from #ffffff to #eee8d5.
//   - terminal uses the person's own sixteen colours, on a dark or a light
//     background; the palette decides about the contrast.
//   - contrast has 7:1 and more, on dark backgrounds from #000000 to #282c34. No
//     colour has that on dark and light ones, so it is for dark ones only.
//   - mono has no colours: only bold, and the terminal's own text.
//
// # Theme files
//
// A person's own themes are TOML files that [LoadDir] reads, one theme each:
//
//	name = "dusk"                # shown and chosen by; without it the file's own name
//	extends = "notte"            # the theme that fills in what is left out
//	dark = true                  # made for a dark background
//	code_theme = "modus-vivendi" # a style of chroma, for blocks of code
//
//	[colors]
//	text = ""                    # the terminal's own foreground
//	muted = "#a0a0a6"            # secondary text, hints
//	faint = "8"                  # rules, empty bars
//	accent = "#ffb454"           # focus, the prompt, links
//	heading = "#ffd9a0"
//	code = "108"
//	success = "2"
//	warning = "3"
//	error = "1"
//	running = "6"
//
// A colour is "#rrggbb", a number of the terminal's palette from "0" to "255",
// or "" for the terminal's own foreground. Every line may be left out, with one
// exception: without extends, dark has to be there. Without code_theme, or with
// an empty one, a style is chosen that suits dark.
//
// A theme extends a built-in one or another of the person's own, whose colours
// it keeps where it names none. When it is made for the other background it
// does not keep the code_theme. Names are compared without regard to case. No
// theme can take the name of a built-in one, or "auto". What is wrong with a
// file is told with its line and key, and the other files are read all the same.
package themes
