package agent

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"
)

// dialTimeout is for one connection.
const dialTimeout = 10 * time.Second

// guard decides, for one run, which addresses may be connected to. Public
// ones may. Any other (this machine, private networks, a cloud's metadata
// service) only as the host that the task itself names: a page must not be
// able to send the agent there by a redirect.
//
// It is asked with the address that is about to be connected to, after every
// name has been resolved, so a name that changes its address between a check
// and a use gains nothing.
type guard struct {
	named string // the host that the task names, as in its URL

	mu     sync.Mutex
	public bool // the named host was seen at a public address
}

// dial connects to host:port for an http.Transport.
func (g *guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	dialer := net.Dialer{
		Timeout: dialTimeout,
		Control: func(_, resolved string, _ syscall.RawConn) error { return g.check(host, resolved) },
	}
	return dialer.DialContext(ctx, network, address)
}

// check allows or refuses to connect to resolved, an IP address with a port,
// on behalf of host.
func (g *guard) check(host, resolved string) error {
	ap, err := netip.ParseAddrPort(resolved)
	if err != nil {
		return fmt.Errorf("address %q of host %q is not an IP address: %w", resolved, host, err)
	}
	named := strings.EqualFold(host, g.named)
	g.mu.Lock()
	defer g.mu.Unlock()
	if isPublic(ap.Addr()) {
		g.public = g.public || named
		return nil
	}
	// A named host that was public a moment ago and is not now is being
	// rebound by whoever owns its name.
	if named && !g.public {
		return nil
	}
	return &blockedError{host: host, addr: ap.Addr()}
}

// blockedError is a connection that the guard refused.
type blockedError struct {
	host string
	addr netip.Addr
}

func (e *blockedError) Error() string {
	return fmt.Sprintf("host %q is at %s, which is not on the public internet; such a host is opened only when the task itself names it", e.host, e.addr)
}

// isPublic reports an address that anyone on the internet can reach. An IPv6
// address that carries an IPv4 one is judged by what it carries.
func isPublic(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	if inner, carries := carriedIPv4(addr); carries {
		return isPublic(inner)
	}
	if !addr.IsGlobalUnicast() || addr.IsPrivate() {
		return false
	}
	for _, reserved := range reservedPrefixes() {
		if reserved.Contains(addr) {
			return false
		}
	}
	return true
}

// carriedIPv4 is the IPv4 address inside an IPv6 address of a kind that is
// translated or tunnelled to it: NAT64 (RFC 6052), 6to4 (RFC 3056) and the
// old IPv4-compatible form (RFC 4291).
func carriedIPv4(addr netip.Addr) (netip.Addr, bool) {
	if !addr.Is6() {
		return netip.Addr{}, false
	}
	b := addr.As16()
	switch {
	case netip.MustParsePrefix("64:ff9b::/96").Contains(addr):
		return netip.AddrFrom4([4]byte(b[12:])), true
	case netip.MustParsePrefix("2002::/16").Contains(addr):
		return netip.AddrFrom4([4]byte(b[2:6])), true
	case netip.MustParsePrefix("::/96").Contains(addr) && addr != netip.IPv6Loopback():
		return netip.AddrFrom4([4]byte(b[12:])), true
	default:
		return netip.Addr{}, false
	}
}

// reservedPrefixes are the ranges of IANA's special-purpose registries that
// net/netip does not know, and one public address that clouds use as private.
func reservedPrefixes() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"),        // this network
		netip.MustParsePrefix("100.64.0.0/10"),    // carrier-grade NAT
		netip.MustParsePrefix("192.0.0.0/24"),     // protocol assignments, a cloud's metadata
		netip.MustParsePrefix("192.0.2.0/24"),     // documentation
		netip.MustParsePrefix("192.88.99.0/24"),   // 6to4 relays
		netip.MustParsePrefix("198.18.0.0/15"),    // benchmarks
		netip.MustParsePrefix("198.51.100.0/24"),  // documentation
		netip.MustParsePrefix("203.0.113.0/24"),   // documentation
		netip.MustParsePrefix("240.0.0.0/4"),      // reserved, broadcast
		netip.MustParsePrefix("168.63.129.16/32"), // a cloud's host, seen from its guests
		netip.MustParsePrefix("64:ff9b:1::/48"),   // local NAT64
		netip.MustParsePrefix("100::/64"),         // discard
		netip.MustParsePrefix("2001::/23"),        // protocol assignments, Teredo
		netip.MustParsePrefix("2001:db8::/32"),    // documentation
		netip.MustParsePrefix("3fff::/20"),        // documentation
		netip.MustParsePrefix("5f00::/16"),        // segment routing
		netip.MustParsePrefix("fec0::/10"),        // old site-local
	}
}
