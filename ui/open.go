package ui

import (
	"context"
	"net/url"
	"os/exec"
	"runtime"
)

// openInBrowser hands an address to the system, as one argument and without a
// shell. The caller has checked it with part.CheckURL. The key is not in the
// environment that the child gets: main has taken it out.
func openInBrowser(ctx context.Context, u *url.URL) error {
	name, args := opener(runtime.GOOS)
	return exec.CommandContext(ctx, name, append(args, u.String())...).Run()
}

func opener(system string) (name string, args []string) {
	switch system {
	case "darwin":
		return "open", nil
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler"}
	}
	return "xdg-open", nil
}
