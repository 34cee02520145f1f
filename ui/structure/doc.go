// Package structure draws an answer that is JSON: as a table, or as a tree of
// names and values. It says whether the answer meets its response format, and
// marks the fields that do not.
//
// It is drawn in one of two ways. Folded, every row of the table and every line
// of the tree takes one row, cut where it has to be, and only as much of the
// answer is looked at as there is room for. Whole, nothing is cut or left out.
package structure
