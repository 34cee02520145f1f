package agent

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// VariableError says that a function cannot be run with a variable as given.
// Nothing was fetched.
type VariableError struct {
	Function string // its name
	Variable string
	Reason   string // what is wrong with it, and what would be right
}

// Error names the function and the variable.
func (e *VariableError) Error() string {
	return fmt.Sprintf("failed to run function %q: variable %q %s", e.Function, e.Variable, e.Reason)
}

// RunFunction runs a kept plan again on the live page, with some of its
// variables changed, and returns what [Agent.Answer] would. It tells the same
// steps, but keeps no function. The error is a [*VariableError] for a variable
// that the function does not have, or a value that makes no sense.
func (a *Agent) RunFunction(ctx context.Context, f Function, variables map[string]string, tell func(Step)) (json.RawMessage, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p, err := f.plan(variables)
	if err != nil {
		return nil, err
	}
	r := &run{agent: a, plan: p, tell: tell}
	return r.do(ctx)
}

// plan is the function's plan with some variables changed.
func (f Function) plan(changed map[string]string) (plan, error) {
	if !slices.Contains(skills(), f.Skill) {
		return plan{}, fmt.Errorf("failed to run function %q: it has skill %q, which this agent does not know", f.Name, f.Skill)
	}
	values := map[string]string{}
	var names []string
	for _, v := range f.Variables {
		values[v.Name] = v.Default
		names = append(names, v.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(changed)) {
		if _, known := values[name]; !known {
			return plan{}, &VariableError{f.Name, name, "does not exist; it has " + strings.Join(names, ", ")}
		}
		values[name] = changed[name]
	}
	p := plan{skill: f.Skill, what: firstOf(f.What, "items"), count: everything}
	for _, name := range names {
		if err := p.set(name, values[name]); err != nil {
			return plan{}, &VariableError{f.Name, name, err.Error()}
		}
	}
	required := map[string]bool{"url": p.page != nil}
	if p.skill == skillCompare {
		required["other_url"] = p.other != nil
	}
	if p.skill == skillFind {
		required["text"] = p.text != ""
	}
	for _, name := range slices.Sorted(maps.Keys(required)) {
		if !required[name] {
			return plan{}, &VariableError{f.Name, name, "is missing in the function; make the function anew"}
		}
	}
	return p, nil
}

// variables are what another run of the plan may change: its page, and
// everything that the task said.
func (p plan) variables() []Variable {
	vars := []Variable{{Name: "url", Type: "url", Default: p.page.String()}}
	add := func(name, kind, value string) {
		if value != "" {
			vars = append(vars, Variable{Name: name, Type: kind, Default: value})
		}
	}
	number := func(name string, n int) {
		if n > 0 {
			add(name, "int", strconv.Itoa(n))
		}
	}
	if p.other != nil {
		add("other_url", "url", p.other.String())
	}
	if p.skill == skillList || p.skill == skillLinks && p.counted {
		add("count", "int", strconv.Itoa(p.count))
	}
	number("words", p.words)
	number("paragraphs", p.paragraphs)
	add("text", "string", p.text)
	add("table", "string", p.table)
	add("contains", "string", p.contains)
	add("host", "string", p.host)
	add("ending", "string", p.ending)
	add("where", "string", describeAll(p.where))
	add("sort", "string", p.order.String())
	add("format", "string", p.form)
	return vars
}

// set gives one variable its value. The error continues a sentence that
// begins with the variable's name.
func (p *plan) set(name, value string) (err error) {
	value = strings.TrimSpace(value)
	switch name {
	case "url":
		p.page, err = variablePage(value)
	case "other_url":
		p.other, err = variablePage(value)
	case "count":
		p.counted = true
		p.count, err = variableCount(value)
	case "words":
		p.words, err = variableCount(value)
	case "paragraphs":
		p.paragraphs, err = variableCount(value)
	case "text":
		if p.text = oneLine(value); p.text == "" {
			err = fmt.Errorf("is empty; give the text to find")
		}
	case "table":
		p.table = value
	case "contains":
		p.contains = value
	case "host":
		p.host, err = variableChoice(value, hostInternal, hostExternal)
	case "ending":
		p.ending = strings.TrimPrefix(strings.ToLower(value), ".")
	case "where":
		p.where, err = parseConditions(value)
	case "sort":
		p.order, err = parseOrder(value)
	case "format":
		p.form, err = variableChoice(value, formCSV, formJSON, formTable)
	default:
		err = fmt.Errorf("is none that this agent knows")
	}
	return err
}

func variablePage(value string) (*url.URL, error) {
	page, _, err := pageIn(value)
	if err != nil {
		return nil, fmt.Errorf("is %q, which cannot be opened: %w", redacted(value), err)
	}
	if page == nil || strings.ContainsAny(value, " \t\n") {
		return nil, fmt.Errorf("is %q, which is not the address of a page; give one like https://example.com/news", value)
	}
	return page, nil
}

// redacted is an address without its password, if it has one.
func redacted(value string) string {
	if u, err := url.Parse(value); err == nil {
		return u.Redacted()
	}
	return value
}

func variableCount(value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > maxCount {
		return 0, fmt.Errorf("is %q; give a whole number from 0, for all, to %d", value, maxCount)
	}
	return n, nil
}

// variableChoice accepts one of some words, or none.
func variableChoice(value string, choices ...string) (string, error) {
	value = strings.ToLower(value)
	if value == "" || value == "any" || value == "markdown" {
		return "", nil
	}
	if !slices.Contains(choices, value) {
		return "", fmt.Errorf("is %q; give %s, or nothing", value, strings.Join(choices, ", "))
	}
	return value, nil
}
