// Package table reads answers that are JSON: as values whose members keep the
// order of the text, as tables of rows and columns, and as CSV.
//
// An answer is checked once, as a whole; its values are parts of its text that
// are looked into when they are asked for, so that a large answer costs little
// more than the part of it that shows. Numbers keep their digits. Names and
// strings are decoded and then cleaned (api.Clean): an escape can stand for a
// control character.
package table
