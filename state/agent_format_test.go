package state

import (
	"encoding/json"
	"testing"
)

func TestFormatted(t *testing.T) {
	t.Parallel()
	for format, want := range map[string]bool{"": false, `{"type":"object"}`: true, "no schema": false} {
		r := begunAgent(func(o *AgentOrder) {
			if format != "" {
				o.Request.ResponseFormat = json.RawMessage(format)
			}
		})
		if got := r.Agent.Formatted(); got != want {
			t.Errorf("with the response format %q the answer has to meet one: %v, want %v", format, got, want)
		}
	}
}
