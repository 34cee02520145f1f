package main

import (
	"os"
)

// The environment variables that the program reads.
const (
	envKey         = "NOTTE_API_KEY"
	envAnythingURL = "NOTTE_ANYTHING_URL"
	envAPIURL      = "NOTTE_API_URL"
)

// environment is what the person has set.
type environment struct {
	key, anythingURL, apiURL string
}

// takeEnvironment reads the settings and takes the key out of the environment,
// so that no child (a browser, a clipboard tool) ever gets it.
func takeEnvironment() environment {
	e := environment{key: os.Getenv(envKey), anythingURL: os.Getenv(envAnythingURL), apiURL: os.Getenv(envAPIURL)}
	_ = os.Unsetenv(envKey)
	return e
}
