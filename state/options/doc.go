// Package options is what a person can choose for an agent and its session:
// one table of fields, from which the form on the screen, the flags of the
// command line and their documentation come, and what the chosen values mean
// for the requests.
//
// A value is text, as a person types it and as a preset keeps it. A field
// without a value is not sent, so that the service decides.
package options
