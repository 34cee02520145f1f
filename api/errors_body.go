package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Limits of what is kept of an error answer.
const (
	maxErrorBody   = 64 << 10 // bytes
	maxErrorText   = 2000     // characters
	maxErrorQuote  = 200      // characters
	maxErrorFields = 20
	maxRetryAfter  = time.Hour
)

// problem is what the body of an error answer says.
type problem struct {
	message, detail Text
	fields          []FieldError
}

// newError makes an error of an answer that is not a stream.
func (c *Client) newError(resp *http.Response, body io.Reader) *Error {
	// What came before a failure says enough; the failure says nothing more.
	raw, _ := io.ReadAll(io.LimitReader(body, maxErrorBody))
	p := problemOf(raw, 0)
	switch status := resp.StatusCode; {
	case status >= 300 && status < 400:
		p = c.redirected(resp, "a start", p)
	case status == http.StatusAccepted:
		p = detached(raw, resp.Header)
	case status == http.StatusOK:
		p = c.notAStream(resp.Header, p)
	}
	return c.errorOf(resp, c.Host(), p)
}

// redirected is the problem that an answer points to another address, to which
// what was asked is not sent.
func (c *Client) redirected(resp *http.Response, asked Text, p problem) problem {
	p = problem{message: asked + " is never sent again to another address", detail: p.message}
	if target := c.redirectTarget(resp); target != "" {
		p.message = "it points to " + target + ", and " + p.message
	}
	return p
}

// errorOf makes an error of what host has answered.
func (c *Client) errorOf(resp *http.Response, host string, p problem) *Error {
	e := &Error{
		Status:     resp.StatusCode,
		Host:       host,
		Message:    c.shown(withoutInput(p.message)),
		Detail:     c.shown(withoutInput(p.detail)),
		RetryAfter: retryAfter(resp.Header.Get("Retry-After"), time.Now()),
		RequestID:  Text(c.shown(Clean(resp.Header.Get("x-request-id"))).Line()),
	}
	if e.Message == "" {
		e.Message = Text(statusText(e.Status))
	}
	if e.Message == "" {
		e.Message = "no reason given"
	}
	for _, f := range p.fields {
		e.Fields = append(e.Fields, FieldError{Path: c.shown(Text(f.Path)).Line(), Message: c.shown(withoutInput(f.Message))})
	}
	return e
}

// withoutInput is t up to where it begins to quote what was sent: errors that
// are cut off, or that are in a text as Python writes them, cannot be read for
// what is wrong alone.
func withoutInput(t Text) Text {
	sent := regexp.MustCompile(`\\?["'](input|ctx)\\?["']\s*:`)
	if at := sent.FindStringIndex(string(t)); at != nil {
		return t[:at[0]] + "…"
	}
	return t
}

// shown is t without secrets, and of bounded length.
func (c *Client) shown(t Text) Text { return clip(c.redact(t), maxErrorText) }

// redirectTarget is where a redirect points, without what may be secret in it.
func (c *Client) redirectTarget(resp *http.Response) Text {
	u, err := resp.Location()
	if err != nil {
		return ""
	}
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: string(c.redact(Text(u.Path)))}
	return Text(Clean(shown.String()).Line())
}

// detached reads the answer of the second generation to a start that does not
// stream.
func detached(body []byte, h http.Header) problem {
	o, _ := parseObject(body)
	p := problem{message: "the run was started without a stream to watch"}
	if thread := o.line("thread_id"); thread != "" {
		p.detail = "thread " + thread
	} else if thread := Clean(h.Get("x-thread-id")).Line(); thread != "" {
		p.detail = "thread " + Text(thread)
	}
	p.detail = join(p.detail, o.line("url"))
	return p
}

// notAStream names the content type and quotes the beginning of the text.
func (c *Client) notAStream(h http.Header, p problem) problem {
	name := Clean(mediaType(h)).Line()
	if name == "" {
		name = "no content type"
	}
	// The key goes before the text is cut, which could leave a part of it.
	said, _, _ := strings.Cut(strings.TrimSpace(string(c.redact(p.message))), "\n")
	p.message = Text(fmt.Sprintf("expected an event stream, got %s", name))
	if said != "" {
		p.message += ": " + clip(Text(said), maxErrorQuote)
	}
	return p
}

// retryAfter reads the header's two forms, seconds and a date. Anything odd is
// 0.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(now), 0), maxRetryAfter)
	}
	seconds, err := strconv.ParseUint(value, 10, 64)
	if err != nil {
		return 0
	}
	return time.Duration(min(seconds, uint64(maxRetryAfter/time.Second))) * time.Second
}

// maxNesting is how deep one error body may lie in another's text.
const maxNesting = 3

// problemOf reads every shape of error body that Notte's hosts, its framework
// and what stands before them send: protocol.md's list in section 6.3.
func problemOf(body []byte, depth int) problem {
	if !json.Valid(body) {
		if looksLikeHTML(body) {
			return problem{message: htmlText(body)}
		}
		return problem{message: Text(strings.TrimSpace(string(Clean(string(body)))))}
	}
	if fields := fieldErrors(body); fields != nil {
		return problem{fields: fields}
	}
	o := objectOf(body)
	if o == nil {
		return problem{message: TextOf(body)}
	}
	if inner, ok := unquote(o.get("body")); ok && depth < maxNesting { // a Lambda answer
		return problemOf([]byte(inner), depth+1)
	}
	return problemIn(o)
}

// problemIn reads an object: error.message or error, then message, then
// detail.
func problemIn(o object) problem {
	var p problem
	detail := o.get("detail")
	p.message = sayingOf(o.get("message"))
	if said := sayingOf(o.get("error")); said != "" && said != p.message {
		p.message, p.detail = said, p.message
	}
	// The message of a 422 may be its list of fields, as a string.
	if fields := fieldErrors([]byte(p.message)); fields != nil {
		p.message, p.fields = "", fields
	}
	if fields := fieldErrors(detail); fields != nil {
		p.fields = fields
	} else if said := sayingOf(detail); p.message == "" {
		p.message = said
	} else if said != "" && said != p.message {
		p.detail = join(p.detail, said)
	}
	return p
}

// sayingOf is what a member says is wrong: a word, or that of an object. What
// else is in an object may be what was sent, with its secrets.
func sayingOf(value json.RawMessage) Text {
	if said := wordOf(value); said != "" {
		return said
	}
	o := objectOf(value)
	for _, name := range [...]string{"message", "msg", "detail", "error", "reason", "code", "type"} {
		if said := wordOf(o.get(name)); said != "" {
			return said
		}
	}
	return ""
}

// wordOf is the text of a value that is neither an object nor a list.
func wordOf(value json.RawMessage) Text {
	if value = bytes.TrimLeft(value, jsonSpace); len(value) > 0 && (value[0] == '{' || value[0] == '[') {
		return ""
	}
	return TextOf(value)
}

// join is what both texts say.
func join(a, b Text) Text {
	if a == "" || b == "" {
		return a + b
	}
	return a + ": " + b
}

// fieldErrors reads FastAPI's list of what is wrong with a request, or one
// entry of it; nil when value is neither.
func fieldErrors(value json.RawMessage) []FieldError {
	if len(value) == 0 || !json.Valid(value) {
		return nil
	}
	if isObject(value) && objectOf(value).get("loc") != nil {
		return []FieldError{fieldError(value)}
	}
	var fields []FieldError
	for _, entry := range elements(value) {
		fields = append(fields, fieldError(entry))
		if len(fields) == maxErrorFields {
			break
		}
	}
	return fields
}

// fieldError reads one entry. Beside what is wrong it may hold what was sent,
// which can be a secret.
func fieldError(entry json.RawMessage) FieldError {
	o := objectOf(entry)
	for _, said := range [...]Text{wordOf(o.get("msg")), wordOf(o.get("message")), Text(wordOf(o.get("type")).Line()), wordOf(entry)} {
		if said != "" {
			return FieldError{Path: fieldPath(o.get("loc")), Message: said}
		}
	}
	return FieldError{Path: fieldPath(o.get("loc")), Message: "was not accepted"}
}

// fieldPath joins a location such as ["body", "tasks", 0] without the word
// that only says where in the request it is.
func fieldPath(loc json.RawMessage) string {
	var names []string
	for _, part := range elements(loc) {
		if name := wordOf(part).Line(); name != "" {
			names = append(names, name)
		}
	}
	if len(names) > 1 && names[0] == "body" {
		names = names[1:]
	}
	return strings.Join(names, ".")
}
