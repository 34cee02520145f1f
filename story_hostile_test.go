//go:build unix

package main

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// attacks are texts that steer a terminal which writes them as they are. The
// words pwned and 4242 are in every sequence.
func attacks() []string {
	return []string{
		"\x1b[2J\x1b[4242;1Hpwned",
		"\x1b]52;c;cHduZWQ=\x07",
		"\x1b]0;pwned\x07\x1b]2;pwned\x1b\\",
		"\x1b]8;;https://pwned.example/\x1b\\click\x1b]8;;\x1b\\",
		"\x1b]9;pwned\x07\x07\x07",
		"\x1bP4242q#0~\x1b\\\x1b_pwned\x1b\\\x1b^pwned\x1b\\",
		"\u009b4242J\u009d0;pwned\u009c\u0090pwned\u009c",
		"\x1b[" + strings.Repeat("4242;", 32) + "1m",
		"&#27;[4242J&#x1b;]0;pwned&#7;&#155;4242J&#8238;",
		"[click](javascript:pwned) ![x](http://pwned.example/\x1b[4242m)",
		"\u202epwned\u2066\u2069\u200f\u061c",
		"e" + strings.Repeat("\u0301", 5000) + strings.Repeat("\u200d👩", 500),
		"\r\x08\x7f\x00\x0e\x0f pwned \ufeff\u2028\u2029\U000e0041",
		"`\x1b[4242m`\n\n```\x1b]0;pwned\x07\n\x1b[4242J\n```\n| a\x1b[4242m | b |\n|---|---|\n| \x1b]0;pwned\x07 | c |\n",
	}
}

// badLinks are addresses that no click and no key may open.
func badLinks() []string {
	return []string{
		"javascript:pwned()", "http://pwned.example/", "https://user:pwned@good.example/", "file:///pwned",
		"--pwned", "https://pwned.example/ -x", "data:text/html,pwned",
	}
}

const goodLink = "https://viewer.example/good?jwt=a.b.c"

// hostileEvents put every attack into every text field of the wire, of the
// generation v1 or v2.
func hostileEvents(stream string) []string {
	var events []string
	for i, link := range badLinks() {
		events = append(events, sessionEvent(stream, link))
		if i == 0 {
			events = append(events, sessionEvent(stream, goodLink))
		}
	}
	for _, attack := range attacks() {
		if stream == "v2" {
			events = append(events, hostileV2(attack)...)
		} else {
			events = append(events, hostileV1(attack)...)
		}
	}
	return events
}

func sessionEvent(stream, link string) string {
	if stream == "v2" {
		return nested("data-notte-session", "data", map[string]string{"viewer_url": link})
	}
	return object("notte_session_data", "viewer_url", link)
}

// nested is an event with one member that is not a string.
func nested(kind, name string, value any) string {
	encoded, err := json.Marshal(map[string]any{"type": kind, name: value, "toolCallId": name})
	if err != nil {
		panic(err) // maps of strings can always be encoded
	}
	return string(encoded)
}

func hostileV1(attack string) []string {
	return []string{
		object("status", "status", attack),
		object("thinking_delta", "delta", attack+"\n\n"),
		object("tool_start", "name", attack, "id", attack, "input", attack),
		object("tool_result", "content", attack, "id", attack),
		nested("tool_result", "content", map[string]string{attack: attack}),
		object("function_uploaded", "function_id", attack, "function_name", attack, "created_at", attack),
		object("message_complete", "role", attack),
		object(attack, "field", attack),
		delta(attack + "\n\n"),
	}
}

func hostileV2(attack string) []string {
	return []string{
		object("start", "messageId", attack),
		object("reasoning-start", "id", attack),
		object("reasoning-delta", "id", attack, "delta", attack+"\n\n"),
		object("tool-input-start", "toolCallId", attack, "toolName", attack, "title", attack),
		object("tool-input-delta", "toolCallId", attack, "inputTextDelta", attack),
		nested("tool-input-available", "input", map[string]string{attack: attack}),
		object("tool-output-error", "toolCallId", attack, "errorText", attack),
		object("source-url", "sourceId", attack, "url", attack, "title", attack),
		object("data-"+attack, "id", attack),
		object("text-delta", "id", attack, "delta", attack+"\n\n"),
	}
}

// Nothing that a page or the service says reaches the terminal as anything but
// text, in any pane and any mode; what was hidden in it shows.
func TestHostileStream(t *testing.T) {
	bothGenerations(t, func(t *testing.T, stream string) {
		events := hostileEvents(stream)
		failure := object("error", "error", strings.Join(attacks()[:4], " "), "errorText", strings.Join(attacks()[:4], " "), "detail", "the end marker")
		s := newService(t, func(w http.ResponseWriter, r *http.Request) {
			if stream == "v2" {
				w.Header().Set("x-vercel-ai-ui-message-stream", "v1")
			}
			says(append(events, failure)...)(w, r)
		})
		x := startTerminal(t, 120, 40, s.env())
		x.submit("visit the hostile page")
		x.waitText("failed", "␛[4242;1Hpwned")
		wantOnlyText(t, x, "")
		lookEverywhere(x)
		x.quit()
		wantOnlyText(t, x, "52") // its y copies
	})
}

// lookEverywhere shows every pane, the whole transcript and the reasoning.
func lookEverywhere(x *terminal) {
	x.t.Helper()
	x.send(ctrl('t'))
	x.waitText("reasoning: all of it")
	x.send("\x1b[H") // home
	x.waitText("› visit the hostile page")
	for range 12 {
		x.send("\x1b[6~") // page down
	}
	x.waitText("␛[4242;1Hpwned")
	x.resize(80, 30)
	x.waitText("Answer", "Timeline", "Links")
	for _, pane := range []string{"answer", "timeline", "links"} {
		x.send("\t")
		x.send("y" + "o") // copy and open what is there
		if pane != "links" {
			x.waitFor("an answer to o in the "+pane, func(s screen) bool { return s.has("not safe to open") || s.has("opening viewer.example") })
		}
	}
	x.send("\t")
	x.waitText("failed")
}

// wantOnlyText fails when the output holds a control sequence of an attack's.
// The operating system command with the number except is not looked at.
func wantOnlyText(t *testing.T, x *terminal, except string) {
	t.Helper()
	link := func(url string) bool { return url == goodLink }
	for seq := range sequences(x.output()) {
		if number, _, ok := osc(seq); ok && number == except {
			continue
		}
		if fault := foreignIn(seq, link); fault != "" {
			t.Errorf("the stream brought %s to the terminal", fault)
		}
		if strings.HasPrefix(seq, "\x1b") && (strings.Contains(seq, "4242") || strings.Contains(seq, "pwned")) {
			t.Errorf("the stream brought the sequence %q to the terminal", seq)
		}
	}
}

// A link that is not safe is neither shown as a link nor opened.
func TestUnsafeViewerLinks(t *testing.T) {
	t.Parallel()
	for _, link := range badLinks() {
		t.Run(link, func(t *testing.T) {
			t.Parallel()
			s := newService(t, says(object("notte_session_data", "viewer_url", link), delta("There."), doneEvent))
			x := startTerminal(t, 120, 40, s.env())
			x.submit("watch me")
			x.waitText("done", "There.", "Browser")
			x.send(ctrl('o'))
			x.waitText("not safe to open")
			for _, fault := range foreign(x.output(), func(string) bool { return false }) {
				t.Errorf("the link brought %s to the terminal", fault)
			}
			x.quit()
		})
	}
}

// An error page of a service is text as well.
func TestHostileErrorPage(t *testing.T) {
	t.Parallel()
	body := "<html><body>" + strings.Join(attacks(), "<br>") + "</body></html>"
	s := newService(t, refuses(http.StatusBadGateway, "text/html", body))
	x := startTerminal(t, 120, 40, s.env())
	x.submit("watch me")
	x.waitText("failed", "502", "pwned")
	wantOnlyText(t, x, "")
	x.quit()
}

// What is copied is what shows: no page can put the end of a paste, or a
// command for the shell behind it, on the clipboard unseen.
func TestCopy(t *testing.T) {
	t.Parallel()
	s := newService(t, says(delta("# Answer\n\nrm\x1b[201~\u202e -rf\r/"), doneEvent))
	x := startTerminal(t, 120, 40, s.env())
	x.submit("answer me")
	x.waitText("done", "Answer")
	wantOnlyText(t, x, "")
	x.send(ctrl('y'))
	x.waitText("Answer as Markdown")
	x.send("\r")
	x.waitText("copied the answer")
	x.quit()
	want := "c;" + base64.StdEncoding.EncodeToString([]byte("# Answer\n\nrm␛[201~<202E> -rf/"))
	var copied []string
	for seq := range sequences(x.output()) {
		if number, text, ok := osc(seq); ok && number == "52" {
			copied = append(copied, text)
		}
	}
	if len(copied) != 1 || copied[0] != want {
		t.Errorf("copied %q, want %q", copied, want)
	}
}
