package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"

	"notturno/api"
	"notturno/api/local"
	"notturno/state"
)

// options are the flags.
type options struct {
	pace   time.Duration // of the local backend
	stream string        // the generation of the local backend's stream
	screen screenOptions
}

// backend is who executes tasks.
type backend struct {
	client   *api.Client
	name     string // state.LocalBackend, or the service's host
	about    string
	examples []string
	close    func()
}

// agents is who runs the agents, as name is who runs the other tasks.
func (b *backend) agents() string {
	if b.name == state.LocalBackend {
		return b.name
	}
	return apiHost(b.client)
}

// closeWithin is how long the local backend may take to end its runs.
const closeWithin = 2 * time.Second

// connect is Notte when there is a key, otherwise the local backend, which it
// starts.
func connect(ctx context.Context, env environment, opts options) (*backend, error) {
	switch {
	case env.key != "":
		return notte(env)
	case env.anythingURL != "":
		return nil, errors.New(envAnythingURL + " is set but " + envKey + " is not; set the key too, or unset the URL to use the local backend")
	}
	return startLocal(ctx, opts)
}

func notte(env environment) (*backend, error) {
	client, err := api.New(api.Config{AnythingURL: env.anythingURL, APIURL: env.apiURL, Key: env.key, Version: version})
	if err != nil {
		return nil, err
	}
	return &backend{
		client: client, name: client.Host(), close: func() {},
		about: "Tasks go to " + client.Host() + " with your key. Each one is billed there.",
		examples: []string{
			"list the top 3 posts of news.ycombinator.com",
			"find the opening hours of the British Museum",
		},
	}, nil
}

func startLocal(ctx context.Context, opts options) (*backend, error) {
	server, err := local.Start(ctx, local.Config{
		DataDir: filepath.Join(xdg.DataHome, "notturno"), Pace: opts.pace, Generation: opts.generation(), Version: version,
	})
	if err != nil {
		return nil, err
	}
	client, err := api.New(api.Config{AnythingURL: server.URL(), APIURL: server.URL(), Key: server.Key(), Version: version})
	if err != nil {
		return nil, err
	}
	return &backend{
		client: client, name: state.LocalBackend, examples: server.Examples(),
		about: "No key is set, so tasks run here, by rules and without a model. " + envKey + " connects Notte.",
		close: func() { closeLocal(ctx, server) },
	}, nil
}

func closeLocal(ctx context.Context, server *local.Server) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeWithin)
	defer cancel()
	_ = server.Close(ctx) // the program ends, whatever it says
}
