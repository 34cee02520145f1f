package markdown

import (
	"hash/fnv"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// maxLink is the longest address, in bytes, that becomes an OSC 8 link.
const maxLink = 2048

// checkedLink is address if it is one that may become a link: https, or http on
// loopback, printable ASCII, without user information, not too long. Else it
// is empty.
func checkedLink(address string) string {
	if address == "" || len(address) > maxLink {
		return ""
	}
	for i := range len(address) {
		if address[i] <= ' ' || address[i] >= 0x7f {
			return ""
		}
	}
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Host == "" {
		return ""
	}
	if u.Scheme == "https" || (u.Scheme == "http" && loopback(u.Hostname())) {
		return address
	}
	return ""
}

func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && address.IsLoopback())
}

// linkID tells the terminal which rows show the same link.
func linkID(address string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(address)) // never fails
	return "id=" + strconv.FormatUint(uint64(h.Sum32()), 36)
}

const upperHex = "0123456789ABCDEF"

// asciiAddress percent-encodes what may not stand in an address: spaces,
// controls, everything beyond ASCII.
func asciiAddress(address string) string {
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c <= ' ' || c >= 0x7f {
			b.WriteByte('%')
			b.WriteByte(upperHex[c>>4])
			b.WriteByte(upperHex[c&0xf])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// tells reports whether text says the address already, so that it need not be
// shown beside it.
func tells(text, address string) bool {
	trim := func(s string) string {
		for _, scheme := range []string{"https://", "http://", "mailto:"} {
			if rest, ok := strings.CutPrefix(strings.ToLower(s), scheme); ok {
				s = rest
				break
			}
		}
		return strings.TrimSuffix(s, "/")
	}
	return strings.EqualFold(trim(text), trim(address))
}

// shortAddress is an ASCII address cut in the middle to longest cells, if it is
// longer. Its beginning up to the end of the host stays: that is what tells
// where the link goes. A longest of 0 keeps all of it.
func shortAddress(address string, longest int) string {
	if longest == 0 || len(address) <= longest {
		return address
	}
	head := 0
	if scheme := strings.Index(address, "//"); scheme >= 0 {
		head = scheme + len("//")
	}
	host := strings.IndexAny(address[head:], `/?#\`)
	if host < 0 {
		return address
	}
	head = max(head+host+1, longest*2/3)
	tail := max(longest-head-1, longest/4)
	if head+1+tail >= len(address) {
		return address
	}
	return address[:head] + "…" + address[len(address)-tail:]
}
