package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"notturno/ui/plain"
)

// usualPace makes the local backend's text readable while it streams.
const usualPace = 20 * time.Millisecond

// maxTask is the longest task that is read from standard input.
const maxTask = 1 << 20

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

func newRun(env environment, opts *options) *cobra.Command {
	var asJSON bool
	run := &cobra.Command{
		Use:   "run TASK",
		Short: "Run one task without a screen",
		Long: "Run one task: progress on standard error, the answer alone on standard output.\n" +
			"TASK - reads the task from standard input.\n\n" +
			"Exit codes: 0 done, 1 failed, 3 not authorised, 4 connection lost, 5 timed out, 130 cancelled.",
		Example: "  notturno run 'list the top 3 posts of the news section'\n  echo 'read example.com' | notturno run -",
		Args:    oneTask,
		RunE: func(cmd *cobra.Command, args []string) error {
			task, err := taskText(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			return runPlain(cmd, env, *opts, task, asJSON)
		},
	}
	run.Flags().BoolVar(&asJSON, "json", false, "one JSON object per event on standard output, the outcome last")
	return run
}

// taskText is the task that was given, or standard input for "-".
func taskText(arg string, in io.Reader) (string, error) {
	if arg == "-" {
		text, err := io.ReadAll(io.LimitReader(in, maxTask+1))
		if err != nil {
			return "", fmt.Errorf("failed to read the task from standard input: %w", err)
		}
		if len(text) > maxTask {
			return "", fmt.Errorf("the task on standard input is longer than %d bytes; make it shorter", maxTask)
		}
		arg = string(text)
	}
	if task := strings.TrimSpace(arg); task != "" {
		return task, nil
	}
	return "", errors.New("the task is empty; write what the agent should do")
}

func runPlain(cmd *cobra.Command, env environment, opts options, task string, asJSON bool) error {
	if !cmd.Flags().Changed("pace") {
		opts.pace = 0 // nobody watches the words
	}
	b, err := connect(cmd.Context(), env, opts)
	if err != nil {
		return err
	}
	defer b.close()
	code, err := plain.Run(cmd.Context(), plain.Config{
		Client: b.client, Backend: b.name, Task: task, JSON: asJSON,
		Out: cmd.OutOrStdout(), Err: cmd.ErrOrStderr(), Now: time.Now,
	})
	if err != nil {
		return err
	}
	if code != plain.ExitDone {
		return exitCode(code)
	}
	return nil
}

// oneTask says what is missing better than a count of arguments.
func oneTask(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("run needs the task as one argument, in quotes, not %d: notturno run 'read example.com'", len(args))
	}
	return nil
}
