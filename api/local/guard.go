package local

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// guard refuses every request whose Host is not this server, so that a web
// page cannot reach it by a name of its own that resolves to loopback (DNS
// rebinding), and sets the headers that all answers have in common.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		// The links of viewer pages hold their token.
		w.Header().Set("Referrer-Policy", "no-referrer")
		if !slices.Contains(s.hosts, strings.ToLower(r.Host)) {
			refuse(w, r, http.StatusForbidden, "Forbidden", "this server answers only to "+strings.Join(s.hosts, ", "))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses what a browser says was asked for by a page from
// elsewhere. Programs that are no browsers send neither header.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, origin := range r.Header.Values("Origin") {
			if !strings.EqualFold(origin, "http://"+r.Host) {
				refuse(w, r, http.StatusForbidden, "Forbidden", "requests of other origins are refused")
				return
			}
		}
		for _, site := range r.Header.Values("Sec-Fetch-Site") {
			if site != "same-origin" && site != "none" {
				refuse(w, r, http.StatusForbidden, "Forbidden", "requests of other sites are refused")
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// authorized lets through what has the right method and the key, as often as
// the key may be used.
func (s *Server) authorized(method string, next http.Handler) http.Handler {
	return allow(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") || !sameSecret(strings.TrimSpace(key), s.config.Key) {
			w.Header().Set("WWW-Authenticate", `Bearer realm="notturno"`)
			refuse(w, r, http.StatusUnauthorized, "Unauthorized", "send the key as Authorization: Bearer <key>")
			return
		}
		if !s.limit.take(w.Header(), time.Now()) {
			refuse(w, r, http.StatusTooManyRequests, "Rate limit exceeded", "Please wait before making more requests")
			return
		}
		began := time.Now()
		defer func() { s.logs.add(r, began, time.Now()) }()
		next.ServeHTTP(w, r)
	}), method)
}

// sameSecret compares in a time that says nothing about want, not even its
// length.
func sameSecret(got, want string) bool {
	g, w := sha256.Sum256([]byte(got)), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(g[:], w[:]) == 1
}

func newKey() string { return "local-" + rand.Text() }

// loopback checks that addr is a loopback address and returns it with a
// number for the name localhost, whose meaning would be the resolver's.
func loopback(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("failed to read address %q: %w; write it as 127.0.0.1:8787", addr, err)
	}
	if strings.EqualFold(host, "localhost") {
		host = "127.0.0.1"
	}
	if host != "127.0.0.1" && host != "::1" {
		return "", fmt.Errorf("address %q is refused: the local backend runs tasks for whoever reaches it, so it listens on this machine only; use 127.0.0.1 or [::1]", addr)
	}
	return net.JoinHostPort(host, port), nil
}

// ownHosts are the values of Host that mean the server at addr.
func ownHosts(addr string) []string {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil
	}
	var hosts []string
	for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
		hosts = append(hosts, net.JoinHostPort(name, port))
		if port == "80" { // a browser leaves it out
			hosts = append(hosts, strings.TrimSuffix(net.JoinHostPort(name, port), ":80"))
		}
	}
	return hosts
}
