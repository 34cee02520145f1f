package ui

import (
	tea "charm.land/bubbletea/v2"

	"notturno/themes"
	"notturno/ui/dialog"
	"notturno/ui/part"
	"notturno/ui/transcript"
)

// look is what the person has chosen to see.
type look struct {
	theme    *themes.Theme
	own      []*themes.Theme // the person's, once they were asked for
	byItself bool            // the theme follows the terminal's background
	dark     bool            // the background, as far as it is known
	mode     transcript.Mode
	hideRail bool
}

// terminal is what is known about the terminal.
type terminal struct {
	clusters  bool // it counts cells by grapheme clusters
	enhanced  bool // it reports keys such as shift+enter
	unfocused bool // its window is not in front
	mouse     bool // the mouse is ours
}

func newLook(config Config) look {
	guess := themes.ForTerminal(config.ColorFGBG)
	l := look{theme: config.Theme, dark: guess.Dark}
	if l.theme == nil {
		l.theme, l.byItself = guess, true
	}
	return l
}

// setBackground takes the terminal's answer.
func (a *App) setBackground(dark bool) {
	a.dark = dark
	if a.byItself {
		a.setTheme(themes.For(dark))
	}
}

// useTheme draws in a theme by name; the empty name follows the background.
func (a *App) useTheme(intent part.UseTheme) {
	if intent.Name == "" {
		a.setTheme(themes.For(a.dark))
	} else if theme, ok := themes.ByName(intent.Name, a.own...); ok {
		a.setTheme(theme)
	}
	if intent.Keep {
		a.byItself = intent.Name == ""
	}
}

func (a *App) setTheme(theme *themes.Theme) {
	if theme.Name == a.theme.Name {
		return
	}
	a.theme = theme
	a.home.SetTheme(theme)
	a.prompt.SetTheme(theme)
	for _, t := range a.runs.tabs {
		t.setTheme(theme)
	}
	if a.find != nil {
		a.find.SetTheme(theme)
	}
	if d, ok := a.dialog.(part.Themed); ok {
		d.SetTheme(theme)
	}
}

// ownThemesMsg is the person's own themes, and what is wrong with the others.
type ownThemesMsg struct {
	themes   []*themes.Theme
	problems []error
}

// loadThemes reads the person's own themes, to choose from.
func (a *App) loadThemes() tea.Msg {
	own, problems := a.config.OwnThemes()
	return ownThemesMsg{own, problems}
}

// chooseTheme offers all themes; the one that is selected shows at once.
func (a *App) chooseTheme(msg ownThemesMsg) {
	a.own = msg.themes
	current := part.UseTheme{Name: a.theme.Name, Keep: true}
	items := []dialog.Item{{
		Label: "automatic", Note: "by the terminal's background",
		Intent: part.UseTheme{Keep: true}, Preview: part.UseTheme{},
	}}
	if a.byItself {
		current.Name = ""
	}
	for _, theme := range append(themes.Builtin(), a.own...) {
		items = append(items, dialog.Item{
			Label: theme.Name, Note: brightness(theme),
			Intent: part.UseTheme{Name: theme.Name, Keep: true}, Preview: part.UseTheme{Name: theme.Name},
		})
	}
	for _, problem := range msg.problems {
		items = append(items, dialog.Item{Label: "cannot be used", Note: problem.Error(), Intent: part.Say{Text: problem.Error()}})
	}
	picker := dialog.NewPicker(a.theme, "Colours", items)
	picker.OnCancel = current
	for i, item := range items {
		if item.Intent == part.Intent(current) {
			picker.Select(i)
		}
	}
	a.open(picker)
}

// brightness says what a theme is for. The one with the terminal's own colours
// and the one without any are for both.
func brightness(theme *themes.Theme) string {
	switch {
	case !theme.FixedColors():
		return "for any terminal"
	case theme.Dark:
		return "for dark terminals"
	}
	return "for light terminals"
}

func (a *App) cycleReasoning() {
	a.mode = a.mode.Next()
	for _, t := range a.runs.tabs {
		t.transcript.SetMode(a.mode)
	}
	a.say("reasoning: " + a.mode.String())
}

// toggleRail puts the side rail away, or back.
func (a *App) toggleRail() {
	if a.runs.tab() == nil {
		a.say(noRun)
		return
	}
	a.hideRail = !a.hideRail
	if a.w < railFrom {
		a.say("there is no room for a rail: tab goes through the panes")
	}
}

// toggleMouse gives the mouse to the terminal, so that it can select text, or
// takes it back.
func (a *App) toggleMouse() {
	a.mouse = !a.mouse
	if a.mouse {
		a.say("the mouse scrolls and clicks here")
	}
}

// mouseMode is what View asks of the terminal.
func (a *App) mouseMode() tea.MouseMode {
	if a.mouse {
		return tea.MouseModeCellMotion
	}
	return tea.MouseModeNone
}
