package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"notturno/api"
	"notturno/state/config"
	agentoptions "notturno/state/options"
	"notturno/ui/plain"
)

// maxTask is the longest task that is read from standard input.
const maxTask = 1 << 20

func newRun(env environment, opts *options) *cobra.Command {
	var asJSON bool
	var agent agentFlags
	run := &cobra.Command{
		Use:   "run TASK",
		Short: "Run one task without a screen",
		Long: "Run one task: progress on standard error, the answer alone on standard output.\n" +
			"TASK - reads the task from standard input. --agent gives it to an agent on a browser session.\n\n" +
			"Exit codes: 0 done, 1 failed, 3 not authorised, 4 connection lost, 5 timed out, 130 cancelled.",
		Example: "  notturno run 'list the top 3 posts of the news section'\n  echo 'read example.com' | notturno run -\n" +
			"  notturno run --agent --max-steps 10 'list the top 3 posts of the news section'",
		Args: oneTask,
		RunE: func(cmd *cobra.Command, args []string) error {
			task, err := taskText(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			var defaults agentoptions.Values
			if agent.on {
				defaults = ownSettings(cmd).Options()
			}
			order, err := agent.order(cmd.Flags(), task, defaults)
			if err != nil {
				return err
			}
			return runPlain(cmd, env, *opts, plain.Config{
				Task: task, Agent: order, Names: agentFlagNames(), JSON: asJSON,
			})
		},
	}
	run.Flags().BoolVar(&asJSON, "json", false, "one JSON object per event on standard output, the outcome last")
	agent.register(run.Flags())
	for _, field := range agentoptions.Fields() {
		if len(field.Choices) > 0 {
			// It fails only for a flag that does not exist.
			_ = run.RegisterFlagCompletionFunc(field.Flag, cobra.FixedCompletions(field.Choices, cobra.ShellCompDirectiveNoFileComp))
		}
	}
	return run
}

// ownSettings are the person's own. What is wrong with them is said, and does
// not keep the task from being done.
func ownSettings(cmd *cobra.Command) config.Config {
	settings, problems := config.Load(settingsFile())
	for _, problem := range problems {
		cmd.PrintErrln(problem)
	}
	return settings
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

// runPlain runs what job says on the backend, and fails with its exit code.
func runPlain(cmd *cobra.Command, env environment, opts options, job plain.Config) error {
	if !cmd.Flags().Changed("pace") {
		opts.pace = 0 // nobody watches the words
	}
	if job.Agent != nil && env.key == "" && env.apiURL != "" {
		return errors.New(envAPIURL + " is set but " + envKey + " is not; set the key too, or unset the URL to use the local backend")
	}
	// The local backend has to answer while what runs on it is being stopped.
	b, err := connect(context.WithoutCancel(cmd.Context()), env, opts)
	if err != nil {
		return err
	}
	defer b.close()
	job.Client, job.Backend = b.client, b.name
	if job.Agent != nil {
		job.Backend = b.agents()
	}
	job.Out, job.Err, job.Now = cmd.OutOrStdout(), cmd.ErrOrStderr(), time.Now
	code, err := plain.Run(cmd.Context(), job)
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

// apiHost is the host of the REST API, which runs the agents, to show.
func apiHost(client *api.Client) string {
	address, err := url.Parse(client.APIURL())
	if err != nil {
		return client.Host()
	}
	return string(api.Clean(address.Host))
}
