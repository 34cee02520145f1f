package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// call is one request of the REST API.
type call struct {
	method string
	path   []string // its elements, not escaped
	query  url.Values
	body   any // sent as JSON; nil for none
}

// host is who answers the REST API, to show.
func (c *Client) host() string { return string(Clean(c.api.Host)) }

// send sends one request, once, and returns the JSON that answers it. The
// error is an *Error when the service answered something else, and a
// *TransportError when there was no whole answer.
func (c *Client) send(ctx context.Context, r call) (json.RawMessage, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	req, err := c.restRequest(ctx, r)
	if err != nil {
		return nil, err
	}
	resp, sent, err := c.roundTrip(req) //nolint:bodyclose // the body that it is wrapped in is closed
	if err != nil {
		return nil, c.callError(ctx, r, sent, err)
	}
	body := &idleBody{ctx: ctx, body: resp.Body, limit: c.config.IdleTimeout, cancel: cancel}
	defer func() { _ = body.Close() }() // the answer is read already
	if resp.StatusCode != http.StatusOK {
		return nil, c.refusal(resp, body)
	}
	limit := c.config.maxEvent
	raw, err := io.ReadAll(io.LimitReader(body, int64(limit)+1))
	switch {
	case err != nil:
		return nil, c.callError(ctx, r, true, err)
	case len(raw) > limit:
		return nil, c.errorOf(resp, c.host(), problem{message: "the answer has more than " + byteCount(limit)})
	}
	return c.answerOf(resp, bytes.TrimSpace(raw))
}

// restRequest makes the request of a call. It can be sent once only: net/http
// repeats by itself what has no body, or one that it can read again.
func (c *Client) restRequest(ctx context.Context, r call) (*http.Request, error) {
	var body []byte
	if r.body != nil {
		var err error
		if body, err = json.Marshal(r.body); err != nil {
			return nil, fmt.Errorf("failed to encode the request: %w", err)
		}
	}
	target := strings.Builder{}
	target.WriteString(c.APIURL())
	for _, element := range r.path {
		target.WriteString("/" + escapeElement(element))
	}
	if len(r.query) > 0 {
		target.WriteString("?" + r.query.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, r.method, target.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("failed to make a request to %s: %w", c.host(), err)
	}
	if r.method != http.MethodGet {
		req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	if r.body != nil {
		req.Header.Set("Content-Type", jsonType)
	}
	c.setHeaders(req, jsonType)
	return req, nil
}

// escapeElement is an id as one element of a path, whatever it is: the names
// that mean a folder would lead out of the path.
func escapeElement(id string) string {
	if id == "." || id == ".." {
		return strings.ReplaceAll(id, ".", "%2E")
	}
	return url.PathEscape(id)
}

// answerOf checks the body of a 200: some servers tell of an error with it.
func (c *Client) answerOf(resp *http.Response, raw json.RawMessage) (json.RawMessage, error) {
	if !json.Valid(raw) {
		p := problemOf(raw[:min(len(raw), maxErrorBody)], 0)
		name := Clean(mediaType(resp.Header)).Line()
		if name == "" {
			name = "no content type"
		}
		said, _, _ := strings.Cut(strings.TrimSpace(string(c.redact(p.message))), "\n")
		return nil, c.errorOf(resp, c.host(), problem{message: "expected JSON, got " + join(Text(name), clip(Text(said), maxErrorQuote))})
	}
	if o := objectOf(raw); o.get("detail") != nil && o.get("session_id", "agent_id", "items") == nil {
		return nil, c.errorOf(resp, c.host(), problemOf(raw, 0))
	}
	return raw, nil
}

// refusal is the error of an answer that is not a 200.
func (c *Client) refusal(resp *http.Response, body *idleBody) *Error {
	timer := time.AfterFunc(errorBodyTimeout, func() { body.cancel(errBodyTooSlow) })
	defer timer.Stop()
	// What came before a failure says enough; the failure says nothing more.
	raw, _ := io.ReadAll(io.LimitReader(body, maxErrorBody))
	p := problemOf(raw, 0)
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		p = c.redirected(resp, "a request", p)
	}
	return c.errorOf(resp, c.host(), p)
}

// callError tells of err on a call whose context is ctx.
func (c *Client) callError(ctx context.Context, r call, sent bool, err error) *TransportError {
	lost := c.transportError(ctx, sent, err)
	lost.Host, lost.StartsNothing = c.host(), r.method != http.MethodPost
	return lost
}
