// Package state says what a run is, given what it has said so far.
//
// [Run.Apply] folds arrivals, events of package api stamped with a sequence
// number and a time, into a [Run]. The fold is deterministic: it has no clock,
// no context and no I/O, and however the arrivals are split into batches, the
// run comes out the same. A live screen, a headless run and a replayed
// recording therefore all show the same thing.
//
// The run of an agent has an [Agent] beside that: what the service calls it, how
// far it has come, the [Clocks] of its session, and how stopping it stands. What
// this program learns of it by what it does itself (an id, the answer to a stop)
// arrives as an [AgentChange] among the events, so that it is folded like them.
// [Run.Left] is what may be going on at the service when nobody watches.
//
// Package state/feed brings arrivals from a live stream.
package state
