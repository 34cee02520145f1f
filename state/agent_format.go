package state

// Formatted reports whether the answer has to meet a response format.
func (a *Agent) Formatted() bool { return a.format != nil }
