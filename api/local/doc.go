// Package local is Notte's Anything API on this machine: the same request, the
// same stream of events, served on loopback and answered by an agent that
// works by rules instead of a model. A first start of the program, every test,
// and anybody's curl can talk to it without an account, a network or a bill.
//
// [Start] listens and returns a [Server]; its URL and Key are what a client
// needs. POST /api/anything/start begins a run and streams it, in the first or
// the second generation of the protocol. The stream's session event carries the
// link of a viewer page that shows the run live: the page as fetched, the steps
// and their results. Everything else is a small sample site, so that there is
// something to browse offline.
//
// Other programs and every web page that the person has open can reach a
// loopback port, so the server trusts nobody: it answers only to its own host
// name, refuses requests that other origins send, needs its key for every run
// and a token for every viewer page, and never sends a CORS header.
package local
