package themes

import (
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// BenchmarkBuiltin is what the first frame waits for: reading one built-in
// theme. The reference is decoding the same bytes.
func BenchmarkBuiltin(b *testing.B) {
	b.Run("theme", func(b *testing.B) {
		for b.Loop() {
			Notte()
		}
	})
	b.Run("reference", func(b *testing.B) {
		data, err := files.ReadFile("notte" + ext)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			var root map[string]any
			if err := toml.Unmarshal(data, &root); err != nil {
				b.Fatal(err)
			}
		}
	})
}
