//go:build chromium

package local

import (
	"context"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tabPatience ends a test that has failed; it measures nothing.
const tabPatience = 60 * time.Second

// tab is a tab of a headless Chromium with an empty profile.
type tab struct {
	t   *testing.T
	ctx context.Context
	net *internet

	heard   chan struct{} // takes one when there is something new on the console
	mu      sync.Mutex
	console []string
	asked   map[network.RequestID]string // addresses of other hosts than the server
}

// chromiumPath finds the browser. These tests are behind a build tag, so
// whoever runs them wants it.
func chromiumPath(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("failed to find chromium, chromium-browser or google-chrome: install one of them (on Debian: apt-get install chromium)")
	return ""
}

// openTab starts a browser that reaches s and nothing else that is real.
func openTab(t *testing.T, s *Server) *tab {
	t.Helper()
	net := newInternet(t, s)
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(chromiumPath(t)),
		chromedp.NoSandbox, // a container has none to offer, and root may not use it
		chromedp.DisableGPU,
		chromedp.WindowSize(1280, 800),
		chromedp.ProxyServer(net.url),
		chromedp.Flag("proxy-bypass-list", "<-loopback>"), // loopback goes through the proxy as well
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// In its own process a sandboxed frame would be out of this tab's sight.
		chromedp.Flag("disable-features", "Translate,IsolateSandboxedIframes"),
	)
	ctx, stop := context.WithTimeout(context.WithoutCancel(t.Context()), tabPatience)
	t.Cleanup(stop)
	ctx, freeBrowser := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(freeBrowser)
	return newTab(ctx, t, net)
}

// newTab opens a tab: in the browser of ctx when that is a tab's, else in a
// new one.
func newTab(ctx context.Context, t *testing.T, net *internet) *tab {
	t.Helper()
	ctx, _ = chromedp.NewContext(ctx) // Cancel does what its function would, and reports errors
	b := &tab{t: t, ctx: ctx, net: net, heard: make(chan struct{}, 1), asked: map[network.RequestID]string{}}
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Errorf("failed to close the browser: %v", err)
		}
	})
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	return b
}

// hear keeps what pages write to the console and ask other hosts for.
func (b *tab) hear(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, arg := range ev.Args {
			b.console = append(b.console, strings.Trim(string(arg.Value), `"`))
		}
		select {
		case b.heard <- struct{}{}:
		default: // the one that waits will look anyway
		}
	case *network.EventRequestWillBeSent:
		if address := ev.Request.URL; !strings.HasPrefix(address, "http://"+b.net.own+"/") && !strings.HasPrefix(address, "data:") {
			b.asked[ev.RequestID] = address
		}
	case *network.EventLoadingFailed:
		if ev.BlockedReason == network.BlockedReasonCsp { // never sent
			delete(b.asked, ev.RequestID)
		}
	}
}

// strange is what happened since the last forget that no viewer may let
// happen: words on the console, and requests to other hosts.
func (b *tab) strange() []string {
	asked, _ := b.net.asked()
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Concat(b.console, slices.Sorted(maps.Values(b.asked)), asked)
}

func (b *tab) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.console = nil
	clear(b.asked)
	b.net.forget()
}

// act does one thing in b, or ends the test.
func act[T any](b *tab, what string, action chromedp.Action[T]) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.t.Fatalf("failed to %s: %v", what, err)
	}
	return value
}

// open goes to an address and waits until it is loaded.
func (b *tab) open(address string) {
	b.t.Helper()
	act(b, "open "+address, chromedp.Navigate(address))
}

// js is the value of a JavaScript expression, which may be a promise.
func js[T any](b *tab, expression string) T {
	b.t.Helper()
	return act(b, "evaluate "+expression, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// until waits until a JavaScript expression is true.
func (b *tab) until(expression string) {
	b.t.Helper()
	js[bool](b, `new Promise(done => {
		const look = () => { let is = false; try { is = `+expression+` } catch {} ; is ? done(true) : requestAnimationFrame(look) };
		look();
	})`)
}

// press types keys.
func (b *tab) press(keys string) {
	b.t.Helper()
	act(b, "press a key", chromedp.KeyEvent(keys))
}

// prefer makes the reader's system light or dark.
func (b *tab) prefer(scheme string) {
	b.t.Helper()
	act(b, "prefer "+scheme, devtools(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	}))
}

// phone makes the screen that of a phone, 390 pixels wide.
func (b *tab) phone() {
	b.t.Helper()
	act(b, "be a phone", chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
}

// frameNode is the document in the viewer's frame.
func (b *tab) frameNode() *cdp.Node {
	b.t.Helper()
	document := act(b, "read the document", devtools(dom.GetDocument, dom.GetDocumentParams{Depth: new(int64(-1)), Pierce: new(true)}))
	inner := frameDocument(document.Root)
	if inner == nil {
		b.t.Fatal("the page has no frame that can be read")
	}
	return inner
}

// frame is the document in the viewer's frame, as HTML.
func (b *tab) frame() string {
	b.t.Helper()
	inner := b.frameNode()
	return act(b, "read the frame", devtools(dom.GetOuterHTML, dom.GetOuterHTMLParams{NodeID: inner.NodeID})).OuterHTML
}

// frameAddress is where the viewer's frame has gone to, or empty while it is on
// the server.
func (b *tab) frameAddress() string {
	b.t.Helper()
	if address := b.frameNode().DocumentURL; !strings.HasPrefix(address, "http://"+b.net.own+"/view/") {
		return address
	}
	return ""
}

func frameDocument(node *cdp.Node) *cdp.Node {
	if node.ContentDocument != nil {
		return node.ContentDocument
	}
	for _, child := range node.Children {
		if found := frameDocument(child); found != nil {
			return found
		}
	}
	return nil
}

// devtools is a command of the browser's protocol as an action.
func devtools[P, R any](command cdp.Command[P, R], params P) chromedp.Action[R] {
	return func(ctx context.Context, target *chromedp.Target) (R, error) {
		result, err := cdp.Call(ctx, target, command, params)
		if err != nil {
			return result, fmt.Errorf("%s: %w", command.Method, err)
		}
		return result, nil
	}
}
