// Package local is Notte's API on this machine: the same requests, the same
// answers and streams of events, served on loopback by an agent that works by
// rules instead of a model. A first start of the program, every test, and
// anybody's curl can talk to it without an account, a network or a bill.
//
// [Start] listens and returns a [Server]; its URL and Key are what a client
// needs. POST /api/anything/start begins a run and streams it, in the first or
// the second generation of the protocol. The stream's session event carries the
// link of a viewer page that shows the run live: the page as fetched, the steps
// and their results. In the second generation a further turn of a thread can
// refer to the page, the list and the function of the turn before it, which it
// changes into its next version, and to nothing else.
//
// Sessions, agents, functions and the usage have the paths and the answers of
// the REST API, errors included. A session that was started for itself takes
// agents one after the other until it is stopped, is idle for too long or
// reaches its maximum duration. Functions, their versions and the records of
// their runs are JSON files in the data directory; a schedule is kept and shown,
// but nothing here starts by itself. Everything else is a small sample site, so that
// there is something to browse offline.
//
// Other programs and every web page that the person has open can reach a
// loopback port, so the server trusts nobody: it answers only to its own host
// name, refuses requests that other origins send, needs its key for every run
// and a token for every viewer page, and never sends a CORS header.
package local
