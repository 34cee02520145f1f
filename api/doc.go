// Package api is the client of Notte's HTTP API: requests, wire types, events
// and errors.
//
// Start with [New] and [Client.StartAnything]: it sends one task to the
// Anything API, once, and returns a [Stream] whose [Stream.Events] yields what
// the agent says until the first terminal event. Whoever answers at the base
// URL, Notte itself or the local backend of package notturno/api/local, the
// events are the same twelve types; both generations of the stream decode into
// them.
//
// What comes from the network is hostile. Every string of an event is a
// [Text], which cleans itself when it is decoded: no control character, escape
// sequence or bidirectional override gets past this package. Raw bytes are
// kept beside it for recordings.
//
// This package never repeats a request that starts a run: a start may be
// billed. An [Error] is an answer that is not a stream; a [TransportError] says
// whether the request can have left this machine; [ErrTruncated] ends a stream
// that ended before its run did. No error holds the API key.
//
// A [Decoder] alone turns recorded wire objects into the same events.
package api
