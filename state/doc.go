// Package state says what a run is, given what it has said so far.
//
// [Run.Apply] folds arrivals, events of package api stamped with a sequence
// number and a time, into a [Run]. The fold is deterministic: it has no clock,
// no context and no I/O, and however the arrivals are split into batches, the
// run comes out the same. A live screen, a headless run and a replayed
// recording therefore all show the same thing.
//
// Package state/feed brings arrivals from a live stream.
package state
