package api

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// requestOrigin names this program to the service.
const requestOrigin = "notturno"

// maxHeaderBytes limits the headers of an answer.
const maxHeaderBytes = 1 << 20

// Client talks to one service. It can be used by several goroutines at once
// and keeps no connection open between requests.
type Client struct {
	config   Config // complete and checked
	anything *url.URL
	api      *url.URL
	// transport is used without an http.Client: that would follow redirects,
	// and a redirected start is a second start.
	transport *http.Transport
}

// New checks the configuration; nothing is sent.
func New(config Config) (*Client, error) {
	config = config.withDefaults()
	key, err := checkKey(config.Key)
	if err != nil {
		return nil, err
	}
	config.Key = key
	anything, err := checkBase("Anything", config.AnythingURL, key != "")
	if err != nil {
		return nil, err
	}
	rest, err := checkBase("API", config.APIURL, key != "")
	if err != nil {
		return nil, err
	}
	return &Client{config: config, anything: anything, api: rest, transport: newTransport(config)}, nil
}

// newTransport makes what sends a request at most once. No connection is used
// twice, for net/http repeats a request by itself when a reused one breaks.
// There is no limit on the whole exchange, which would cut a stream.
func newTransport(config Config) *http.Transport {
	var network dialer = &net.Dialer{Timeout: config.DialTimeout}
	if config.dialer != nil {
		network = config.dialer
	}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            network.DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: config.roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    config.TLSTimeout,
		ResponseHeaderTimeout:  config.HeaderTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableKeepAlives:      true,
		ForceAttemptHTTP2:      true,
	}
}

// Host is the host of the Anything API, with the port if it has one, to show.
func (c *Client) Host() string { return string(Clean(c.anything.Host)) }

// APIURL is the checked base URL of the REST API, without a slash at its end.
func (c *Client) APIURL() string { return c.api.String() }

// StartAnything starts a run of the Anything API for a task in plain English
// and returns once the service has begun to stream it. It sends one POST,
// once, whatever happens; the run may be billed.
//
// The error is an *Error when the service answered something else than a
// stream, and a *TransportError when there was no answer. Cancelling ctx ends
// the stream too, at any time. The caller must range over the stream's events
// or close it.
func (c *Client) StartAnything(ctx context.Context, query string) (*Stream, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	req, err := c.startRequest(ctx, query)
	if err != nil {
		cancel(nil)
		return nil, err
	}
	resp, sent, err := c.roundTrip(req) //nolint:bodyclose // answerError or the stream closes it
	if err != nil {
		err = c.transportError(ctx, sent, err)
		cancel(nil)
		return nil, err
	}
	body := &idleBody{ctx: ctx, body: resp.Body, limit: c.config.IdleTimeout, cancel: cancel}
	if resp.StatusCode != http.StatusOK || mediaType(resp.Header) != eventStream {
		err := c.answerError(resp, body)
		cancel(nil)
		return nil, err
	}
	return &Stream{
		client: c,
		ctx:    ctx,
		cancel: cancel,
		body:   body,
		thread: Text(Clean(resp.Header.Get("x-thread-id")).Line()),
	}, nil
}

// roundTrip sends a request once. When that fails, sent is false only if it is
// certain that no byte of the request has left this machine.
func (c *Client) roundTrip(req *http.Request) (resp *http.Response, sent bool, err error) {
	var connected atomic.Bool // set by the transport's goroutines
	resp, err = c.transport.RoundTrip(req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})))
	return resp, connected.Load(), err
}

func (c *Client) startRequest(ctx context.Context, query string) (*http.Request, error) {
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		return nil, fmt.Errorf("failed to encode the task: %w", err)
	}
	target := c.anything.JoinPath("/api/anything/start").String()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("failed to make a request to %s: %w", c.Host(), err)
	}
	req.GetBody = nil // without it net/http cannot send the body a second time
	req.Header.Set("Content-Type", jsonType)
	c.setHeaders(req, eventStream)
	return req, nil
}

// setHeaders sets what every request says: who asks, and for what.
func (c *Client) setHeaders(req *http.Request, accept string) {
	if c.config.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.config.Key)
	}
	req.Header.Set("Accept", accept)
	req.Header.Set("User-Agent", requestOrigin+"/"+c.config.Version)
	req.Header.Set("x-notte-request-origin", requestOrigin)
	req.Header.Set("x-notte-sdk-version", c.config.Version)
}

// The media types of requests and answers.
const (
	eventStream = "text/event-stream"
	jsonType    = "application/json"
)

// mediaType is the content type without its parameters, in lower case.
func mediaType(h http.Header) string {
	name, _, _ := strings.Cut(h.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(name))
}

// errorBodyTimeout limits how long the body of an error answer may take.
const errorBodyTimeout = 10 * time.Second

// answerError reads the answer that is not a stream, and closes it.
func (c *Client) answerError(resp *http.Response, body *idleBody) *Error {
	timer := time.AfterFunc(errorBodyTimeout, func() { body.cancel(errBodyTooSlow) })
	defer timer.Stop()
	defer func() { _ = body.Close() }() // the answer is told already
	return c.newError(resp, body)
}

// redact is what a service says without secrets: the API key, which it may
// send back, and what [Redact] hides, in JSON too.
func (c *Client) redact(t Text) Text { return Text(redactSaid(string(c.withoutKey(t)))) }

func (c *Client) withoutKey(t Text) Text {
	if c.config.Key == "" {
		return t
	}
	return Text(strings.ReplaceAll(string(t), c.config.Key, "[key]"))
}
