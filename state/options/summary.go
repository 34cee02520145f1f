package options

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"notturno/api"
)

// Summary is what was chosen on one line, the most important first, in parts
// that " · " separates, so that it can be cut there. Where nothing was chosen
// it says what the service does by its documentation.
func (v Values) Summary() string {
	parts := []string{"agent"}
	told := []string{Model, MaxSteps, Vision, SessionID, AfterAgent, ResponseFormat}
	if model := v.get(Model); model != "" {
		parts = append(parts, shortModel(model))
	}
	parts = append(parts, v.steps(), v.sight())
	switch {
	case v.get(SessionID) != "":
		parts = append(parts, "on session "+shortID(v.get(SessionID)))
	case v.get(AfterAgent) == KeepAfter:
		parts = append(parts, "keeps its session")
	}
	if v.get(ResponseFormat) != "" {
		parts = append(parts, "answer in a format")
	}
	unsent, more := v.Unsent(), 0
	for _, field := range Fields() {
		isUnsent := slices.ContainsFunc(unsent, func(f Field) bool { return f.Name == field.Name })
		if v.get(field.Name) != "" && !isUnsent && !slices.Contains(told, field.Name) {
			more++
		}
	}
	if more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	return strings.Join(parts, " · ")
}

// shortModel is the name of a model without its provider.
func shortModel(model string) string {
	if name := model[strings.LastIndexByte(model, '/')+1:]; name != "" {
		model = name
	}
	return clip(model)
}

func (v Values) steps() string {
	text := v.get(MaxSteps)
	if text == "" {
		text = strconv.Itoa(api.DefaultMaxSteps)
	}
	if text == "1" {
		return "1 step"
	}
	return clip(text) + " steps"
}

// sight is whether the agent looks at pictures, as the service has it unless
// it is told not to.
func (v Values) sight() string {
	r := &reader{values: v}
	if on := r.on(Vision); on != nil && !*on {
		return "no vision"
	}
	return "vision"
}

// shortID is the start of an id, which is enough to know it again.
func shortID(id string) string {
	const enough, start = 8, 4
	line := []rune(clip(id))
	if len(line) > enough {
		return string(line[:start]) + "…"
	}
	return string(line)
}
