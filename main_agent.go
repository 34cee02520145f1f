package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/adrg/xdg"
	"github.com/spf13/pflag"

	"notturno/state"
	agentoptions "notturno/state/options"
)

// agentFlags are the flags of run --agent: one for each option of an agent.
// What is not given is not sent.
type agentFlags struct {
	on     bool
	values agentoptions.Values
}

// The flags that are not options by themselves.
const (
	agentFlag    = "agent"
	visionFlag   = "vision"
	noVisionFlag = "no-vision"
	sessionFlag  = "session"
)

func (f *agentFlags) register(flags *pflag.FlagSet) {
	f.values = agentoptions.Values{}
	flags.BoolVar(&f.on, agentFlag, false, "give the task to an agent on a browser session")
	for _, field := range agentoptions.Fields() {
		flags.AddFlag(flagOf(&optionFlag{field: field, values: f.values}, field.Flag, flagUsage(field)))
		if field.Name == agentoptions.Vision {
			no := &optionFlag{field: field, values: f.values, opposite: true}
			flags.AddFlag(flagOf(no, noVisionFlag, "agent: do not "+field.Help))
		}
	}
}

func flagOf(value *optionFlag, name, usage string) *pflag.Flag {
	flag := &pflag.Flag{Name: name, Usage: usage, Value: value}
	if value.field.Kind == agentoptions.Switch {
		flag.NoOptDefVal = "true"
	}
	return flag
}

// flagUsage is what the help says about a field's flag.
func flagUsage(field agentoptions.Field) string {
	group := "agent"
	if field.Group == agentoptions.NewGroup {
		group = "new session"
	}
	usage := group + ": " + field.Help
	switch field.Kind {
	case agentoptions.Choice:
		usage += " (" + strings.Join(field.Choices, ", ") + ")"
	case agentoptions.Document:
		usage += ", or the name of a file with it"
	default:
	}
	return usage
}

// optionFlag is the flag of a field. It takes any text: the options are checked
// all together.
type optionFlag struct {
	field    agentoptions.Field
	values   agentoptions.Values
	opposite bool // of a Switch: on means off
}

// Set keeps the text.
func (f *optionFlag) Set(text string) error {
	if f.field.Kind == agentoptions.Switch {
		on, err := strconv.ParseBool(text)
		switch {
		case err == nil && on != f.opposite:
			text = agentoptions.On
		case err == nil:
			text = agentoptions.Off
		case f.opposite:
			return errors.New("use it without a value")
		}
	}
	f.values[f.field.Name] = text
	return nil
}

// String is the text that was kept.
func (f *optionFlag) String() string { return f.values[f.field.Name] }

// Type is what the help calls the value.
func (f *optionFlag) Type() string {
	switch f.field.Kind {
	case agentoptions.Number:
		return "int"
	case agentoptions.Minutes:
		return "duration"
	case agentoptions.Switch:
		return "bool"
	default:
		return "string"
	}
}

// agentFlagNames are the flags as people write them, by the fields of the
// requests that they set.
func agentFlagNames() map[string]string {
	names := map[string]string{"task": "TASK"}
	for _, field := range agentoptions.Fields() {
		for _, set := range field.Sets() {
			if other := names[set]; other != "" {
				names[set] = other + " or --" + field.Flag
			} else {
				names[set] = "--" + field.Flag
			}
		}
	}
	return names
}

// order is what the flags ask for, with defaults where they say nothing; nil
// when they ask for no agent. The error names the flags.
func (f *agentFlags) order(flags *pflag.FlagSet, task string, defaults agentoptions.Values) (*state.AgentOrder, error) {
	if err := f.check(flags); err != nil || !f.on {
		return nil, err
	}
	order, err := f.values.Or(defaults).Order(task)
	if err == nil {
		return &order, nil
	}
	var errs []error
	for _, wrong := range agentoptions.Split(err) {
		field, _ := agentoptions.Lookup(wrong.Field)
		errs = append(errs, fmt.Errorf("--%s %s", field.Flag, wrong.Reason))
	}
	return nil, errors.Join(errs...)
}

// check refuses flags that do not go together, or with nothing in them.
func (f *agentFlags) check(flags *pflag.FlagSet) error {
	var err error
	refuse := func(format string, args ...any) {
		if err == nil {
			err = fmt.Errorf(format, args...)
		}
	}
	flags.Visit(func(given *pflag.Flag) {
		_, own := given.Value.(*optionFlag)
		switch {
		case !own:
		case !f.on:
			refuse("--%s is for agents only; add --agent, or leave it out", given.Name)
		case strings.TrimSpace(given.Value.String()) == "":
			refuse("--%s is empty; give it a value, or leave it out", given.Name)
		}
	})
	if flags.Changed(visionFlag) && flags.Changed(noVisionFlag) {
		refuse("--%s and --%s exclude each other; leave one of them out", visionFlag, noVisionFlag)
	}
	if unsent := f.values.Unsent(); len(unsent) > 0 {
		refuse("--%s is for a new session, and --%s names one that is there; leave one of them out", unsent[0].Flag, sessionFlag)
	}
	if f.values[agentoptions.SessionID] != "" && f.values[agentoptions.AfterAgent] == agentoptions.StopAfter {
		refuse("--after-agent stop is for a new session, and --%s names one that is there, which is left open; leave one of them out", sessionFlag)
	}
	return err
}

// settingsFile is where a person's own settings are.
func settingsFile() string { return filepath.Join(xdg.ConfigHome, "notturno", "config.toml") }
