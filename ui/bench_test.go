package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/glamour/v2"

	"notturno/api"
	"notturno/state"
)

// delta is the n-th piece of an answer or of reasoning: six bytes or so of
// paragraphs with a little markup.
func delta(n int) string {
	words := []string{"found ", "**what** ", "was ", "asked ", "on the ", "`page` ", "and it ", "says ", "that, "}
	if n%60 == 59 {
		return "so.\n\n"
	}
	return words[n%len(words)]
}

// streamed is all of the first n deltas.
func streamed(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(delta(i))
	}
	return b.String()
}

// window is how many deltas are measured before a run is made anew.
const window = 200

// BenchmarkDelta is what one batch of one delta costs from the fold to the
// finished view, at the n-th delta of one block. The reference renders the
// whole text again with Glamour.
func BenchmarkDelta(b *testing.B) {
	kinds := map[string]func(s string) api.Data{
		"answer":    func(s string) api.Data { return api.TextDelta{Delta: api.Text(s)} },
		"reasoning": func(s string) api.Data { return api.ThinkingDelta{Delta: api.Text(s)} },
	}
	for _, kind := range []string{"answer", "reasoning"} {
		for _, at := range []int{200, 2_000, 20_000} {
			b.Run(fmt.Sprintf("%s/%d", kind, at), func(b *testing.B) {
				var s *screen
				var run *state.Run
				n := window
				for b.Loop() {
					if n == window {
						b.StopTimer()
						s, run = benchScreen(b)
						s.hear(run, kinds[kind](streamed(at)))
						_ = s.View()
						n = 0
						b.StartTimer()
					}
					s.hear(run, kinds[kind](delta(at+n)))
					_ = s.View()
					n++
				}
			})
		}
	}
	for _, at := range []int{200, 2_000, 20_000} {
		b.Run(fmt.Sprintf("reference-glamour/%d", at), func(b *testing.B) {
			renderer, err := glamour.NewTermRenderer(glamour.WithStandardStyle("dark"), glamour.WithWordWrap(100))
			if err != nil {
				b.Fatal(err)
			}
			text := streamed(at)
			for b.Loop() {
				if _, err := renderer.Render(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkToolCall is what a call and its result cost after n of them.
func BenchmarkToolCall(b *testing.B) {
	for _, at := range []int{20, 200, 2_000} {
		b.Run(fmt.Sprint(at), func(b *testing.B) {
			var s *screen
			var run *state.Run
			n := window
			for b.Loop() {
				if n == window {
					b.StopTimer()
					s, run = benchScreen(b)
					s.hear(run, toolCalls(at)...)
					_ = s.View()
					n = 0
					b.StartTimer()
				}
				s.hear(run, toolCalls(1)...)
				_ = s.View()
				n++
			}
		})
	}
}

func toolCalls(n int) []api.Data {
	var events []api.Data
	for range n {
		events = append(events, api.ToolStart{Name: "read_page", Input: `{"url":"https://example.com/"}`}, api.ToolResult{Content: "200 OK\nsome text"})
	}
	return events
}

// BenchmarkHuge is what the screen has to do with things of many megabytes: a
// result of 64 MiB that arrives, is unfolded, found in and read, and the last
// 64 KB of one line of an answer that is 8 MiB long. The reference looks once at
// every byte of the result.
func BenchmarkHuge(b *testing.B) {
	result := strings.Repeat("a line of a result that is very long\n", 64<<20/37)
	b.Run("result", func(b *testing.B) {
		for b.Loop() {
			s, run := benchScreen(b)
			s.hear(run, api.ToolStart{Name: "read_page"}, api.ToolResult{Content: api.Text(result)})
			s.press("tab", "J", "J", "space")
			_ = s.View()
			s.press("ctrl+f", "r", "e", "s")
			_ = s.View()
			s.press("esc", "enter")
			_ = s.View()
			s.press("end")
			_ = s.View()
		}
	})
	b.Run("result-reference-count", func(b *testing.B) {
		for b.Loop() {
			if strings.Count(result, "\n") == 0 {
				b.Fatal("no lines")
			}
		}
	})
	b.Run("line", func(b *testing.B) {
		piece := api.Text(strings.Repeat("words without end ", 64<<10/18))
		s, run := benchScreen(b)
		for range 127 {
			s.hear(run, api.TextDelta{Delta: piece})
		}
		for b.Loop() {
			s.hear(run, api.TextDelta{Delta: piece})
			_ = s.View()
		}
	})
}

// BenchmarkNothingChanged is a message that changes nothing and the view after
// it, at 200×60 with 10,000 items: Bubble Tea asks for a view after every
// message.
func BenchmarkNothingChanged(b *testing.B) {
	s := idle(b)
	b.Run("message", func(b *testing.B) {
		for b.Loop() {
			s.send(struct{}{})
			_ = s.View()
		}
	})
	b.Run("view", func(b *testing.B) {
		for b.Loop() {
			_ = s.View()
		}
	})
}

// BenchmarkResize is a new width for a run of 10,000 items.
func BenchmarkResize(b *testing.B) {
	s := idle(b)
	w := 200
	for b.Loop() {
		w = 380 - w // 180, 200, …
		s.send(tea.WindowSizeMsg{Width: w, Height: 60})
		_ = s.View()
	}
}

func benchScreen(b *testing.B) (*screen, *state.Run) {
	s := newScreen(b, 140, 50, waiting)
	return s, s.start("task")
}

// idle is a screen of 200×60 whose run has ended with 10,000 items.
func idle(t testing.TB) *screen {
	s := newScreen(t, 200, 60, waiting)
	run := s.start("task")
	for range 3_333 {
		s.hear(run, api.TextDelta{Delta: "A paragraph of the **answer**."}, api.ToolStart{Name: "read_page"}, api.ToolResult{Content: "200 OK"}, api.ThinkingDelta{Delta: "A thought."})
	}
	s.hear(run, api.Done{})
	s.hearEnd(run, nil)
	return s
}
