package state

import (
	"time"

	"notturno/api"
)

// Clocks are the two that end a session, in the time of this machine.
type Clocks struct {
	CreatedAt time.Time     // of the session; zero when it is not known
	UsedAt    time.Time     // last; zero when it is not known
	Idle      time.Duration // it ends when it was not used for so long; 0 when it is not known
	Max       time.Duration // it ends so long after CreatedAt; 0 when it is not known
}

// NewClocks are those of a session that was started at a time.
func NewClocks(s api.Session, at time.Time) Clocks { return ReadClocks(s, at, at) }

// ReadClocks are the clocks of a session as it was read at a time; they are
// empty for one that has ended. Created is when it was created by the clock
// here, or zero for one that was there before.
//
// The clock of the service may differ from the one here, so that what counts is
// how far its own times lie apart. The session is as old as the service says,
// and as the last use is later than the creation. Where the clock here says
// that it is older, it is believed unless the session would be too old by now:
// not every service tells how old an open session is. One that seems to be
// unused for too long was used meanwhile: not every service tells of that.
func ReadClocks(s api.Session, created, at time.Time) Clocks {
	if !s.Open() {
		return Clocks{}
	}
	c := Clocks{CreatedAt: created, Idle: s.IdleTimeout, Max: s.MaxDuration}
	unused := time.Duration(0) // since its last use
	var used time.Duration     // after its creation
	if !s.CreatedAt.IsZero() && !s.LastAccessedAt.IsZero() {
		used = max(0, s.LastAccessedAt.Sub(s.CreatedAt))
	}
	switch {
	case !created.IsZero():
		age := max(0, at.Sub(created))
		unused = age - min(used, age)
	case !s.CreatedAt.IsZero():
		age := max(s.Duration, used)
		told := s.Duration > used // and not only up to its last use
		if here := at.Sub(s.CreatedAt); here > age && c.canBe(here) && (!told || !c.idleFor(here-used)) {
			age = here
		}
		c.CreatedAt, unused = at.Add(-age), age-used
	}
	if c.idleFor(unused) {
		unused = 0
	}
	c.UsedAt = at.Add(-unused)
	return c
}

// canBe reports whether an open session can be so old.
func (c Clocks) canBe(age time.Duration) bool { return c.Max == 0 || age <= c.Max }

// idleFor reports whether a session that was unused for so long has ended.
func (c Clocks) idleFor(unused time.Duration) bool { return c.Idle > 0 && unused > c.Idle }

// IdleLeft is how long the session stays open when nobody uses it.
func (c Clocks) IdleLeft(now time.Time) (left time.Duration, known bool) {
	return timeLeft(c.UsedAt, c.Idle, now)
}

// MaxLeft is how long the session stays open at most.
func (c Clocks) MaxLeft(now time.Time) (left time.Duration, known bool) {
	return timeLeft(c.CreatedAt, c.Max, now)
}

// IdleLate reports whether four fifths of the time that the session may be
// unused are over.
func (c Clocks) IdleLate(now time.Time) bool { return late(c.UsedAt, c.Idle, now) }

// MaxLate reports whether four fifths of the session's time are over.
func (c Clocks) MaxLate(now time.Time) bool { return late(c.CreatedAt, c.Max, now) }

// timeLeft is what is left of a time that began to run, never less than nothing.
func timeLeft(began time.Time, limit time.Duration, now time.Time) (time.Duration, bool) {
	if began.IsZero() || limit <= 0 {
		return 0, false
	}
	return min(max(0, limit-now.Sub(began)), limit), true
}

func late(began time.Time, limit time.Duration, now time.Time) bool {
	rest, known := timeLeft(began, limit, now)
	return known && rest <= limit/5
}

// learn takes what is known of new clocks. A use is never taken back.
func (c *Clocks) learn(news Clocks) {
	used := c.UsedAt
	if news != (Clocks{}) {
		*c = news
	}
	c.use(used)
}

// use notes that the session was used.
func (c *Clocks) use(at time.Time) {
	if at.After(c.UsedAt) {
		c.UsedAt = at
	}
}

// Over reports whether one of the clocks has run out, so that the session must
// have ended by itself unless somebody used it.
func (c Clocks) Over(now time.Time) bool {
	idle, idleKnown := c.IdleLeft(now)
	most, mostKnown := c.MaxLeft(now)
	return idleKnown && idle == 0 || mostKnown && most == 0
}
