//! Workshops as the texts have them: their times relative to now, who registers and who comes, what happens in the room,
//! the minutes. Boards are those of the room where the meeting has begun, and stand in the Space where they are filled
//! beforehand.

mod happens;
mod minutes;
mod people;
mod plan;

use chrono::{Duration, DurationRound, NaiveTime};
use serde::Deserialize;

use super::boards::BoardText;
use super::roster::Roster;
use super::step::Timed;
use super::texts;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::workshops::{ActivityKind, Letterhead, Meant, Start, meant};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkshopText {
    pub key: String,
    pub title: String,
    pub description: String,
    pub space: String,
    pub language: String,
    /// Who leads it; the first schedules it.
    pub facilitators: Vec<String>,
    /// Days from now, as `-30d`, when it was scheduled.
    pub scheduled: String,
    /// Days from today, as `-7d`, or `now`: it runs.
    pub starts: String,
    /// Local time, as `10:00`; none where it runs now.
    #[serde(default)]
    pub hour: String,
    pub zone: chrono_tz::Tz,
    pub minutes: i64,
    /// Meetings of a weekly row; each has people of its own.
    #[serde(default = "once")]
    pub weeks: i64,
    /// 0: as many as come.
    pub capacity: i64,
    /// How many registered in the end, those who wait included.
    pub registered: usize,
    /// Who came to the first meeting.
    #[serde(default)]
    pub came: Vec<String>,
    /// Others who surely registered.
    #[serde(default)]
    pub people: Vec<String>,
    /// Who registered last.
    #[serde(default)]
    pub waiting: Vec<String>,
    /// Added to the description once its Board is there; `{board}` is its address.
    #[serde(default)]
    pub beforehand: String,
    /// The file of its minutes; none: they are not written (yet).
    #[serde(default)]
    pub minutes_file: String,
    #[serde(rename = "activity")]
    pub activities: Vec<ActivityText>,
    #[serde(default)]
    pub said: Vec<SaidText>,
    #[serde(default, rename = "hand")]
    pub hands: Vec<HandText>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ActivityText {
    pub kind: ActivityKind,
    pub title: String,
    pub minutes: i64,
    #[serde(flatten)]
    pub board: BoardText,
}

/// A line of the chat, so many minutes after the room was opened.
#[derive(Clone, Debug, Deserialize)]
pub struct SaidText {
    pub by: String,
    pub minute: i64,
    pub text: String,
}

/// A raised hand, and when its owner had spoken; none: it is up.
#[derive(Clone, Debug, Deserialize)]
pub struct HandText {
    pub by: String,
    pub minute: i64,
    pub spoken: Option<i64>,
}

#[derive(Deserialize)]
struct Workshops {
    workshop: Vec<WorkshopText>,
}

/// How long ago the room that is open now was opened.
const RUNNING: Duration = Duration::minutes(38);

fn once() -> i64 {
    1
}

/// Every Workshop of the texts.
pub fn steps(roster: &Roster, began: Instant, head: &Letterhead) -> Result<Vec<Timed>> {
    let Workshops { workshop } = texts::toml("workshops.toml")?;
    let mut steps = Vec::new();
    for text in workshop {
        steps.extend(plan::steps(roster, text, began, head)?);
    }
    Ok(steps)
}

impl WorkshopText {
    fn wrong(&self, what: impl std::fmt::Display) -> Error {
        Error::bug(format!("the demo's Workshop {}: {what}", self.key))
    }

    /// Days as `-30d`.
    fn days(&self, text: &str) -> Result<Duration> {
        text.trim_end_matches('d').parse().map(Duration::days).map_err(|_| self.wrong(text))
    }

    /// When its first meeting begins: on a day from today by its own zone's wall clock; what runs began on time, or some
    /// minutes late.
    fn start(&self, began: Instant) -> Result<Start> {
        let local = if self.starts == "now" {
            let opened = began.minus(RUNNING).in_zone(self.zone).naive_local();
            opened.duration_trunc(Duration::minutes(5)).map_err(|e| self.wrong(e))?
        } else {
            let hour = NaiveTime::parse_from_str(&self.hour, "%H:%M").map_err(|e| self.wrong(e))?;
            (began.date_in(self.zone) + self.days(&self.starts)?).and_time(hour)
        };
        match meant(local, self.zone) {
            Meant::Once(at) => Ok(Start { local, zone: self.zone, is_second: false, at }),
            // The one that is over before now, if it runs.
            Meant::Twice { first, second } => {
                let is_second = self.starts == "now" && second <= began;
                Ok(Start { local, zone: self.zone, is_second, at: if is_second { second } else { first } })
            }
            Meant::Never { .. } => Err(self.wrong("the clocks skip its hour")),
        }
    }
}
