//! What happens in a Workshop, and when.

use std::sync::Arc;

use chrono::Duration;

use super::happens::{AtWorkshop, Happens, meeting};
use super::people::{guests, guests_of_week};
use super::{RUNNING, WorkshopText, minutes};
use crate::clock::Instant;
use crate::error::Result;
use crate::host::demo::boards::{self, Opening, Place};
use crate::host::demo::roster::Roster;
use crate::host::demo::step::Timed;
use crate::workshops::{HandMove, Letterhead, Move, Start, weekly};

/// How long a Board that is filled beforehand has been open, and since when nobody added to it.
const OPEN: Duration = Duration::days(2);
const QUIET: Duration = Duration::hours(3);
/// Nobody registers later than this before the start, or before the demo begins.
const LATEST: Duration = Duration::minutes(20);
/// Within how much time people come in, from shortly before the room is opened.
const EARLY: Duration = Duration::minutes(3);
const ARRIVING: Duration = Duration::minutes(8);
/// How long after the end the minutes are published.
const WRITING: Duration = Duration::days(2);

/// One Workshop of the texts, or a weekly row of them.
pub fn steps(roster: &Roster, text: WorkshopText, began: Instant, head: &Letterhead) -> Result<Vec<Timed>> {
    let first = text.start(began)?;
    let starts = weekly(&first, text.weeks).map_err(|skipped| text.wrong(skipped))?;
    let guests = guests(roster, &text)?;
    let plan = Plan { text: Arc::new(text), began, head: head.clone() };
    let scheduled = began.plus(plan.text.days(&plan.text.scheduled)?);
    let mut steps = vec![plan.at(scheduled, 0, plan.lead(), Happens::Scheduled { starts: starts.clone() })];
    for (week, start) in starts.iter().enumerate() {
        let people = if week == 0 { guests.clone() } else { guests_of_week(&plan.text, &guests, week) };
        steps.extend(plan.registrations(week, start, &people, scheduled));
    }
    match plan.opened(&first) {
        Some(opened) => steps.extend(plan.meeting(roster, &first, opened)?),
        None => steps.extend(plan.beforehand(&first, &guests)?),
    }
    Ok(steps)
}

struct Plan {
    text: Arc<WorkshopText>,
    began: Instant,
    head: Letterhead,
}

impl Plan {
    fn lead(&self) -> &str {
        self.text.facilitators.first().map_or("", String::as_str)
    }

    fn at(&self, at: Instant, week: usize, by: &str, what: Happens) -> Timed {
        Timed::new(at, AtWorkshop { text: self.text.clone(), head: self.head.clone(), week, by: by.to_owned(), what })
    }

    /// When the room was opened, if that has come: what runs since so long, what is over on time.
    fn opened(&self, start: &Start) -> Option<Instant> {
        let opened = if self.text.starts == "now" { self.began.minus(RUNNING) } else { start.at };
        (opened <= self.began).then_some(opened)
    }

    /// People register one after the other, until shortly before the start or now.
    fn registrations(&self, week: usize, start: &Start, people: &[String], scheduled: Instant) -> Vec<Timed> {
        let until = start.at.min(self.began).minus(LATEST);
        let times = spread(scheduled, until, people.len());
        people.iter().zip(times).map(|(by, at)| self.at(at, week, by, Happens::Registers)).collect()
    }

    /// What happened in the room, and the minutes.
    fn meeting(&self, roster: &Roster, start: &Start, opened: Instant) -> Result<Vec<Timed>> {
        let text = &self.text;
        let minute = |minute: i64| opened.plus(Duration::minutes(minute));
        let mut steps: Vec<Timed> = Vec::new();
        for (by, at) in text.came.iter().zip(spread(opened.minus(EARLY), opened.minus(EARLY).plus(ARRIVING), text.came.len())) {
            steps.push(self.at(at, 0, by, Happens::Enters));
        }
        let mut passed = 0;
        for (place, activity) in text.activities.iter().enumerate() {
            let from = minute(passed);
            if from >= self.began {
                break;
            }
            passed += activity.minutes;
            let what = if place == 0 { Move::Start } else { Move::Next };
            steps.push(self.at(from, 0, self.lead(), Happens::Moves(what)));
            if !activity.board.cards.is_empty() {
                let until = minute(passed).min(self.began.minus(Duration::minutes(1)));
                let place_of = Place::Agenda { workshop: meeting(&text.key, 0), position: place as i64 + 1 };
                let opening = Opening { place: place_of, leads: text.facilitators.clone(), voters: text.came.clone(), from, until };
                steps.extend(boards::steps(&self.board_key(place), &activity.board, &opening)?);
            }
        }
        for (place, said) in text.said.iter().enumerate() {
            steps.push(self.at(minute(said.minute), 0, &said.by, Happens::Says { place, words: said.text.clone() }));
        }
        for hand in &text.hands {
            steps.push(self.at(minute(hand.minute), 0, &hand.by, Happens::Hand { what: HandMove::Raise, of: hand.by.clone() }));
            if let Some(spoken) = hand.spoken {
                steps.push(self.at(minute(spoken), 0, self.lead(), Happens::Hand { what: HandMove::Spoken, of: hand.by.clone() }));
            }
        }
        let ended = start.at.plus(Duration::minutes(text.minutes));
        if ended <= self.began {
            steps.push(self.at(ended, 0, self.lead(), Happens::Moves(Move::End)));
        }
        if let Some(minutes) = minutes::of(text, self.began)? {
            let published = ended.plus(WRITING);
            steps.push(self.at(published, 0, self.lead(), Happens::Published(minutes)));
            // Those of the ready links have been here since.
            let space = roster.space(&text.space);
            for person in roster.people.iter().filter(|person| person.demo.is_some() && space.is_some_and(|space| roster.may_enter(person, space))) {
                steps.push(self.at(published.plus(Duration::hours(10)), 0, &person.handle, Happens::Reads));
            }
        }
        Ok(steps)
    }

    /// Boards that are open ahead of the meeting stand in the Space; the description leads to them.
    fn beforehand(&self, start: &Start, guests: &[String]) -> Result<Vec<Timed>> {
        let text = &self.text;
        let (from, until) = (self.began.minus(OPEN), self.began.minus(QUIET));
        let mut steps = Vec::new();
        for (place, activity) in text.activities.iter().enumerate().filter(|(_, activity)| !activity.board.cards.is_empty()) {
            let place_of = Place::Space { title: activity.title.clone(), space: text.space.clone() };
            let opening = Opening { place: place_of, leads: text.facilitators.clone(), voters: guests.to_vec(), from, until };
            steps.extend(boards::steps(&self.board_key(place), &activity.board, &opening)?);
            if !text.beforehand.is_empty() {
                steps.push(self.at(from.plus(Duration::minutes(2)), 0, self.lead(), Happens::Links { board: self.board_key(place), start: start.clone() }));
            }
        }
        Ok(steps)
    }

    fn board_key(&self, place: usize) -> String {
        format!("{}-{place}", self.text.key)
    }
}

/// So many moments, evenly between two.
fn spread(from: Instant, until: Instant, amount: usize) -> Vec<Instant> {
    let span = until.since(from).num_microseconds().unwrap_or(0).max(0);
    let amount = amount as i64;
    (1..=amount).map(|place| Instant::from_micros(from.micros() + span / (amount + 1) * place)).collect()
}
