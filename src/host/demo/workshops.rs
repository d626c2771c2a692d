//! Workshops as the texts have them: their times relative to now, their Agendas, and the Boards of their brainstorms.

use chrono::{Duration, NaiveTime, TimeZone};
use serde::Deserialize;

use super::boards::{self, BoardText, Opening};
use super::roster::Roster;
use super::step::Timed;
use super::texts;
use crate::clock::Instant;
use crate::error::{Error, Result};

#[derive(Clone, Debug, Deserialize)]
pub struct WorkshopText {
    pub key: String,
    pub space: String,
    pub facilitators: Vec<String>,
    /// Days from today, as `-7d`, or `now`: it runs.
    pub starts: String,
    /// Local time, as `10:00`; none where it runs now.
    pub hour: String,
    pub zone: chrono_tz::Tz,
    #[serde(rename = "activity")]
    pub activities: Vec<ActivityText>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ActivityText {
    pub title: String,
    pub minutes: i64,
    #[serde(flatten)]
    pub board: BoardText,
}

#[derive(Deserialize)]
struct Workshops {
    workshop: Vec<WorkshopText>,
}

/// How long ago the one that runs now began, and how long a Board that is open for days has been so.
const RUNNING: Duration = Duration::minutes(38);
const OPEN: Duration = Duration::days(2);

pub fn steps(roster: &Roster, began: Instant) -> Result<Vec<Timed>> {
    let Workshops { workshop } = texts::toml("workshops.toml")?;
    let mut steps = Vec::new();
    for text in &workshop {
        steps.extend(boards_of(roster, text, began)?);
    }
    Ok(steps)
}

/// The Boards of its brainstorms that have cards: during its time if that has come, else open for days ahead of it.
fn boards_of(roster: &Roster, text: &WorkshopText, began: Instant) -> Result<Vec<Timed>> {
    let starts = text.starts_at(began)?;
    let mut steps = Vec::new();
    let mut minute = 0;
    for (place, activity) in text.activities.iter().enumerate() {
        let from = starts.plus(Duration::minutes(minute));
        minute += activity.minutes;
        if activity.board.cards.is_empty() {
            continue;
        }
        let until = from.plus(Duration::minutes(activity.minutes)).min(began.minus(Duration::minutes(1)));
        let (from, until) = if starts > began { (began.minus(OPEN), began.minus(Duration::hours(3))) } else { (from, until) };
        let opening = Opening { title: activity.title.clone(), space: text.space.clone(), leads: text.facilitators.clone(), from, until };
        steps.extend(boards::steps(roster, &format!("{}-{place}", text.key), &activity.board, &opening)?);
    }
    Ok(steps)
}

impl WorkshopText {
    /// When it begins: on a day from today by its own zone's wall clock.
    pub fn starts_at(&self, began: Instant) -> Result<Instant> {
        let wrong = || Error::bug(format!("the demo's Workshop {}: starts {} at {}", self.key, self.starts, self.hour));
        if self.starts == "now" {
            return Ok(began.minus(RUNNING));
        }
        let days: i64 = self.starts.trim_end_matches('d').parse().map_err(|_| wrong())?;
        let hour = NaiveTime::parse_from_str(&self.hour, "%H:%M").map_err(|_| wrong())?;
        let date = began.date_in(self.zone) + Duration::days(days);
        let local = self.zone.from_local_datetime(&date.and_time(hour)).earliest().ok_or_else(wrong)?;
        Ok(Instant::from_utc(local.to_utc()))
    }
}
