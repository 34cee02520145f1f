package agent

import (
	"errors"
	"net"
	"net/netip"
	"testing"
)

func TestIsPublic(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]bool{
		"1.1.1.1":                true,
		"93.184.215.14":          true,
		"2606:2800:21f:cb07::1":  true,
		"::ffff:1.1.1.1":         true,
		"64:ff9b::101:101":       true, // NAT64 of 1.1.1.1
		"127.0.0.1":              false,
		"127.8.9.10":             false,
		"0.0.0.0":                false,
		"0.1.2.3":                false,
		"10.1.2.3":               false,
		"172.16.0.1":             false,
		"172.31.255.255":         false,
		"192.168.1.1":            false,
		"100.64.0.1":             false,
		"100.100.100.200":        false, // a cloud's metadata
		"169.254.169.254":        false, // clouds' metadata
		"168.63.129.16":          false,
		"192.0.0.192":            false,
		"198.18.0.1":             false,
		"224.0.0.1":              false,
		"240.0.0.1":              false,
		"255.255.255.255":        false,
		"::":                     false,
		"::1":                    false,
		"::ffff:127.0.0.1":       false,
		"::ffff:169.254.169.254": false,
		"::127.0.0.1":            false,
		"64:ff9b::7f00:1":        false, // NAT64 of 127.0.0.1
		"64:ff9b::a9fe:a9fe":     false,
		"64:ff9b:1::a00:1":       false,
		"2002:7f00:1::":          false, // 6to4 of 127.0.0.1
		"fe80::1":                false,
		"fe80::1%eth0":           false,
		"fc00::1":                false,
		"fd00:ec2::254":          false, // a cloud's metadata
		"fec0::1":                false,
		"ff02::1":                false,
		"2001:db8::1":            false,
		"2001::1":                false, // Teredo
	} {
		if got := isPublic(netip.MustParseAddr(addr)); got != want {
			t.Errorf("isPublic(%s) = %t, want %t", addr, got, want)
		}
	}
}

// dialled is one connection that a run is about to make.
type dialled struct {
	host, resolved string
	allowed        bool
}

func TestGuard(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		named string
		dials []dialled
	}{
		"a public host": {"example.com", []dialled{{"example.com", "1.1.1.1", true}, {"other.example", "1.0.0.1", true}}},
		"this machine, by its address": {"127.0.0.1", []dialled{
			{"127.0.0.1", "127.0.0.1", true}, {"127.0.0.1", "127.0.0.1", true}, {"localhost", "127.0.0.1", false}, {"[::1]", "::1", false},
		}},
		"this machine, by its name": {"localhost", []dialled{{"localhost", "::1", true}, {"LOCALHOST", "127.0.0.1", true}, {"evil.example", "127.0.0.1", false}}},
		"an inner host":             {"wiki.corp", []dialled{{"wiki.corp", "10.0.0.7", true}, {"mail.corp", "10.0.0.8", false}}},
		"a redirect inwards": {"example.com", []dialled{
			{"example.com", "1.1.1.1", true}, {"evil.example", "192.168.1.1", false}, {"evil.example", "::ffff:10.0.0.1", false},
			{"metadata.example", "169.254.169.254", false}, {"evil.example", "64:ff9b::a00:1", false}, {"evil.example", "0.0.0.0", false}, {"evil.example", "100.64.1.1", false},
		}},
		"a name that is rebound": {"example.com", []dialled{{"example.com", "1.1.1.1", true}, {"example.com", "127.0.0.1", false}, {"example.com", "1.1.1.1", true}}},
	} {
		g := &guard{named: test.named}
		for _, d := range test.dials {
			err := g.check(d.host, net.JoinHostPort(d.resolved, "80"))
			var blocked *blockedError
			if d.allowed && err != nil || !d.allowed && !errors.As(err, &blocked) {
				t.Errorf("%s: %s at %s: %v, want allowed %t", name, d.host, d.resolved, err, d.allowed)
			}
		}
	}
}

// A name must not be rebound between two pages of a run either.
func TestARunKeepsItsGuards(t *testing.T) {
	t.Parallel()
	r := &run{}
	if err := r.guard("example.com").check("example.com", "1.1.1.1:80"); err != nil {
		t.Fatal(err)
	}
	if err := r.guard("example.com").check("example.com", "127.0.0.1:80"); err == nil {
		t.Error("a host that was public may turn private in the same run")
	}
	if err := r.guard("wiki.corp").check("wiki.corp", "10.0.0.7:80"); err != nil {
		t.Errorf("another host that the task names is refused: %v", err)
	}
}
