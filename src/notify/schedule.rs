//! When a digest is due: pure rules of days, hours and zones. The next moment is computed once and stored as an instant
//! together with the local date it is for; the date is what makes it once.

use chrono::{Datelike, Days, Duration, LocalResult, NaiveDate, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;

use crate::clock::Instant;

/// Days looked ahead for the next one; a week holds every weekday, one more for a date that a zone left out.
const AHEAD: u64 = 15;
/// A stored moment further ahead than this was made by a clock that has been set back since.
pub const TOO_FAR: Duration = Duration::days(9);

/// On which days, at which time of the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `None`: daily.
    pub weekday: Option<Weekday>,
    pub time: NaiveTime,
}

/// A moment and the local date it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Instant,
    pub date: NaiveDate,
}

/// What to do with a digest whose moment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Make the one of this local date.
    Now(NaiveDate),
    /// It was missed, and today's own hour is still to come: that one holds everything.
    Wait(Moment),
}

impl Rule {
    fn fits(&self, date: NaiveDate) -> bool {
        self.weekday.is_none_or(|day| day == date.weekday())
    }

    /// The instant at which clocks in `zone` first show this rule's time on `date`. A time that is skipped (clocks go
    /// forward) is the first moment after the gap; one that comes twice is the first. `None` where the whole rest of the
    /// date does not exist there (Apia, 30 December 2011).
    pub fn on(&self, date: NaiveDate, zone: Tz) -> Option<Instant> {
        let mut local = date.and_time(self.time);
        while local.date() == date {
            match zone.from_local_datetime(&local) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => return Some(Instant::from_utc(at.to_utc())),
                LocalResult::None => local += Duration::minutes(1),
            }
        }
        None
    }

    fn moment(&self, date: NaiveDate, zone: Tz) -> Option<Moment> {
        self.on(date, zone).map(|at| Moment { at, date })
    }

    /// The first moment after `now` on a local date after `last` (the date of the last digest).
    pub fn next(&self, zone: Tz, now: Instant, last: Option<NaiveDate>) -> Option<Moment> {
        let today = now.date_in(zone);
        // A last date in the far future comes from a clock that ran ahead; the unique row still guards that day.
        let last = last.filter(|last| *last <= today.checked_add_days(Days::new(1)).unwrap_or(today));
        (0..AHEAD)
            .filter_map(|days| today.checked_add_days(Days::new(days)))
            .filter(|date| self.fits(*date) && last.is_none_or(|last| *date > last))
            .filter_map(|date| self.moment(date, zone))
            .find(|moment| moment.at > now)
    }

    /// The Member moved to another zone: the planned date stays, its instant moves; if that has passed, it is due now. So
    /// a move gives neither two on one date nor none.
    pub fn moved(&self, planned: NaiveDate, zone: Tz, now: Instant, last: Option<NaiveDate>) -> Option<Moment> {
        if last.is_some_and(|last| planned <= last) {
            return self.next(zone, now, last);
        }
        match self.moment(planned, zone) {
            Some(moment) if moment.at > now => Some(moment),
            Some(_) => Some(Moment { at: now, date: planned }),
            None => self.next(zone, now, last),
        }
    }

    /// The stored moment has come. After a sleep of days there is one, for the date it is now.
    pub fn due(&self, zone: Tz, now: Instant, planned: NaiveDate, last: Option<NaiveDate>) -> Due {
        let today = now.date_in(zone);
        if planned >= today {
            return Due::Now(planned);
        }
        match self.moment(today, zone) {
            Some(moment) if self.fits(today) && moment.at > now && last.is_none_or(|last| today > last) => Due::Wait(moment),
            _ => Due::Now(today),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;
    use chrono_tz::{Africa, America, Asia, Australia, Europe, Pacific};
    use proptest::prelude::*;

    use super::*;

    const ZONES: &[Tz] = &[Europe::Madrid, America::St_Johns, Asia::Kathmandu, Africa::Casablanca, Australia::Lord_Howe, Pacific::Apia];

    fn at(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> Instant {
        Instant::from_utc(Utc.with_ymd_and_hms(year, month, day, hour, minute, 0).unwrap())
    }

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn daily(hour: u32, minute: u32) -> Rule {
        Rule { weekday: None, time: NaiveTime::from_hms_opt(hour, minute, 0).unwrap() }
    }

    /// What the planner does, without its database: looks every `step`, makes what is due.
    fn live(rule: Rule, zone: Tz, from: Instant, to: Instant, step: Duration) -> Vec<(NaiveDate, Instant)> {
        let (mut made, mut last) = (Vec::new(), None);
        let mut next = rule.next(zone, from, last).unwrap();
        let mut now = from;
        while now < to {
            if next.at <= now {
                match rule.due(zone, now, next.date, last) {
                    Due::Wait(moment) => next = moment,
                    Due::Now(date) => {
                        made.push((date, now));
                        last = Some(date);
                        next = rule.next(zone, now, last).unwrap();
                    }
                }
            }
            now = now.plus(step);
        }
        made
    }

    #[test]
    fn exactly_one_on_each_local_date_over_three_years_of_clock_changes() {
        for zone in ZONES {
            for (hour, minute) in [(1, 30), (2, 30), (0, 0), (23, 45), (8, 0)] {
                let made = live(daily(hour, minute), *zone, at(2026, 1, 1, 12, 0), at(2029, 1, 1, 12, 0), Duration::minutes(15));
                for pair in made.windows(2) {
                    assert_eq!(pair[1].0, pair[0].0.succ_opt().unwrap(), "{zone} {hour}:{minute}");
                }
                assert!(made.len() >= 1095, "{zone}: {}", made.len());
                for (date, now) in &made {
                    assert_eq!(now.date_in(*zone), *date, "{zone} {hour}:{minute}");
                }
            }
        }
    }

    #[test]
    fn an_hour_that_is_skipped_is_the_first_after_the_gap_and_one_that_comes_twice_is_the_first() {
        // Madrid, 29 March 2026: 02:00 becomes 03:00.
        assert_eq!(daily(2, 30).on(date(2026, 3, 29), Europe::Madrid), Some(at(2026, 3, 29, 1, 0)));
        // Madrid, 25 October 2026: 02:30 comes at +02:00 and again at +01:00.
        assert_eq!(daily(2, 30).on(date(2026, 10, 25), Europe::Madrid), Some(at(2026, 10, 25, 0, 30)));
        // Lord Howe moves by half an hour: 02:00 becomes 02:30 on 4 October 2026.
        assert_eq!(daily(2, 15).on(date(2026, 10, 4), Australia::Lord_Howe), Some(at(2026, 10, 3, 15, 30)));
        // Apia never had 30 December 2011.
        assert_eq!(daily(8, 0).on(date(2011, 12, 30), Pacific::Apia), None);
        let next = daily(8, 0).next(Pacific::Apia, at(2011, 12, 29, 20, 0), Some(date(2011, 12, 29))).unwrap();
        assert_eq!(next.date, date(2011, 12, 31));
    }

    #[test]
    fn weekly_comes_on_its_weekday_alone() {
        let rule = Rule { weekday: Some(Weekday::Mon), ..daily(8, 0) };
        let next = rule.next(Europe::Madrid, at(2026, 11, 24, 12, 0), None).unwrap();
        assert_eq!((next.date, next.at), (date(2026, 11, 30), at(2026, 11, 30, 7, 0)));
        assert_eq!(rule.next(Europe::Madrid, next.at, Some(next.date)).unwrap().date, date(2026, 12, 7));
    }

    #[test]
    fn moving_zone_gives_neither_two_nor_none() {
        let rule = daily(8, 0);
        let today = date(2026, 11, 24);
        // At noon in Madrid, after today's: in New York it is still before eight, yet today is done.
        let noon = at(2026, 11, 24, 11, 0);
        let planned = rule.next(Europe::Madrid, noon, Some(today)).unwrap();
        let moved = rule.moved(planned.date, America::New_York, noon, Some(today)).unwrap();
        assert_eq!((moved.date, moved.at), (date(2026, 11, 25), at(2026, 11, 25, 13, 0)));
        // At seven in Madrid, before today's: in Tokyo eight has passed, so it comes now, once.
        let seven = at(2026, 11, 24, 6, 0);
        let moved = rule.moved(today, Asia::Tokyo, seven, Some(date(2026, 11, 23))).unwrap();
        assert_eq!((moved.date, moved.at), (today, seven));
        assert_eq!(rule.due(Asia::Tokyo, seven, today, Some(date(2026, 11, 23))), Due::Now(today));
        assert_eq!(rule.next(Asia::Tokyo, seven, Some(today)).unwrap().date, date(2026, 11, 25));
    }

    #[test]
    fn after_three_days_of_sleep_there_is_one() {
        let rule = daily(8, 0);
        let (planned, last) = (date(2026, 11, 24), Some(date(2026, 11, 23)));
        // Awake at ten: one, for today.
        let ten = at(2026, 11, 27, 9, 0);
        assert_eq!(rule.due(Europe::Madrid, ten, planned, last), Due::Now(date(2026, 11, 27)));
        assert_eq!(rule.next(Europe::Madrid, ten, Some(date(2026, 11, 27))).unwrap().date, date(2026, 11, 28));
        // Awake at six: it waits for eight.
        let Due::Wait(moment) = rule.due(Europe::Madrid, at(2026, 11, 27, 5, 0), planned, last) else { panic!("not now") };
        assert_eq!(moment.at, at(2026, 11, 27, 7, 0));
    }

    #[test]
    fn a_clock_that_jumps_makes_no_storm() {
        let rule = daily(8, 0);
        let last = Some(date(2026, 11, 24));
        // An hour back after today's: tomorrow.
        assert_eq!(rule.next(Europe::Madrid, at(2026, 11, 24, 6, 30), last).unwrap().date, date(2026, 11, 25));
        // A year ahead: one, and the next is the day after.
        let later = at(2027, 11, 24, 12, 0);
        assert_eq!(rule.due(Europe::Madrid, later, date(2026, 11, 25), last), Due::Now(date(2027, 11, 24)));
        // Back again: the stored moment is too far, and a last date in the future holds nobody up.
        let next = rule.next(Europe::Madrid, at(2026, 11, 25, 12, 0), Some(date(2027, 11, 24))).unwrap();
        assert_eq!(next.date, date(2026, 11, 26));
    }

    proptest! {
        #[test]
        fn the_next_moment_is_later_on_a_later_date_and_within_its_own(zone in 0usize..6, start in 1_700_000_000i64..1_900_000_000, hour in 0u32..24, minute in 0u32..60, weekly in proptest::option::of(0u8..7)) {
            let zone = ZONES[zone];
            let rule = Rule { weekday: weekly.and_then(|day| Weekday::try_from(day).ok()), ..daily(hour, minute) };
            let now = Instant::from_micros(start * 1_000_000);
            let today = now.date_in(zone);
            let last = Some(today);
            let next = rule.next(zone, now, last).unwrap();
            prop_assert!(next.at > now);
            prop_assert!(next.date > today);
            prop_assert_eq!(next.at.date_in(zone), next.date);
            prop_assert!(next.at.since(now) <= TOO_FAR);
            for other in ZONES {
                let moved = rule.moved(next.date, *other, now, last).unwrap();
                prop_assert!(moved.at >= now && moved.date > today);
            }
        }
    }
}
