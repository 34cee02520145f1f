package api

import (
	"strings"
	"testing"
)

func TestNewChecksURLs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		url, key string
		want     string // part of the error; empty when the URL is fine
	}{
		{"", "k", ""},
		{"https://anything.notte.cc/", "k", ""},
		{"https://a.example:8443/base/", "k", ""},
		{"http://127.0.0.1:8080", "k", ""},
		{"http://127.9.9.9", "k", ""},
		{"http://[::1]:8080", "k", ""},
		{"http://localhost:8080", "k", ""},
		{"http://LOCALHOST", "k", ""},
		{"http://a.example", "", ""},
		{"http://a.example", "k", "over https only"},
		{"http://localhost.a.example", "k", "over https only"},
		{"http://127.0.0.1.a.example", "k", "over https only"},
		{"http://0.0.0.0:1", "k", "over https only"},
		{"ftp://a.example", "", "must begin with https://"},
		{"a.example", "", "must begin with https://"},
		{"//a.example", "", "must begin with https://"},
		{"https://", "", "has no host"},
		{"https://:8080", "", "has no host"},
		{"https://secret@a.example", "", "user name"},
		{"https://secret:word@a.example", "", "user name"},
		{"https://a.example/?token=secret", "", "end with the path"},
		{"https://a.example/#secret", "", "end with the path"},
		{"https://u:secret%zz@a.example", "", "not a URL"},
		{"https://a.example:secret", "", "not a URL"},
	}
	for _, tt := range tests {
		for _, config := range []Config{{AnythingURL: tt.url, Key: tt.key}, {APIURL: tt.url, Key: tt.key}} {
			client, err := New(config)
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("%q: %v", tt.url, err)
			case tt.want == "" && client == nil:
				t.Errorf("%q: no client", tt.url)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("%q: %v, want %q", tt.url, err, tt.want)
			case err != nil && strings.Contains(err.Error(), "secret"):
				t.Errorf("%q: the error shows what may be secret: %v", tt.url, err)
			}
		}
	}
}

func TestNewChecksTheKey(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"sk-notte-EXAMPLE", " sk-notte-EXAMPLE\n", "!~", ""} {
		if _, err := New(Config{Key: key}); err != nil {
			t.Errorf("%q: %v", key, err)
		}
	}
	for _, key := range []string{"sk notte", "sk\nX-Evil: 1", "sk-é", "sk\x7f", "\x00sk"} {
		_, err := New(Config{Key: key})
		if err == nil || !strings.Contains(err.Error(), "API key") {
			t.Errorf("%q: %v", key, err)
		} else if strings.Contains(err.Error(), "sk") {
			t.Errorf("the error shows the key: %v", err)
		}
	}
}

func TestNewDefaults(t *testing.T) {
	t.Parallel()
	c, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	if c.Host() != "anything.notte.cc" || c.APIURL() != DefaultAPIURL {
		t.Errorf("hosts are %s and %s", c.Host(), c.APIURL())
	}
	want := Config{AnythingURL: DefaultAnythingURL, APIURL: DefaultAPIURL, Version: "dev", DialTimeout: DefaultDialTimeout,
		TLSTimeout: DefaultTLSTimeout, HeaderTimeout: DefaultHeaderTimeout, IdleTimeout: DefaultIdleTimeout, maxEvent: maxEventSize}
	if c.config != want {
		t.Errorf("config is %+v, want %+v", c.config, want)
	}
	if c.transport.TLSClientConfig.InsecureSkipVerify {
		t.Error("certificates are not verified")
	}
}
