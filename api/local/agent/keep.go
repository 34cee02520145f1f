package agent

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// keep is the tool save_function: it keeps the plan, to be run again. What does
// the same work as the task before this one did becomes its next version.
func (r *run) keep(ctx context.Context) error {
	if r.agent.config.Save == nil {
		return ctx.Err()
	}
	f := r.plan.function()
	if r.earlier != nil && sameWork(*r.earlier, f) {
		f.ID = r.earlier.ID
	}
	var saved Function
	err := r.call(ctx, toolSave, map[string]any{"name": f.Name, "skill": f.Skill}, func() (string, error) {
		var err error
		if saved, err = r.agent.config.Save(ctx, f); err != nil {
			return "", fmt.Errorf("failed to save function %q: %w", f.Name, err)
		}
		return fmt.Sprintf("saved %s as %s", saved.Name, saved.ID), nil
	})
	if err != nil {
		return err
	}
	return r.say(ctx, Saved{saved})
}

// function is the plan as a Function that is not saved yet.
func (p plan) function() Function {
	f := Function{Skill: p.skill, Variables: p.variables()}
	place := placeName(p.page)
	switch p.skill {
	case skillList:
		f.What = p.what
		f.Name = place + "-top-" + p.what
		f.Description = fmt.Sprintf("List the top %s of %s.", p.what, p.page)
	case skillTable:
		f.Name = place + "-table"
		f.Description = fmt.Sprintf("Give a table of %s.", p.page)
	case skillLinks:
		f.Name = place + "-links"
		f.Description = fmt.Sprintf("Give %s %s.", p.linksWanted(), p.page)
	case skillFind:
		f.Name = place + "-find"
		f.Description = fmt.Sprintf("Find “%s” on %s.", clipTo(p.text, 60), p.page)
	case skillCompare:
		f.What = p.what
		f.Name = place + "-compare"
		f.Description = fmt.Sprintf("Compare the %s of %s and %s.", p.what, p.page, p.other)
	default:
		f.Name = place + "-text"
		f.Description = fmt.Sprintf("Read the text of %s.", p.page)
	}
	return f
}

// placeName is a short name for where a page is: its site, or the first part
// of its path when the site has no name but an address.
func placeName(page *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(page.Hostname()), ".")
	_, err := netip.ParseAddr(host)
	if err == nil || host == "localhost" {
		first, _, _ := strings.Cut(strings.TrimPrefix(page.Path, "/"), "/")
		return firstOf(slug(first), "local")
	}
	suffix, _ := publicsuffix.PublicSuffix(host)
	site := strings.TrimSuffix(strings.TrimPrefix(host, "www."), "."+suffix)
	return firstOf(slug(site), "page")
}

// slug is a name in lower-case ASCII letters and digits, joined by hyphens.
func slug(s string) string {
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	joined := strings.Join(parts, "-")
	return strings.Trim(joined[:min(len(joined), 40)], "-")
}
