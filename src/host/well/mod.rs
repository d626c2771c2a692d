//! Is all well? Checks in plain words, each for itself: what was looked at and found well, what is wrong and what to do,
//! and what could not be looked at, which is never told as well.

mod address;
mod backups;
mod clock;
mod data;
mod disk;
mod mail;
mod release;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

pub use clock::Started;
pub use data::verify_daily;
pub use disk::{free_in, size_of};

use crate::app::Site;
use crate::clock::Instant;
use crate::error::Say;
use crate::journal::ReadDb;
use crate::settings::Settings;
use crate::word_enum;

/// How long after the start it is looked first: the server answers by then.
const FIRST: Duration = Duration::from_secs(5);
/// How often it is looked while nobody asks.
const EVERY: Duration = Duration::from_secs(600);

word_enum! {
    /// What came of a check.
    State { Well = "well", Wrong = "wrong", Unknown = "unknown" }
}

word_enum! {
    /// What is looked at; each has its title under `well-title-…`.
    Check {
        Mail = "mail",
        Backups = "backups",
        Disk = "disk",
        Address = "address",
        Sockets = "sockets",
        Secure = "secure",
        Clock = "clock",
        DatabaseClock = "database_clock",
        Integrity = "integrity",
        Readers = "readers",
        Plans = "plans",
        Release = "release",
    }
}

/// One check with what came of it, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub check: Check,
    pub state: State,
    pub says: Say,
    /// What to do, where something is wrong.
    pub todo: Option<Say>,
}

impl Line {
    fn well(check: Check, says: impl Into<Say>) -> Self {
        Self { check, state: State::Well, says: says.into(), todo: None }
    }

    fn wrong(check: Check, says: impl Into<Say>, todo: impl Into<Say>) -> Self {
        Self { check, state: State::Wrong, says: says.into(), todo: Some(todo.into()) }
    }

    fn unknown(check: Check, says: impl Into<Say>) -> Self {
        Self { check, state: State::Unknown, says: says.into(), todo: None }
    }
}

/// What the checks look at: a running site, or one that rests and is looked at from the terminal.
pub struct Looked<'a> {
    pub settings: &'a Settings,
    pub db: &'a ReadDb,
    pub now: Instant,
    /// When the program started; none where it is looked at from the terminal.
    pub started: Option<&'a Started>,
}

/// Looks at everything now, in the order in which it is told.
pub async fn look(at: &Looked<'_>) -> Vec<Line> {
    let (mail, backups, (address, sockets), database_clock) = tokio::join!(mail::look(at), backups::look(at), address::look(at), clock::of_database(at));
    let (integrity, readers, plans) = tokio::join!(data::integrity(at), data::readers(at), data::plans(at));
    vec![
        mail,
        backups,
        disk::look(at).await,
        address,
        sockets,
        address::secure(at),
        clock::look(at).await,
        database_clock,
        integrity,
        readers,
        plans,
        release::look(at),
    ]
}

/// What a query that failed leaves to say.
fn unread(check: Check, error: &crate::Error) -> Line {
    Line::unknown(check, Say::new("well-database-away").with("detail", error))
}

/// When the program started, and what was found when it was looked last.
#[derive(Debug)]
pub struct Well {
    pub started: Started,
    last: Mutex<Option<(Instant, Vec<Line>)>>,
}

impl Well {
    pub fn new(now: Instant) -> Self {
        Self { started: Started::new(now), last: Mutex::default() }
    }

    /// How many things were wrong when it was looked last; none before that.
    pub fn wrongs(&self) -> i64 {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().map_or(0, |(_, lines)| lines.iter().filter(|line| line.state == State::Wrong).fold(0, |sum, _| sum + 1))
    }
}

/// Looks now, and remembers it for the admins' home.
pub async fn look_at(site: &Site) -> Vec<Line> {
    let lines = look(&Looked { settings: &site.settings, db: &site.db, now: site.now(), started: Some(&site.well.started) }).await;
    *site.well.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((site.now(), lines.clone()));
    lines
}

/// Looks again and again until the program stops; once a day the database is verified.
pub async fn watch(site: Site) {
    let mut pause = FIRST;
    loop {
        tokio::select! {
            () = site.stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = EVERY;
        if let Err(error) = verify_daily(&site).await {
            tracing::warn!("verify: {error}");
        }
        look_at(&site).await;
    }
}
