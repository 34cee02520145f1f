package local

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"

	"notturno/api/local/agent"
)

// A start reads all runs that are kept, to drop the oldest: what it costs with
// none of them and with as many as there can be.
func BenchmarkKeepingARun(b *testing.B) {
	for name, kept := range map[string]int{"first": 0, "full": maxRuns} {
		b.Run(name, func(b *testing.B) {
			records, err := openRecords(b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			for range kept {
				if err := records.add(newRecord(functionID)); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				r := newRecord(functionID)
				if err := records.add(r); err != nil {
					b.Fatal(err)
				}
				if kept == 0 {
					if err := records.remove(r); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkListingFunctions(b *testing.B) {
	s, err := openStore(filepath.Join(b.TempDir(), "functions"))
	if err != nil {
		b.Fatal(err)
	}
	plan := agent.Function{Name: "f", Variables: []agent.Variable{{Name: "url", Type: "url", Default: "http://x.example/"}}}
	for range 100 {
		if _, err := s.save(context.WithoutCancel(b.Context()), plan); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		all, _, err := s.list()
		if err != nil || len(all) != 100 {
			b.Fatal(len(all), err)
		}
		if _, err := json.Marshal(all[0].object(all[0].Function)); err != nil {
			b.Fatal(err)
		}
	}
}
