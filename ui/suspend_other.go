//go:build !unix

package ui

import tea "charm.land/bubbletea/v2"

// suspend does not exist on this system.
func (a *App) suspend() tea.Cmd {
	a.say("this system cannot suspend programs")
	return nil
}
