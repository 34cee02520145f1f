//go:build !race

package main

// raceEnabled says that the tests run with the race detector, so that the
// program should, too.
const raceEnabled = false
