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
// Agents on browser sessions are the REST API: [Client.StartSession],
// [Client.StartAgent], [Client.StopAgent], [Client.StopSession] and what reads
// beside them. [Client.WatchAgent] tells what an agent does in the same events,
// so that an agent and an automation are folded, shown and recorded alike.
//
// What comes from the network is hostile. Every string of an event is a
// [Text], which cleans itself when it is decoded: no control character, escape
// sequence or bidirectional override gets past this package. Raw bytes are
// kept beside it for recordings.
//
// This package never repeats a request that starts or stops something: a start
// may be billed. What only reads is asked for again a few times. An [Error] is
// an answer that is not the one asked for, and names the fields that were not
// accepted; a [TransportError] says whether the request can have left this
// machine; [ErrTruncated] ends a stream that ended before its run did;
// [ErrNotConfirmed] says that a stop may not have been one. No error holds the
// API key. What an agent types into fields that keep secrets is masked.
//
// A [Decoder] alone turns recorded wire objects into the same events.
package api
