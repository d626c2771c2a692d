//! Decisions without I/O: who may do what in a Workshop, how its clock moves, what a form may hold.

use chrono::Duration;

use super::Move;
use crate::clock::Instant;
use crate::error::{Error, Result, Say, Wrong};
use crate::forum::{self, Space};
use crate::limits;
use crate::people::{MemberId, Reader};

/// Activities of one Agenda.
pub const STEPS: usize = 8;
/// Minutes of a Workshop, and of an Activity: a working day, and then some.
pub const LONGEST: i64 = 12 * 60;
/// Weekly meetings scheduled in one go: a year of them.
pub const WEEKS: i64 = 52;
/// Places of a Workshop.
pub const PLACES: i64 = 10_000;
/// Facilitators of a Workshop.
pub const FACILITATORS: usize = 12;
/// What "+2 minutes" adds.
pub const ADDED: Duration = Duration::minutes(2);
/// How long past its planned end a room that nobody ended still counts as running.
pub const OVERTIME: Duration = Duration::hours(6);
/// How long before its start a Workshop's page offers the room as the first thing.
pub const DOORS: Duration = Duration::minutes(30);

/// Who may schedule: Practitioners where they may start Topics, and whoever keeps order there.
pub fn may_schedule(reader: &Reader, space: &Space) -> Result<()> {
    forum::allows(reader, space.place(), space.may_schedule)
}

/// Who may change and cancel: its facilitators, and whoever keeps order in its Space.
pub fn may_edit(reader: &Reader, space: i64, facilitators: &[MemberId]) -> Result<()> {
    reader.signed_in()?;
    if leads(reader, facilitators) || reader.moderates(space) { Ok(()) } else { Err(Error::NotAllowed) }
}

/// Whether the reader is one of its facilitators; any of them may take over at any time.
pub fn leads(reader: &Reader, facilitators: &[MemberId]) -> bool {
    reader.id().is_some_and(|id| facilitators.contains(&id))
}

/// Where a room stands: the server's clock, moved by facilitators alone. The end of a deadline moves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomClock {
    /// The Activity, from 1; 0 before the first.
    pub step: i64,
    pub opened_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    /// When the Activity should be over; `None` while paused.
    pub deadline: Option<Instant>,
    /// Microseconds that were left (or over) when it was paused.
    pub remaining: Option<i64>,
}

impl RoomClock {
    pub const BEFORE: Self = Self { step: 0, opened_at: None, ended_at: None, deadline: None, remaining: None };

    pub fn is_running(&self) -> bool {
        self.step > 0 && self.ended_at.is_none()
    }

    pub fn is_paused(&self) -> bool {
        self.is_running() && self.remaining.is_some()
    }

    /// Microseconds left of the Activity, negative when it is over time.
    pub fn left(&self, now: Instant) -> i64 {
        self.remaining.or(self.deadline.map(|deadline| deadline.micros() - now.micros())).unwrap_or(0)
    }

    fn at_step(self, step: i64, minutes: &[i64], now: Instant) -> Self {
        let length = usize::try_from(step - 1).ok().and_then(|at| minutes.get(at)).copied().unwrap_or(0);
        let opened_at = self.opened_at.or(Some(now));
        Self { step, opened_at, ended_at: None, deadline: Some(now.plus(Duration::minutes(length))), remaining: None }
    }
}

/// The clock after a facilitator's move. `minutes` are those of the Activities.
pub fn moved(clock: RoomClock, what: Move, minutes: &[i64], now: Instant) -> Result<RoomClock> {
    let last = minutes.len() as i64;
    let refused = || Error::conflict("workshop-move-refused");
    match what {
        Move::Start if clock.step == 0 && last > 0 => Ok(clock.at_step(1, minutes, now)),
        Move::Next if clock.is_running() && clock.step < last => Ok(clock.at_step(clock.step + 1, minutes, now)),
        // Ended by mistake: the last Activity again.
        Move::Back if clock.ended_at.is_some() => Ok(clock.at_step(clock.step, minutes, now)),
        Move::Back if clock.step > 1 => Ok(clock.at_step(clock.step - 1, minutes, now)),
        Move::Add if clock.is_paused() => Ok(RoomClock { remaining: Some(clock.left(now).max(0) + micros(ADDED)), ..clock }),
        Move::Add if clock.is_running() => {
            let from = clock.deadline.unwrap_or(now).max(now);
            Ok(RoomClock { deadline: Some(from.plus(ADDED)), ..clock })
        }
        Move::Pause if clock.is_running() && !clock.is_paused() => {
            Ok(RoomClock { deadline: None, remaining: Some(clock.left(now)), ..clock })
        }
        Move::Resume if clock.is_paused() => {
            let deadline = Instant::from_micros(now.micros() + clock.left(now));
            Ok(RoomClock { deadline: Some(deadline), remaining: None, ..clock })
        }
        Move::End if clock.is_running() => Ok(RoomClock { ended_at: Some(now), deadline: None, remaining: None, ..clock }),
        _ => Err(refused()),
    }
}

fn micros(span: Duration) -> i64 {
    span.num_microseconds().unwrap_or(0)
}

/// Minutes and seconds as a clock shows them: `04:12`, `−00:24` when it is over time.
pub fn clock_face(left: i64) -> String {
    let seconds = left.abs() / 1_000_000;
    let sign = if left < 0 && seconds > 0 { "−" } else { "" };
    format!("{sign}{:02}:{:02}", seconds / 60, seconds % 60)
}

/// How many of those waiting get a place.
pub fn free_places(capacity: i64, registered: i64, waiting: i64) -> i64 {
    if capacity == 0 { waiting } else { (capacity - registered).clamp(0, waiting) }
}

/// A number in a form, within its bounds.
pub fn checked_number(field: &'static str, text: &str, least: i64, most: i64) -> Result<i64, Wrong> {
    let number = text.trim().parse::<i64>().ok().filter(|number| (least..=most).contains(number));
    let say = Say::new("wrong-number").with("least", least).with("most", most);
    number.ok_or(Wrong { field, say })
}

/// The address of a call: http or https, or nothing.
pub fn checked_link(text: &str) -> Result<String, Wrong> {
    let text = text.trim();
    let is_address = ["https://", "http://"].iter().any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| rest.contains('.') || rest.starts_with("localhost")));
    let is_clean = text.chars().all(|c| !c.is_whitespace() && !c.is_control()) && text.len() <= limits::SHORT_TEXT;
    if text.is_empty() || (is_address && is_clean) {
        return Ok(text.to_owned());
    }
    Err(Wrong { field: "link", say: "wrong-link".into() })
}

/// A line of chat or a card's length of words.
pub fn checked_words(field: &'static str, text: &str) -> Result<String, Wrong> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if !text.chars().any(|c| !c.is_whitespace() && !c.is_control()) {
        return Err(Wrong { field, say: "wrong-body-empty".into() });
    }
    if text.chars().count() > limits::SHORT_TEXT {
        return Err(Wrong { field, say: Say::new("wrong-too-long").with("limit", limits::SHORT_TEXT) });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> Instant {
        Instant::from_micros(minute * 60_000_000)
    }

    #[test]
    fn a_room_goes_through_its_agenda_by_hand_alone() {
        let minutes = [10, 20];
        let first = moved(RoomClock::BEFORE, Move::Start, &minutes, at(0)).unwrap();
        assert_eq!((first.step, first.deadline, first.opened_at), (1, Some(at(10)), Some(at(0))));
        // Over time: nothing has moved.
        assert_eq!(first.left(at(13)), -micros(Duration::minutes(3)));
        let added = moved(first, Move::Add, &minutes, at(13)).unwrap();
        assert_eq!(added.deadline, Some(at(15)));
        let second = moved(added, Move::Next, &minutes, at(14)).unwrap();
        assert_eq!((second.step, second.deadline), (2, Some(at(34))));
        assert!(moved(second, Move::Next, &minutes, at(15)).is_err());
        let paused = moved(second, Move::Pause, &minutes, at(24)).unwrap();
        assert_eq!(paused.left(at(999)), micros(Duration::minutes(10)));
        let goes_on = moved(paused, Move::Resume, &minutes, at(50)).unwrap();
        assert_eq!(goes_on.deadline, Some(at(60)));
        let ended = moved(goes_on, Move::End, &minutes, at(60)).unwrap();
        assert!(!ended.is_running());
        let again = moved(ended, Move::Back, &minutes, at(61)).unwrap();
        assert_eq!((again.step, again.is_running(), again.opened_at), (2, true, Some(at(0))));
    }

    #[test]
    fn a_clock_shows_what_is_left() {
        assert_eq!(clock_face(252_000_000), "04:12");
        assert_eq!(clock_face(-24_000_000), "−00:24");
        assert_eq!(clock_face(5_400_000_000), "90:00");
        assert_eq!(clock_face(-1), "00:00");
    }

    #[test]
    fn places_are_filled_up_to_the_limit() {
        assert_eq!(free_places(2, 1, 5), 1);
        assert_eq!(free_places(2, 3, 5), 0);
        assert_eq!(free_places(0, 300, 5), 5);
        assert_eq!(free_places(10, 1, 2), 2);
    }

    #[test]
    fn a_link_is_an_address_or_nothing() {
        for good in ["", "https://meet.example.org/room?x=1", " http://call.example "] {
            assert!(checked_link(good).is_ok(), "{good}");
        }
        for bad in ["meet.example.org", "javascript:alert(1)", "https://a b.example", "https://"] {
            assert!(checked_link(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        /// Whatever is pressed in whatever order, a room is at an Activity of its Agenda, and it runs or is paused, never both.
        #[test]
        fn a_clock_is_always_one_that_can_be(moves in proptest::collection::vec(0..Move::ALL.len(), 0..40), minutes in proptest::collection::vec(1i64..90, 1..8)) {
            let mut clock = RoomClock::BEFORE;
            for (turn, what) in moves.into_iter().enumerate() {
                if let Ok(next) = moved(clock, Move::ALL[what], &minutes, at(turn as i64)) {
                    clock = next;
                }
                prop_assert!((0..=minutes.len() as i64).contains(&clock.step));
                prop_assert_eq!(clock.opened_at.is_some(), clock.step > 0);
                prop_assert_eq!(clock.deadline.is_some() ^ clock.remaining.is_some(), clock.is_running());
            }
        }
    }
}
