package agent

import (
	"context"
	"fmt"
	"strings"
)

// read is the skill that gives a page's main text: the tool extract, and the
// answer.
func (r *run) read(ctx context.Context, s *sight) (*finding, error) {
	var markdown string
	err := r.call(ctx, toolExtract, r.plan.extractInput(), func() (string, error) {
		var err error
		if markdown, err = s.mainText(ctx); err != nil {
			return "", err
		}
		return fmt.Sprintf("main text: %d words, %s", countWords(markdown), byteSize(len(markdown))), nil
	})
	if err != nil {
		return nil, err
	}
	found := &finding{}
	if r.plan.summary {
		found.markdown = append(found.markdown, "> A summary takes a model, which this agent does not have. This is the page's own text.\n\n")
	}
	if short := r.plan.shorten(markdown); short != markdown {
		note := fmt.Sprintf("That is the beginning of the text: %d of its %d words.", countWords(short), countWords(markdown))
		if err := r.think(ctx, "%s", note); err != nil {
			return nil, err
		}
		markdown = short
	}
	for block := range strings.SplitAfterSeq(markdown, "\n\n") {
		found.markdown = append(found.markdown, block)
	}
	found.value = map[string]any{"text": markdown}
	return found, nil
}
