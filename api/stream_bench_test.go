package api

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
)

// BenchmarkStream compares the whole way from a body's bytes to events with
// encoding/json alone on the same objects.
func BenchmarkStream(b *testing.B) {
	for _, size := range []int{200, 20 << 10, 1 << 20, 16 << 20} {
		object := fmt.Sprintf(`{"type":"text_delta","delta":%q}`, strings.Repeat("word ", size/5))
		count := max(1, (256<<10)/size)
		body := strings.Repeat("data: "+object+"\n\n", count)
		b.Run(fmt.Sprintf("ours/%d", size), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				decodeStream(b, &smallReads{strings.NewReader(body)}, count)
			}
		})
		b.Run(fmt.Sprintf("encoding-json/%d", size), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				for range count {
					var o struct{ Type, Delta string }
					if err := json.Unmarshal([]byte(object), &o); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func decodeStream(b *testing.B, body io.Reader, want int) {
	var d Decoder
	got := 0
	for it, err := range readItems(body, maxEventSize) {
		if err != nil {
			b.Fatal(err)
		}
		got += len(d.Decode([]byte(it.data)))
	}
	if got != want {
		b.Fatalf("%d events, want %d", got, want)
	}
}
