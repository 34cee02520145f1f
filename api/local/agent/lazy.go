package agent

import (
	"regexp"
	"sync"
)

// lazy compiles a pattern when it is needed first: together the agent's
// patterns take longer than the rest of its start, and a program may start
// without a task.
func lazy(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
