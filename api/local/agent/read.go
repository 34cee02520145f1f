package agent

import (
	"context"
	"fmt"
	"strings"
)

// read is the skill that gives a page's main text: the tool extract, and the
// answer.
func (r *run) read(ctx context.Context, s *sight) error {
	var markdown string
	err := r.call(ctx, toolExtract, map[string]any{"skill": skillRead}, func() (string, error) {
		var err error
		if markdown, err = s.mainText(ctx); err != nil {
			return "", err
		}
		return fmt.Sprintf("main text: %d words, %s", len(strings.Fields(markdown)), byteSize(len(markdown))), nil
	})
	if err != nil {
		return err
	}
	if r.plan.summary {
		note := "> A summary takes a model, which this agent does not have. This is the page's own text.\n\n"
		if err := r.say(ctx, Speech{note}); err != nil {
			return err
		}
	}
	for block := range strings.SplitAfterSeq(markdown, "\n\n") {
		if err := r.say(ctx, Speech{block}); err != nil {
			return err
		}
	}
	return nil
}
