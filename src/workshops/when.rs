//! When a Workshop is: local time in a named zone as it was meant, and the instant that follows from it.

use chrono::{Datelike, Duration, LocalResult, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

use crate::clock::{Instant, YEARS};
use crate::web::Words;

/// How a local start is stored: minutes are as fine as people meet.
const LOCAL: &str = "%Y-%m-%dT%H:%M";
/// The finest step in which a clock change is looked for around an hour that was skipped.
const STEP: Duration = Duration::minutes(15);
/// The longest skipped stretch known is a whole day (Samoa, 30 December 2011).
const STEPS: usize = 200;

/// What a local time in a zone can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    Once(Instant),
    /// The clocks go back over it.
    Twice { first: Instant, second: Instant },
    /// The clocks skip it; these are as far into the hour before and after.
    Never { before: NaiveDateTime, after: NaiveDateTime },
}

/// What was typed, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    pub local: NaiveDateTime,
    pub zone: Tz,
    /// The second of two, where an hour happens twice.
    pub is_second: bool,
    pub at: Instant,
}

impl Start {
    /// As it is stored.
    pub fn stored(&self) -> String {
        self.local.format(LOCAL).to_string()
    }
}

/// Reads `2027-03-28T14:00`, within [`YEARS`].
pub fn parse(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, LOCAL).ok().filter(|local| YEARS.contains(&local.year()))
}

/// What `local` means in `zone`.
pub fn meant(local: NaiveDateTime, zone: Tz) -> Meant {
    let instant = |at: chrono::DateTime<Tz>| Instant::from_utc(at.to_utc());
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => Meant::Once(instant(at)),
        LocalResult::Ambiguous(one, other) => {
            let (one, other) = (instant(one), instant(other));
            Meant::Twice { first: one.min(other), second: one.max(other) }
        }
        LocalResult::None => {
            let gap = offset_near(local, zone, STEP) - offset_near(local, zone, -STEP);
            Meant::Never { before: local - gap, after: local + gap }
        }
    }
}

/// The offset in force on one side of a skipped time.
fn offset_near(local: NaiveDateTime, zone: Tz, step: Duration) -> Duration {
    let mut at = local;
    for _ in 0..STEPS {
        at += step;
        if let Some(found) = zone.from_local_datetime(&at).earliest() {
            return Duration::seconds(i64::from(found.offset().fix().local_minus_utc()));
        }
    }
    Duration::zero()
}

/// The starts of `count` weekly meetings, the first included, each at the same hour on the wall. An hour that happens
/// twice is the first one (only the first meeting's was asked for); one that is skipped is the error.
pub fn weekly(first: &Start, count: i64) -> Result<Vec<Start>, NaiveDateTime> {
    (0..count.max(1))
        .map(|week| {
            if week == 0 {
                return Ok(first.clone());
            }
            let local = first.local + Duration::weeks(week);
            let at = match meant(local, first.zone) {
                Meant::Once(at) | Meant::Twice { first: at, .. } => at,
                Meant::Never { .. } => return Err(local),
            };
            Ok(Start { local, at, zone: first.zone, is_second: false })
        })
        .collect()
}

/// "Friday 27 November 2026, 14:00–15:30 (Europe/Vienna)".
pub fn span(words: Words, starts: Instant, ends: Instant, zone: Tz) -> String {
    let day = words.day(starts, zone);
    format!("{day}, {}–{} ({zone})", words.hour(starts, zone), words.hour(ends, zone))
}

/// Whether two zones show another hour at a moment.
pub fn differ(at: Instant, one: Tz, other: Tz) -> bool {
    at.in_zone(one).naive_local() != at.in_zone(other).naive_local()
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America, Australia, Europe, Pacific};
    use proptest::prelude::*;

    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        parse(text).unwrap()
    }

    fn utc(text: &str) -> Instant {
        Instant::from_utc(local(text).and_utc())
    }

    #[test]
    fn an_ordinary_hour_means_one_instant() {
        assert_eq!(meant(local("2026-11-27T14:00"), Europe::Vienna), Meant::Once(utc("2026-11-27T13:00")));
    }

    #[test]
    fn a_skipped_hour_offers_the_one_before_and_the_one_after() {
        let never = |at: &str, zone, before: &str, after: &str| {
            assert_eq!(meant(local(at), zone), Meant::Never { before: local(before), after: local(after) }, "{at} {zone}");
        };
        never("2027-03-28T02:30", Europe::Vienna, "2027-03-28T01:30", "2027-03-28T03:30");
        never("2027-03-14T02:00", America::Toronto, "2027-03-14T01:00", "2027-03-14T03:00");
        // Half an hour on Lord Howe, a whole day on Samoa.
        never("2026-10-04T02:15", Australia::Lord_Howe, "2026-10-04T01:45", "2026-10-04T02:45");
        never("2011-12-30T10:00", Pacific::Apia, "2011-12-29T10:00", "2011-12-31T10:00");
    }

    #[test]
    fn an_hour_that_happens_twice_is_two_instants() {
        let meant = meant(local("2026-10-25T02:30"), Europe::Vienna);
        assert_eq!(meant, Meant::Twice { first: utc("2026-10-25T00:30"), second: utc("2026-10-25T01:30") });
    }

    #[test]
    fn weekly_meetings_stay_at_their_hour_through_clock_changes() {
        let first = |at: &str, zone: Tz| match meant(local(at), zone) {
            Meant::Once(instant) => Start { local: local(at), zone, is_second: false, at: instant },
            other => panic!("{other:?}"),
        };
        let starts = weekly(&first("2026-10-19T10:00", Europe::Athens), 2).unwrap();
        assert_eq!(starts[1].at, utc("2026-10-26T08:00"));
        assert_eq!(starts[1].at.since(starts[0].at), Duration::hours(7 * 24 + 1));
        let south = weekly(&first("2026-09-28T10:00", Australia::Sydney), 2).unwrap();
        assert_eq!(south[1].at.since(south[0].at), Duration::hours(7 * 24 - 1));
        assert_eq!(weekly(&first("2027-03-21T02:30", Europe::Vienna), 3), Err(local("2027-03-28T02:30")));
    }

    proptest! {
        #[test]
        fn offers_exist_and_instants_show_the_hour_that_was_typed(minutes in 0i64..525_600 * 3, zone in 0..chrono_tz::TZ_VARIANTS.len()) {
            let zone = chrono_tz::TZ_VARIANTS[zone];
            let typed = local("2025-01-01T00:00") + Duration::minutes(minutes);
            match meant(typed, zone) {
                Meant::Once(at) => prop_assert_eq!(at.in_zone(zone).naive_local(), typed),
                Meant::Twice { first, second } => {
                    prop_assert!(first < second);
                    prop_assert_eq!(first.in_zone(zone).naive_local(), typed);
                    prop_assert_eq!(second.in_zone(zone).naive_local(), typed);
                }
                Meant::Never { before, after } => {
                    prop_assert!(before < typed && typed < after);
                    for offer in [before, after] {
                        let exists = !matches!(meant(offer, zone), Meant::Never { .. });
                        prop_assert!(exists, "{}", offer);
                    }
                }
            }
        }
    }
}
