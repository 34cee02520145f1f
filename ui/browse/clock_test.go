package browse

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"notturno/api"
	"notturno/themes"
)

// clocks is what the row of a session says of its age and its two limits.
func clocks(b *Browse) string {
	row := strings.Split(text(b), "\n")[2]
	fields := regexp.MustCompile(` {2,}`).Split(strings.TrimSpace(row), -1)
	return strings.Join(fields[2:5], " ")
}

func TestClocks(t *testing.T) {
	t.Parallel()
	at := func(created, used time.Time, idle, most time.Duration) api.Session {
		s := session(1)
		s.CreatedAt, s.LastAccessedAt, s.IdleTimeout, s.MaxDuration = created, used, idle, most
		return s
	}
	closed := session(1)
	closed.Status = api.SessionClosed
	const minute = time.Minute
	tests := map[string]struct {
		session api.Session
		after   time.Duration // from when it was listed
		want    string
	}{
		"counting":         {at(ago(minute), ago(30*time.Second), 3*minute, 15*minute), 0, "1:00 2:30 14:00"},
		"later":            {at(ago(minute), ago(30*time.Second), 3*minute, 15*minute), 25 * time.Second, "1:25 2:05 13:35"},
		"over":             {at(ago(minute), ago(30*time.Second), 3*minute, 15*minute), 14 * minute, "15:00 over over"},
		"unknown limits":   {at(ago(minute), ago(minute), 0, 0), 0, "1:00 — —"},
		"unknown creation": {at(time.Time{}, time.Time{}, 0, 15*minute), 0, "— — —"},
		"clock ahead":      {at(ago(-time.Hour), ago(-time.Hour), 3*minute, 15*minute), 0, "0:00 3:00 15:00"},
		"hours":            {at(ago(time.Hour), now(), 3*minute, 24*time.Hour), 0, "1:00:00 3:00 23:00:00"},
		"days":             {at(ago(50*time.Hour), now(), 3*minute, 1000*time.Hour), 0, "2d 2h 3:00 39d 14h"},
		"closed":           {closed, 0, "1:00 — —"},
	}
	for name, test := range tests {
		b := withSessions(t, 80, 20, test.session)
		b.Tick(now().Add(test.after))
		if got := clocks(b); got != test.want {
			t.Errorf("%s: the clocks are %q, want %q", name, got, test.want)
		}
	}
}

// A clock warns when four fifths of its time are used.
func TestClocksWarn(t *testing.T) {
	t.Parallel()
	theme := themes.Notte()
	for _, test := range []struct {
		left time.Duration
		text string
		late bool
	}{{37 * time.Second, "     0:37", false}, {36 * time.Second, "     0:36", true}, {0, "     over", true}} {
		s := session(1)
		s.CreatedAt, s.LastAccessedAt = now(), now()
		s.IdleTimeout, s.MaxDuration = 3*time.Minute, time.Hour
		b := withSessions(t, 80, 20, s)
		b.Tick(now().Add(3*time.Minute - test.left))
		c := theme.Muted
		if test.late {
			c = theme.Warning
		}
		if row := b.Rows()[2]; !strings.Contains(row, themes.Paint(c, test.text)) {
			t.Errorf("with %s left, late %t, the row is %q", test.left, test.late, row)
		}
	}
}

// Until it is told what time it is, the screen says of no time that it knows
// it.
func TestWithoutAClock(t *testing.T) {
	t.Parallel()
	b := New(themes.Notte(), "local")
	b.Resize(80, 20)
	b.Update(LoadedSessions{Asked: asked(t, b.Init()), Page: page(1, 1, false)})
	if got := clocks(b); got != "— — —" {
		t.Errorf("the clocks are %q", got)
	}
	hides(t, b, "as of")
}

func TestRanStopsWithTheAgent(t *testing.T) {
	t.Parallel()
	b := withAgents(t, 80, 20, everyAgent()...)
	b.Tick(now().Add(5 * time.Minute))
	rows := strings.Split(text(b), "\n")
	for y, want := range map[int]string{2: "6:00", 3: "1:30"} {
		if !strings.HasSuffix(strings.TrimSuffix(rows[y], "  saved"), " "+want) {
			t.Errorf("row %d says %q, want %s at its end", y, rows[y], want)
		}
	}
}

// The day before is another date, and the time of day is the person's.
func TestMoments(t *testing.T) {
	t.Parallel()
	s := session(1)
	b := withSessions(t, 120, 30, s)
	b.Tick(now().In(time.FixedZone("east", 2*60*60)))
	shows(t, b, "created 11:31")
	b.Tick(now().Add(24 * time.Hour))
	shows(t, b, "created 2026-05-04 09:31", "idle time over · max time over")
}
