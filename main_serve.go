package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"notturno/api/local"
)

// serveOptions are the flags of serve alone.
type serveOptions struct {
	addr, key string
	rateLimit int
	site      bool
}

func newServe(opts *options) *cobra.Command {
	var own serveOptions
	serve := &cobra.Command{
		Use:   "serve",
		Short: "Serve the API on this machine to other programs",
		Long: "Serve Notte's API on this machine to other programs, by rules and without a model, until ctrl+c.\n" +
			"Only programs on this machine can reach it, and only with its key. " + envKey + " is not used.",
		Example: "  notturno serve\n  notturno serve --addr 127.0.0.1:9000 --stream v2 --pace 0",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return serveLocal(cmd.Context(), cmd.OutOrStdout(), *opts, own)
		},
	}
	flags := serve.Flags()
	flags.StringVar(&own.addr, "addr", "127.0.0.1:8787", "the loopback address to listen on; port 0 is any free one")
	flags.StringVar(&own.key, "key", "", "the key that clients must send (default: a new one each time)")
	flags.IntVar(&own.rateLimit, "rate-limit", 0, "how many requests are answered in a minute; 0 is no limit")
	flags.BoolVar(&own.site, "site", true, "serve the sample site too")
	return serve
}

// serveLocal serves until ctx ends.
func serveLocal(ctx context.Context, out io.Writer, opts options, own serveOptions) error {
	if strings.ContainsFunc(own.key, func(r rune) bool { return r < '!' || r > '~' }) {
		return fmt.Errorf("--key has a character that no header can hold; use visible ASCII without blanks")
	}
	server, err := local.Start(ctx, local.Config{
		DataDir: filepath.Join(xdg.DataHome, "notturno"), Pace: opts.pace, Generation: opts.generation(), Version: version,
		Addr: own.addr, Key: own.key, RateLimit: own.rateLimit, NoSite: !own.site,
	})
	if err != nil {
		return err
	}
	defer closeLocal(ctx, server)
	if err := sayServing(out, server); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// sayServing tells what another program needs, in lines that a shell takes.
func sayServing(out io.Writer, server *local.Server) error {
	task := "read example.com"
	if examples := server.Examples(); len(examples) > 0 {
		task = examples[0]
	}
	body, err := json.Marshal(map[string]string{"query": task})
	if err != nil {
		return fmt.Errorf("failed to write the example: %w", err)
	}
	_, err = fmt.Fprintf(out, `notturno serves the API on this machine, by rules and without a model.

%s=%s
%s=%s
%s=%s

Try it:
curl -N %s/api/anything/start -H %s -H 'Content-Type: application/json' -d %s

ctrl+c ends it.
`, envAnythingURL, server.URL(), envAPIURL, server.URL(), envKey, shellWord(server.Key()),
		server.URL(), shellWord("Authorization: Bearer "+server.Key()), shellWord(string(body)))
	if err != nil {
		return fmt.Errorf("failed to say where the API is: %w", err)
	}
	return nil
}

// shellWord is text as one word of a shell.
func shellWord(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// generation is the stream generation that the flags ask for.
func (o options) generation() int {
	if o.stream == "v2" {
		return 2
	}
	return 1
}
