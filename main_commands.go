package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

// usualPace makes the local backend's text readable while it streams.
const usualPace = 20 * time.Millisecond

func newRoot(env environment) *cobra.Command {
	var opts options
	root := &cobra.Command{
		Use:   "notturno",
		Short: "Put Notte's web agents to work from the terminal",
		Long: "notturno runs tasks for a web agent: type one in plain English, watch the agent think, act and answer.\n" +
			"With " + envKey + " set they go to Notte; without it a local backend executes them on this machine.",
		Version:       version,
		Args:          cobra.NoArgs,
		SilenceErrors: true, // main prints them
		SilenceUsage:  true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if opts.stream != "v1" && opts.stream != "v2" {
				return fmt.Errorf("--stream %q does not exist; use v1 or v2", opts.stream)
			}
			if opts.pace < 0 {
				return fmt.Errorf("--pace %v is negative; use 0 for no wait", opts.pace)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return showScreen(cmd.Context(), env, opts) },
	}
	flags := root.PersistentFlags()
	flags.DurationVar(&opts.pace, "pace", usualPace, "local backend: the wait after each word of streamed text")
	flags.StringVar(&opts.stream, "stream", "v1", "local backend: the stream generation, v1 or v2")
	screenFlags(root.Flags(), &opts)
	root.AddCommand(newRun(env, &opts), newServe(&opts))
	return root
}
