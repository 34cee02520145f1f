package agent

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// CannotDo says that a task is not one for this agent: it is not understood,
// names no page, or asks for a skill that rules do not have. Nothing was
// fetched.
type CannotDo struct {
	Reason string // a sentence about this task, without a full stop
	noPage bool   // the task names no page
}

// Error is the reason.
func (e *CannotDo) Error() string { return e.Reason }

// Detail says what the agent can do instead, and who can do the rest.
func (e *CannotDo) Detail() string {
	return "This agent works by rules, without a model. It can list what repeats on a page " +
		"(“list the top 5 posts of https://example.com/news”), read a page " +
		"(“read https://example.com/article”), take its table (“show the table on https://example.com as CSV”) " +
		"or its links (“list the links on https://example.com”), find text in it (“find \"price\" on https://example.com”), " +
		"and compare the lists of two pages (“compare https://example.com/a with https://example.com/b”). " +
		"For any other task, set NOTTE_API_KEY to hand such tasks to Notte's agents."
}

func cannot(format string, args ...any) error {
	return &CannotDo{Reason: fmt.Sprintf(format, args...)}
}

// namesNoPage reports the error for a task that names no page at all.
func namesNoPage(err error) bool {
	var cannot *CannotDo
	return errors.As(err, &cannot) && cannot.noPage
}

// sectionNames is the end of a sentence that offers the sections by name.
func sectionNames(sections map[string]string) string {
	if len(sections) == 0 {
		return ""
	}
	var names []string
	for name := range sections {
		names = append(names, name)
	}
	slices.Sort(names)
	return fmt.Sprintf(", or a section of the sample site (%s)", strings.Join(names, ", "))
}
