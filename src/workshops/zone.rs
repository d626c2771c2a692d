//! VTIMEZONE (RFC 5545, section 3.6.5) written from the zone data itself, for the years that an event needs.

use chrono::{Datelike, Duration, NaiveDate, Offset, TimeZone};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

use crate::clock::Instant;

/// What a zone's clocks show from a moment on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    offset: Duration,
    is_summer: bool,
    name: String,
}

fn rule(zone: Tz, at: Instant) -> Rule {
    let offset = zone.offset_from_utc_datetime(&at.utc().naive_utc());
    Rule {
        offset: Duration::seconds(i64::from(offset.fix().local_minus_utc())),
        is_summer: offset.dst_offset() != Duration::zero(),
        name: offset.abbreviation().unwrap_or_default().to_owned(),
    }
}

/// Every change between two moments: when, and what is shown before and after.
fn changes(zone: Tz, from: Instant, to: Instant) -> Vec<(Instant, Rule, Rule)> {
    let mut found = Vec::new();
    let (mut at, mut before) = (from, rule(zone, from));
    while at < to {
        let next = at.plus(Duration::days(1));
        let after = rule(zone, next);
        if after != before {
            // By halves down to the second.
            let (mut low, mut high) = (at, next);
            while high.since(low) > Duration::seconds(1) {
                let middle = low.plus(high.since(low) / 2);
                if rule(zone, middle) == before { low = middle } else { high = middle }
            }
            let second = Instant::from_micros((high.micros() / 1_000_000) * 1_000_000);
            found.push((second, before.clone(), after.clone()));
            before = after;
        }
        at = next;
    }
    found
}

/// The lines of a VTIMEZONE that is right from the year before `from` to the year after `to`.
pub fn lines(zone: Tz, from: Instant, to: Instant) -> Vec<String> {
    let year = |at: Instant, more: i32| {
        let day = NaiveDate::from_ymd_opt(at.utc().year() + more, 1, 1).unwrap_or_default();
        Instant::from_utc(day.and_time(chrono::NaiveTime::MIN).and_utc())
    };
    let (begin, end) = (year(from, -1), year(to, 2));
    let first = rule(zone, begin);
    let mut lines = vec!["BEGIN:VTIMEZONE".into(), format!("TZID:{zone}")];
    observance(&mut lines, "19700101T000000", &first.offset, &first);
    for (at, before, after) in changes(zone, begin, end) {
        let wall = at.utc().naive_utc() + before.offset;
        observance(&mut lines, &wall.format("%Y%m%dT%H%M%S").to_string(), &before.offset, &after);
    }
    lines.push("END:VTIMEZONE".into());
    lines
}

fn observance(lines: &mut Vec<String>, start: &str, before: &Duration, after: &Rule) {
    let kind = if after.is_summer { "DAYLIGHT" } else { "STANDARD" };
    lines.push(format!("BEGIN:{kind}"));
    lines.push(format!("DTSTART:{start}"));
    lines.push(format!("TZOFFSETFROM:{}", offset(before)));
    lines.push(format!("TZOFFSETTO:{}", offset(&after.offset)));
    if !after.name.is_empty() {
        lines.push(format!("TZNAME:{}", after.name));
    }
    lines.push(format!("END:{kind}"));
}

fn offset(span: &Duration) -> String {
    let seconds = span.num_seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (seconds.abs() / 3600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    if rest == 0 { format!("{sign}{hours:02}{minutes:02}") } else { format!("{sign}{hours:02}{minutes:02}{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::from_utc(super::super::when::parse(text).unwrap().and_utc())
    }

    #[test]
    fn vienna_changes_twice_a_year_at_the_right_second() {
        let found = changes(chrono_tz::Europe::Vienna, at("2026-01-01T00:00"), at("2027-01-01T00:00"));
        let moments: Vec<Instant> = found.iter().map(|(moment, ..)| *moment).collect();
        assert_eq!(moments, [at("2026-03-29T01:00"), at("2026-10-25T01:00")]);
        assert!(found[0].2.is_summer && !found[1].2.is_summer);
        assert_eq!(found[0].2.name, "CEST");
    }

    #[test]
    fn a_zone_without_changes_has_one_observance() {
        let lines = lines(chrono_tz::Asia::Tokyo, at("2026-06-01T00:00"), at("2026-06-01T00:00"));
        assert_eq!(lines.iter().filter(|line| line.starts_with("BEGIN:STANDARD")).count(), 1);
        assert!(lines.contains(&"TZOFFSETTO:+0900".to_owned()));
    }

    #[test]
    fn halves_of_an_hour_and_the_south_are_told_rightly() {
        let lines = lines(chrono_tz::Australia::Lord_Howe, at("2026-06-01T00:00"), at("2026-06-01T00:00"));
        assert!(lines.contains(&"TZOFFSETFROM:+1030".to_owned()) && lines.contains(&"TZOFFSETTO:+1100".to_owned()));
        assert_eq!(offset(&Duration::minutes(-210)), "-0330");
    }
}
