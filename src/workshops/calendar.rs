//! iCalendar (RFC 5545) and how it invites (RFC 5546): one event for one person, as calendar programs take it.

use chrono::TimeZone;
use chrono_tz::Tz;

use super::zone;
use crate::clock::Instant;
use crate::mail::Address;

/// Octets of a line before it is folded (RFC 5545, section 3.1), without the line break.
const FOLD: usize = 75;

/// What is asked of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Here is an event, or what became of it.
    Request,
    /// This person no longer takes part; the event itself goes on.
    Leave,
    /// The event will not take place.
    Cancel,
}

impl Method {
    /// The METHOD, in the body as in the MIME type.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Leave | Self::Cancel => "CANCEL",
        }
    }
}

/// One event as it is told to one person.
pub struct Invitation<'a> {
    pub method: Method,
    pub uid: &'a str,
    pub sequence: i64,
    pub stamp: Instant,
    pub starts: Instant,
    pub ends: Instant,
    pub zone: Tz,
    pub title: &'a str,
    pub description: &'a str,
    pub location: &'a str,
    pub url: &'a str,
    pub organizer: &'a Address,
    pub attendee: &'a Address,
}

impl Invitation<'_> {
    /// The whole object, folded, each line ended by CRLF.
    pub fn write(&self) -> String {
        let mut lines: Vec<String> = vec![
            "BEGIN:VCALENDAR".into(),
            "VERSION:2.0".into(),
            "PRODID:-//Plenary//Plenary//EN".into(),
            "CALSCALE:GREGORIAN".into(),
            format!("METHOD:{}", self.method.word()),
        ];
        if self.zone != Tz::UTC {
            lines.extend(zone::lines(self.zone, self.starts, self.ends));
        }
        lines.extend([
            "BEGIN:VEVENT".into(),
            format!("UID:{}", text(self.uid)),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTAMP:{}", utc(self.stamp)),
            moment("DTSTART", self.starts, self.zone),
            moment("DTEND", self.ends, self.zone),
            format!("SUMMARY:{}", text(self.title)),
            format!("DESCRIPTION:{}", text(self.description)),
            format!("LOCATION:{}", text(self.location)),
            format!("URL:{}", uri(self.url)),
            format!("ORGANIZER;CN={}:mailto:{}", parameter(&self.organizer.name), uri(&self.organizer.email)),
            format!("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN={}:mailto:{}", parameter(&self.attendee.name), uri(&self.attendee.email)),
        ]);
        match self.method {
            Method::Request => lines.extend(["STATUS:CONFIRMED".into(), "TRANSP:OPAQUE".into()]),
            Method::Cancel => lines.push("STATUS:CANCELLED".into()),
            Method::Leave => {}
        }
        lines.extend(["END:VEVENT".into(), "END:VCALENDAR".into()]);
        lines.iter().map(|line| fold(line)).collect()
    }
}

fn utc(at: Instant) -> String {
    at.utc().format("%Y%m%dT%H%M%SZ").to_string()
}

/// A moment on the wall of its zone; in UTC where the wall shows it twice and this is the second time, for a local
/// time always means the first (RFC 5545, section 3.3.5).
fn moment(name: &str, at: Instant, zone: Tz) -> String {
    let wall = at.in_zone(zone);
    let first = zone.from_local_datetime(&wall.naive_local()).earliest();
    if zone == Tz::UTC || first.is_some_and(|first| first != wall) {
        return format!("{name}:{}", utc(at));
    }
    format!("{name};TZID={zone}:{}", wall.format("%Y%m%dT%H%M%S"))
}

/// TEXT, escaped (section 3.3.11).
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A parameter's value in quotes; a quotation mark in it is written as RFC 6868 says.
fn parameter(value: &str) -> String {
    let clean: String = value.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", clean.replace('^', "^^").replace('"', "^'"))
}

fn uri(value: &str) -> String {
    value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}

/// Folds a line at 75 octets without cutting a character.
fn fold(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > FOLD {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}


#[cfg(test)]
mod tests;
