package options

import (
	"notturno/api"
	"notturno/state"
)

// Order is the task for an agent with what was chosen. The error joins one
// [*Error] for every field that is wrong. What is about a new session is not
// looked at when an open one is chosen. It reads the files that fields name.
func (v Values) Order(task string) (state.AgentOrder, error) {
	r := &reader{values: v}
	order := r.order(task)
	if order.Request.SessionID == "" {
		v.checkTogether(&r.faults)
	}
	return order, r.faults.err()
}

// Check is what is wrong with one field, as an [*Error]. It reads the file
// that the field names.
func (v Values) Check(field string) error {
	alone := &reader{values: Values{field: v[field]}}
	alone.order("")
	if v.get(SessionID) == "" {
		v.checkTogether(&alone.faults)
	}
	for _, fault := range alone.faults {
		if fault.Field == field {
			return fault
		}
	}
	return nil
}

func (r *reader) order(task string) state.AgentOrder {
	order := state.AgentOrder{
		Request: api.AgentRequest{
			Task:           task,
			URL:            r.text(URL),
			ResponseFormat: r.format(ResponseFormat),
			SessionOffset:  r.number(sessionOffset),
			ReasoningModel: r.text(Model),
			UseVision:      r.on(Vision),
			MaxSteps:       r.number(MaxSteps),
			VaultID:        r.text(vaultID),
			PersonaID:      r.text(personaID),
			NotifierConfig: r.object(notifierConfig),
			SessionID:      r.text(SessionID),
		},
		KeepSession: r.choice(AfterAgent) == KeepAfter,
	}
	if order.Request.SessionID == "" {
		order.Session = r.session()
	}
	return order
}

func (r *reader) session() api.SessionRequest {
	request := api.SessionRequest{
		Headless:              r.on(headless),
		SolveCaptchas:         r.on(solveCaptchas),
		MaxDurationMinutes:    r.minutes(maxDuration),
		IdleTimeoutMinutes:    r.minutes(idleTimeout),
		Proxies:               r.proxies(proxies),
		BrowserType:           r.choice(browserType),
		UserAgent:             r.text(userAgent),
		ChromeArgs:            r.strings(chromeArgs),
		AspectRatio:           r.choice(aspectRatio),
		CDPURL:                r.oneString(cdpURL),
		UseFileStorage:        r.on(fileStorage),
		ScreenshotType:        r.choice(screenshotType),
		VaultID:               r.text(sessionVaultID),
		WebBotAuth:            r.on(webBotAuth),
		ExtraHTTPHeaders:      r.stringMap(extraHeaders),
		AuthIDs:               r.ids(authIDs),
		WaitForAuthentication: r.on(waitForAuth),
	}
	request.ViewportWidth, request.ViewportHeight = r.size(viewport)
	persist := r.on(profilePersist)
	if id := r.text(profile); id != "" {
		request.Profile = &api.Profile{ID: id, Persist: persist}
	}
	return request
}

// checkTogether finds what does not go together in a new session.
func (v Values) checkTogether(f *faults) {
	r := &reader{values: v} // its own faults are found where the fields are read
	longest, idle := r.minutes(maxDuration), r.minutes(idleTimeout)
	if longest != nil && idle != nil && *idle > *longest {
		f.add(idleTimeout, "%s is longer than the max duration, %s; make it shorter", duration(*idle), duration(*longest))
	}
	if v.get(viewport) != "" && v.get(aspectRatio) != "" {
		f.add(aspectRatio, "does not go with a viewport; leave one of them out")
	}
	if v.get(profile) == "" && v.get(profilePersist) != "" {
		f.add(profilePersist, "needs a profile; name one, or leave it out")
	}
}
