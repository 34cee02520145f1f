package parttest

import (
	"math/rand/v2"
	"strings"
	"time"

	"notturno/api"
	"notturno/state"
)

// Start is when the runs of the tests start.
func Start() time.Time { return time.Date(2026, 5, 4, 9, 12, 0, 0, time.UTC) }

// interval is the time between two arrivals.
const interval = 250 * time.Millisecond

// Arrivals stamps events as they would have reached run next.
func Arrivals(run *state.Run, events ...api.Data) []state.Arrival {
	arrivals := make([]state.Arrival, len(events))
	for i, e := range events {
		n := run.Events + i + 1
		arrivals[i] = state.Arrival{Seq: n, At: Start().Add(time.Duration(n) * interval), Event: api.Event{Data: e}}
	}
	return arrivals
}

// End is the arrival that closes the connection of a run.
func End(run *state.Run, err error) state.Arrival {
	return state.Arrival{Seq: run.Events + 1, At: Start().Add(time.Duration(run.Events+1) * interval), End: true, Err: err}
}

// Run is a run of task on the local backend that has heard events.
func Run(task string, events ...api.Data) *state.Run {
	run := state.New("1", state.LocalBackend, task, Start())
	run.Connect(Start())
	run.Apply(Arrivals(run, events...))
	return run
}

// Hostile are texts that are hard to draw, as the network may send them.
func Hostile() []string {
	return []string{
		"",
		" ",
		"plain words in a row",
		"日本語のテキストはセルを二つずつ使います、改行の場所も違います。",
		"👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇮🇹 ☎️ ⌚ 1️⃣",
		"e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b combining",
		"\u0301\u0302 begins with marks",
		"\ufe0f begins with a selector",
		strings.Repeat("1️⃣#️⃣", 60),
		"שלום עולם مرحبا بالعالم",
		"a\u202eevil\u202c \u2066isolated\u2069 \u200f\u061c",
		strings.Repeat("Donaudampfschifffahrt", 10),
		strings.Repeat("漢", 200),
		strings.Repeat("many words ", 60),
		"tab\there\t\tand there",
		"line one\nline two\n\n\nline five\n",
		"cr\rlf\r\nmixed\u2028separator\u2029end",
		"\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;https://evil.example\x07click\x1b]8;;\x07 \x1b[2J\x1b[H",
		"\u009b31m C1 \u009d0;t\u009c \x7f\x00\x08\x0e",
		"\xff\xfe broken \xc3( utf-8 \xed\xa0\x80",
		"&#27;[31m &#x9b;31m &#x202e; &lt;b&gt;",
		"# Heading\n\n- item\n  - nested 日本\n\n| a | b |\n|---|---|\n| 1 | " + strings.Repeat("x", 120) + " |\n\n```go\nfunc main() {\tprintln(\"漢字\") }\n```\n\n> quote\n\n[link](https://example.com/?q=1) [bad](javascript:alert(1))",
		"**bold *both* `code` ~~gone~~ <b>html</b> ![img](x.png)",
		"```\nopen fence\twith a tab\n" + strings.Repeat("=", 250),
		"ﷺ 𒐫 ⸻ ꧅",
		"\u200b\u200d\ufeff\u2060\U000e0041 invisible",
	}
}

// text is a hostile text, cleaned as the decoder cleans it.
func text(r *rand.Rand) api.Text {
	texts := Hostile()
	return api.Clean(texts[r.IntN(len(texts))])
}

// inputs are arguments of tool calls as JSON.
func inputs() []api.Text {
	return []api.Text{
		"", "{}", `{"url":"https://example.com/a?token=1","count":3,"wait":true,"none":null}`,
		`{"code":"a\u001b[31m\nb\u202ec\u009b2J\ttab"}`, `{"k\u001b[2J\ney":"v"}`,
		`[1,2,3]`, `"just text"`, `{"nested":{"a":1}}`, "not json",
		api.Text(`{"text":"` + strings.Repeat("漢字", 300) + `"}`),
	}
}

// viewers are addresses as the network may send them.
func viewers() []api.Text {
	return []api.Text{
		"https://viewer.example/session/1?token=secret", "http://127.0.0.1:8080/view/9b1f?token=secret",
		"javascript:alert(1)", "https://user:pass@evil.example/", "http://far.example/", "https://例え.テスト/道",
		api.Clean("https://a.example/\x1b]8;;x\x07 b"), api.Text("https://long.example/" + strings.Repeat("p", 300)),
	}
}

// Events are n events of every kind but the terminal ones, in any order, with
// hostile content.
func Events(r *rand.Rand, n int) []api.Data {
	ids := []api.Text{"", "", "x", "y"}
	id := func() api.Text { return ids[r.IntN(len(ids))] }
	makers := []func() api.Data{
		func() api.Data { return api.ThinkingDelta{Delta: text(r)} },
		func() api.Data { return api.ThinkingDelta{Delta: text(r) + "\n\n"} },
		func() api.Data { return api.TextDelta{Delta: text(r)} },
		func() api.Data { return api.TextDelta{Delta: text(r) + "\n\n"} },
		func() api.Data { return api.ToolStart{ID: id(), Name: text(r), Input: inputs()[r.IntN(len(inputs()))]} },
		func() api.Data { return api.ToolStart{ID: id(), Name: "click"} },
		func() api.Data {
			return api.ToolResult{ID: id(), Content: text(r), Failed: r.IntN(3) == 0, Preliminary: r.IntN(4) == 0}
		},
		func() api.Data {
			return api.ToolResult{Content: api.Text(strings.Repeat(string(text(r))+"\n", r.IntN(30)))}
		},
		func() api.Data { return api.MessageComplete{} },
		func() api.Data { return api.Status{Status: text(r)} },
		func() api.Data { return api.Notice{Text: text(r)} },
		func() api.Data { return api.SessionData{ViewerURL: viewers()[r.IntN(len(viewers()))]} },
		func() api.Data { return api.FunctionUploaded{FunctionID: text(r), FunctionName: text(r)} },
		func() api.Data { return api.Unknown{Name: text(r)} },
		func() api.Data { return api.Connected{ThreadID: text(r)} },
		func() api.Data { return api.Comment{} },
	}
	events := make([]api.Data, n)
	for i := range events {
		events[i] = makers[r.IntN(len(makers))]()
	}
	return events
}

// Terminal is an event that ends a run, with hostile content.
func Terminal(r *rand.Rand) api.Data {
	cost := 0.0837
	ends := []api.Data{
		api.Done{TotalCostUSD: &cost, FunctionID: text(r)}, api.Done{},
		api.Failed{Error: text(r), Detail: text(r)}, api.TimedOut{Reason: text(r)}, api.Cancelled{Reason: text(r)},
	}
	return ends[r.IntN(len(ends))]
}

// RandomRun is a run with a hostile task that has heard n events, and has ended
// when ended is true.
func RandomRun(r *rand.Rand, n int, ended bool) *state.Run {
	texts := Hostile()
	run := Run(texts[r.IntN(len(texts))], Events(r, n)...)
	if ended {
		run.Apply(Arrivals(run, Terminal(r)))
		run.Apply([]state.Arrival{End(run, nil)})
	}
	return run
}
