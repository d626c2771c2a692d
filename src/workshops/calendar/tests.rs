//! Each case beside a golden file, and read back by a parser that is not ours.

use icalendar::{Calendar, CalendarComponent, Component, Event};
use proptest::prelude::*;

use super::*;
use crate::workshops::when::parse;

fn at(text: &str) -> Instant {
    Instant::from_utc(parse(text).unwrap().and_utc())
}

fn address(name: &str, email: &str) -> Address {
    Address { name: name.into(), email: email.into() }
}

struct Case {
    organizer: Address,
    attendee: Address,
    description: String,
}

impl Case {
    fn new() -> Self {
        Self {
            organizer: address("Network of Human Rights Cities", "plenary@example.org"),
            attendee: address("Zoë \"Zo\" Ångström, Graz", "zoe@graz.example"),
            description: "Bring a story; we share three, then we write.\nОткрытые двери для всех, кто не приходит, и для тех, кто приходит первый раз.\n\nhttps://plenary.example.org/workshops/7/room".into(),
        }
    }

    fn of(&self, method: Method, sequence: i64, starts: &str, ends: &str, zone: Tz) -> String {
        Invitation {
            method,
            uid: "abc-123@plenary.example.org",
            sequence,
            stamp: at("2026-11-24T18:03"),
            starts: at(starts),
            ends: at(ends),
            zone,
            title: "Doors, that stay; open",
            description: &self.description,
            location: "https://meet.example.org/doors",
            url: "https://plenary.example.org/workshops/7",
            organizer: &self.organizer,
            attendee: &self.attendee,
        }
        .write()
    }
}

/// Compares with a golden file; `PLENARY_WRITE_GOLDEN=1` writes it anew, to be looked at before it is committed.
#[track_caller]
fn is_golden(name: &str, text: &str) {
    let file = format!("{}/src/workshops/calendar/golden/{name}.ics", env!("CARGO_MANIFEST_DIR"));
    if std::env::var("PLENARY_WRITE_GOLDEN").is_ok() {
        std::fs::create_dir_all(std::path::Path::new(&file).parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "{name}");
}

/// The event as another program reads it.
fn read(text: &str) -> (Calendar, Event) {
    let calendar: Calendar = text.parse().unwrap();
    let event = calendar.components.iter().find_map(|part| if let CalendarComponent::Event(event) = part { Some(event.clone()) } else { None });
    (calendar, event.unwrap())
}

#[test]
fn an_invitation_a_change_and_both_kinds_of_cancelling_are_as_the_golden_files_say() {
    let case = Case::new();
    let (starts, ends) = ("2026-11-27T13:00", "2026-11-27T14:30");
    let vienna = chrono_tz::Europe::Vienna;
    is_golden("request", &case.of(Method::Request, 0, starts, ends, vienna));
    is_golden("changed", &case.of(Method::Request, 1, "2026-11-27T15:00", "2026-11-27T16:30", vienna));
    is_golden("leave", &case.of(Method::Leave, 2, starts, ends, vienna));
    is_golden("cancel", &case.of(Method::Cancel, 3, starts, ends, vienna));
    is_golden("utc", &case.of(Method::Request, 0, starts, ends, Tz::UTC));
    is_golden("south", &case.of(Method::Request, 0, "2027-01-12T08:00", "2027-01-12T09:00", chrono_tz::Australia::Lord_Howe));
}

#[test]
fn another_program_reads_what_was_meant() {
    let case = Case::new();
    let text = case.of(Method::Request, 4, "2026-11-27T13:00", "2026-11-27T14:30", chrono_tz::Europe::Vienna);
    let (calendar, event) = read(&text);
    assert_eq!(calendar.property_value("METHOD"), Some("REQUEST"));
    assert_eq!(event.get_uid(), Some("abc-123@plenary.example.org"));
    assert_eq!(event.get_sequence(), Some(4));
    assert_eq!(event.get_summary(), Some("Doors, that stay; open"));
    assert_eq!(event.get_description(), Some(case.description.as_str()));
    let starts = event.properties().get("DTSTART").unwrap();
    assert_eq!((starts.value(), starts.params().get("TZID").map(|zone| zone.value())), ("20261127T140000", Some("Europe/Vienna")));
    let attendee = event.properties().get("ATTENDEE").or_else(|| event.multi_properties().get("ATTENDEE").and_then(|all| all.first())).unwrap();
    assert_eq!(attendee.value(), "mailto:zoe@graz.example");
    let parameter = |name: &str| attendee.params().get(name).map(|found| found.value().trim_matches('"'));
    assert_eq!((parameter("PARTSTAT"), parameter("RSVP")), (Some("ACCEPTED"), Some("FALSE")));
    // The zone it names is in it.
    assert!(calendar.components.iter().any(|part| !matches!(part, CalendarComponent::Event(_))));
}

#[test]
fn leaving_is_for_one_person_and_says_nothing_of_the_events_state() {
    let case = Case::new();
    let leave = case.of(Method::Leave, 2, "2026-11-27T13:00", "2026-11-27T14:30", chrono_tz::Europe::Vienna);
    let cancel = case.of(Method::Cancel, 3, "2026-11-27T13:00", "2026-11-27T14:30", chrono_tz::Europe::Vienna);
    assert!(leave.contains("METHOD:CANCEL\r\n") && !leave.contains("STATUS:"));
    assert!(cancel.contains("METHOD:CANCEL\r\n") && cancel.contains("STATUS:CANCELLED\r\n"));
    let organizer = |text: &str| text.lines().find(|line| line.starts_with("ORGANIZER")).map(str::to_owned);
    assert_eq!(organizer(&leave), organizer(&cancel));
    assert_eq!(leave.matches("ATTENDEE").count(), 1);
}

#[test]
fn the_second_of_two_equal_hours_is_told_in_utc() {
    let case = Case::new();
    let first = case.of(Method::Request, 0, "2026-10-25T00:30", "2026-10-25T01:30", chrono_tz::Europe::Vienna);
    assert!(first.contains("DTSTART;TZID=Europe/Vienna:20261025T023000\r\n") && first.contains("DTEND:20261025T013000Z\r\n"));
    let second = case.of(Method::Request, 0, "2026-10-25T01:30", "2026-10-25T02:30", chrono_tz::Europe::Vienna);
    assert!(second.contains("DTSTART:20261025T013000Z\r\n") && second.contains("DTEND;TZID=Europe/Vienna:20261025T033000\r\n"));
}

proptest! {
    #[test]
    fn no_line_is_longer_than_75_octets_and_none_is_cut_inside_a_character(title in "[^\\r\\n\\x00]{0,300}", name in ".{0,60}") {
        let organizer = address("Plenary", "plenary@example.org");
        let attendee = address(&name, "a@b.example");
        let invitation = Invitation {
            method: Method::Request, uid: "u@h", sequence: 0, stamp: at("2026-11-24T18:03"), starts: at("2026-11-27T13:00"), ends: at("2026-11-27T14:30"),
            zone: chrono_tz::Asia::Tokyo, title: &title, description: &title, location: "", url: "https://h", organizer: &organizer, attendee: &attendee,
        };
        let text = invitation.write();
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {}", line.len(), line);
            prop_assert!(!line.contains('\n') && !line.contains('\r'));
        }
        let unfolded = text.replace("\r\n ", "");
        let summary = unfolded.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
        let mut back = String::new();
        let mut chars = summary.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() { Some('n') => back.push('\n'), Some(c) => back.push(c), None => {} },
                c => back.push(c),
            }
        }
        let meant: String = title.chars().filter(|c| !c.is_control()).collect();
        prop_assert_eq!(back, meant);
    }
}
