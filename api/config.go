package api

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"
)

// The addresses of Notte's service.
const (
	DefaultAnythingURL = "https://anything.notte.cc"
	DefaultAPIURL      = "https://api.notte.cc"
)

// The time limits that a zero Config means. There is none on a whole run.
const (
	DefaultDialTimeout   = 10 * time.Second
	DefaultTLSTimeout    = 10 * time.Second
	DefaultHeaderTimeout = 300 * time.Second
	DefaultIdleTimeout   = 300 * time.Second
)

// maxEventSize is the largest event, in bytes, that is read; a larger one is
// left out with a Notice.
const maxEventSize = 64 << 20

// Config says where the service is and who asks. Its zero value is Notte's
// service without a key.
type Config struct {
	// AnythingURL and APIURL are the base URLs of the Anything API and the REST
	// API; empty means DefaultAnythingURL and DefaultAPIURL. Plain http is
	// refused when there is a key, except to this machine.
	AnythingURL string
	APIURL      string
	// Key is the API key. Space around it is ignored; empty sends none.
	Key string
	// Version is this program's version, for the x-notte-sdk-version header;
	// empty means "dev".
	Version string

	DialTimeout   time.Duration // to connect; zero means DefaultDialTimeout
	TLSTimeout    time.Duration // for the TLS handshake; zero means DefaultTLSTimeout
	HeaderTimeout time.Duration // from the request to the answer's headers; zero means DefaultHeaderTimeout
	IdleTimeout   time.Duration // without a byte of the answer; zero means DefaultIdleTimeout

	roots    *x509.CertPool // for tests; nil means the system's
	maxEvent int            // for tests; zero means maxEventSize
	dialer   dialer         // for tests; nil means the network
}

// dialer connects to an address.
type dialer interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// withDefaults is c with every zero value replaced.
func (c Config) withDefaults() Config {
	setDefault(&c.AnythingURL, DefaultAnythingURL)
	setDefault(&c.APIURL, DefaultAPIURL)
	setDefault(&c.Version, "dev")
	setDefault(&c.DialTimeout, DefaultDialTimeout)
	setDefault(&c.TLSTimeout, DefaultTLSTimeout)
	setDefault(&c.HeaderTimeout, DefaultHeaderTimeout)
	setDefault(&c.IdleTimeout, DefaultIdleTimeout)
	setDefault(&c.maxEvent, maxEventSize)
	return c
}

func setDefault[T comparable](value *T, fallback T) {
	var zero T
	if *value == zero {
		*value = fallback
	}
}

// checkKey is the key without the space around it. The error does not show it.
func checkKey(key string) (string, error) {
	key = strings.TrimSpace(key)
	for i := range len(key) {
		if key[i] < 0x21 || key[i] > 0x7e {
			return "", fmt.Errorf("failed to use the API key: character %d is not one that a key can have; copy the key again", i+1)
		}
	}
	return key, nil
}

// checkBase parses a base URL. The error shows its scheme and host at most: the
// rest can hold a password.
func checkBase(name, base string, withKey bool) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil {
		return nil, fmt.Errorf("failed to use the %s URL: it is not a URL", name)
	}
	if err := checkParts(u, withKey); err != nil {
		return nil, fmt.Errorf("failed to use the %s URL %q: %w", name, u.Scheme+"://"+u.Host, err)
	}
	u.Path = strings.TrimRight(u.Path, "/")
	return u, nil
}

func checkParts(u *url.URL, withKey bool) error {
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		return errors.New("it must begin with https://")
	case u.Hostname() == "":
		return errors.New("it has no host")
	case u.User != nil:
		return errors.New("it must not hold a user name or a password")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return errors.New("it must end with the path")
	case u.Scheme == "http" && withKey && !isLoopback(u.Hostname()):
		return errors.New("the API key is sent over https only, except to this machine")
	}
	return nil
}

// isLoopback reports whether host is this machine by its very name.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
