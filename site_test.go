package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"notturno/api/local/site"
)

// newsTitles are the true titles of the sample site's news.
func newsTitles(t *testing.T) []string {
	t.Helper()
	recorder := httptest.NewRecorder()
	site.Handler().ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/news", nil))
	page, err := goquery.NewDocumentFromReader(recorder.Body)
	if err != nil {
		t.Fatal(err)
	}
	titles := page.Find(".story .title").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	if len(titles) < 30 {
		t.Fatalf("the sample site has %d titles, want 30", len(titles))
	}
	return titles
}
