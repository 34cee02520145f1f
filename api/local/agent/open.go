package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// page is a page as fetched.
type page struct {
	url     *url.URL // after redirects
	status  string
	media   string // text/html, application/xhtml+xml or text/plain
	charset string
	text    string // decoded to UTF-8
	bytes   int    // as decompressed
	hops    []string
}

// visit opens a page and looks at it. named is the host that the task names.
func (r *run) visit(ctx context.Context, address *url.URL, named string) (*sight, error) {
	doc, err := r.open(ctx, address, named)
	if err != nil {
		return nil, err
	}
	return r.look(ctx, doc)
}

// open is the tool open_page. It also shows the page.
func (r *run) open(ctx context.Context, address *url.URL, named string) (*document, error) {
	var doc *document
	err := r.call(ctx, toolOpen, map[string]any{"url": address.String()}, func() (string, error) {
		opened, err := r.fetch(ctx, address, named)
		if err != nil {
			return "", fmt.Errorf("failed to open page %q: %w", address, err)
		}
		if opened.media == mediaText && r.plan.skill != skillRead && r.plan.skill != skillFind {
			return "", fmt.Errorf("failed to open page %q: it is %s, which has no structure to list; ask to read it", address, mediaText)
		}
		if doc, err = parse(ctx, opened); err != nil {
			return "", fmt.Errorf("failed to open page %q: %w", address, err)
		}
		return opened.describe(), nil
	})
	var forbidden *forbiddenError
	if errors.As(err, &forbidden) {
		if err := r.think(ctx, "%s asks programs to keep away from this page, in its robots.txt. That is respected.", forbidden.page.Host); err != nil {
			return nil, err
		}
	}
	var unknown *unknownRulesError
	if errors.As(err, &unknown) {
		if err := r.think(ctx, "%s does not give out its robots.txt, which may ask programs to keep away. So the page stays closed.", unknown.page.Host); err != nil {
			return nil, err
		}
	}
	if err != nil {
		return nil, err
	}
	return doc, r.say(ctx, View{URL: doc.page.url.String(), Title: doc.title, HTML: doc.page.text})
}

// fetch gets one page, and asks the robots.txt of every site on the way.
func (r *run) fetch(ctx context.Context, address *url.URL, named string) (*page, error) {
	if err := r.permit(ctx, address, named); err != nil {
		return nil, err
	}
	return r.agent.fetch(ctx, address, r.guard(named), func(next *url.URL) error { return r.permit(ctx, next, named) })
}

func (p *page) describe() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n%s, %s, %s", p.status, p.url, p.media, p.charset, byteSize(p.bytes))
	for _, hop := range p.hops {
		fmt.Fprintf(&b, "\nredirected: %s", hop)
	}
	return b.String()
}

func byteSize(n int) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	default:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
}

// errSlow is the cause of a fetch that took too long, as against one that was
// cancelled.
var errSlow = errors.New("the page took too long")

// fetch gets one page over the network, past the run's guard. permit is asked
// before each redirect is followed.
func (a *Agent) fetch(ctx context.Context, address *url.URL, g *guard, permit func(*url.URL) error) (*page, error) {
	timed, cancel := context.WithTimeoutCause(ctx, a.timeout, errSlow)
	defer cancel()
	fetched, err := a.get(timed, address, g, permit)
	if err != nil && ctx.Err() == nil && errors.Is(context.Cause(timed), errSlow) {
		return nil, fmt.Errorf("no whole answer within %s; try again later: %w", a.timeout, errSlow)
	}
	return fetched, err
}

// request asks for what the agent can read, under the program's own name.
func (a *Agent) request(ctx context.Context, address *url.URL) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, err
	}
	if a.config.UserAgent != "" {
		req.Header.Set("User-Agent", a.config.UserAgent)
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1")
	req.Header.Set("Accept-Encoding", "gzip, br")
	return req, nil
}

func (a *Agent) get(ctx context.Context, address *url.URL, g *guard, permit func(*url.URL) error) (*page, error) {
	fetched := &page{}
	client, done := a.client(g, fetched, permit)
	defer done()
	req, err := a.request(ctx, address)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, explain(err, fetched.hops)
	}
	defer resp.Body.Close() //nolint:errcheck // reading is over, nothing can be done
	if resp.StatusCode < 200 || resp.StatusCode >= 300 {
		return nil, fmt.Errorf("the server %s answered %s", resp.Request.URL.Host, statusText(resp))
	}
	if err := fetched.decode(resp, a.maxBytes); err != nil {
		return nil, err
	}
	return fetched, nil
}

// client makes the client of one page, and what closes its connections. Runs
// share none: a connection that one run may use is not allowed to another.
func (a *Agent) client(g *guard, fetched *page, permit func(*url.URL) error) (*http.Client, func()) {
	transport := &http.Transport{
		DialContext:            g.dial,
		DisableCompression:     true, // decode.go does it, with br and a limit
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: 1 << 20,
	}
	client := &http.Client{
		Transport: transport,
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			fetched.hops = append(fetched.hops, fmt.Sprintf("%s → %s", via[len(via)-1].URL.Redacted(), req.URL.Redacted()))
			if err := checkRedirect(req.URL, len(via)); err != nil {
				return err
			}
			return permit(req.URL)
		},
	}
	return client, transport.CloseIdleConnections
}

// errRedirects ends a chain of redirects that is too long.
var errRedirects = fmt.Errorf("it redirects more than %d times", pageRedirects)

func checkRedirect(to *url.URL, redirects int) error {
	switch {
	case redirects > pageRedirects:
		return errRedirects
	case to.Scheme != "http" && to.Scheme != "https":
		return fmt.Errorf("it redirects to %q, and only http and https pages can be opened", to.Redacted())
	case to.User != nil:
		return fmt.Errorf("it redirects to %q, an address with a user name", to.Redacted())
	default:
		return nil
	}
}

// explain drops net/http's own "Get …:", because the caller names the page,
// and names the redirect that failed, because the caller does not know it.
func explain(err error, hops []string) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var blocked *blockedError
	if errors.As(err, &blocked) {
		err = blocked
	}
	if len(hops) > 0 {
		return fmt.Errorf("redirected (%s): %w", hops[len(hops)-1], err)
	}
	return err
}

func statusText(resp *http.Response) string {
	if text := http.StatusText(resp.StatusCode); text != "" {
		return fmt.Sprintf("%d %s", resp.StatusCode, text)
	}
	return fmt.Sprintf("%d", resp.StatusCode)
}

// decode reads the answer into the page: what it is, decompressed, as UTF-8.
func (p *page) decode(resp *http.Response, limit int64) error {
	p.url, p.status = resp.Request.URL, statusText(resp)
	body, err := decompress(resp.Body, resp.Header.Values("Content-Encoding"))
	if err != nil {
		return err
	}
	raw, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err != nil {
		return fmt.Errorf("failed to read its body: %w", err)
	}
	if int64(len(raw)) > limit {
		return fmt.Errorf("it is larger than the limit of %d MiB", limit>>20)
	}
	contentType := resp.Header.Get("Content-Type")
	if contentType == "" {
		contentType = http.DetectContentType(raw)
	}
	p.media, _, err = mime.ParseMediaType(contentType)
	if err != nil && p.media == "" {
		return fmt.Errorf("its Content-Type %q makes no sense: %w", contentType, err)
	}
	if p.media != mediaHTML && p.media != mediaXHTML && p.media != mediaText {
		return fmt.Errorf("it is %s, and only HTML and plain text can be read", p.media)
	}
	p.bytes = len(raw)
	p.text, p.charset = toUTF8(raw, contentType)
	return nil
}
