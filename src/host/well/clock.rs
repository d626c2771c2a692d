//! Whether the clock can be believed: it is compared with the time that passed since the start, with the last entry of the
//! journal, and with the database server's own.

use chrono::Duration;
use sea_orm::DbBackend;

use super::{Check, Line, Looked, unread};
use crate::clock::Instant;
use crate::error::Say;
use crate::journal::Reads;

/// Differences up to this are no fault: what a slow answer, or a clock that is set right bit by bit, may make.
const SLACK: Duration = Duration::seconds(60);

/// The start by both clocks: the one on the wall, and one that only ever goes on.
#[derive(Clone, Copy, Debug)]
pub struct Started {
    wall: Instant,
    steady: std::time::Instant,
}

impl Started {
    pub fn new(wall: Instant) -> Self {
        Self { wall, steady: std::time::Instant::now() }
    }

    /// By how much the wall clock was moved since.
    fn moved(&self, now: Instant) -> Duration {
        let passed = Duration::from_std(self.steady.elapsed()).unwrap_or(Duration::MAX);
        now.since(self.wall).checked_sub(&passed).unwrap_or(Duration::MAX)
    }
}

/// Whether the clock was moved, or what happened lies in the future.
pub async fn look(at: &Looked<'_>) -> Line {
    let check = Check::Clock;
    if let Some(moved) = at.started.map(|started| started.moved(at.now)).filter(|moved| moved.abs() > SLACK) {
        return Line::wrong(check, Say::new("well-clock-moved").with("n", moved.num_seconds().abs()), "well-clock-do");
    }
    match at.db.value::<Instant>("SELECT at FROM journal ORDER BY id DESC LIMIT 1", vec![]).await {
        Err(error) => unread(check, &error),
        Ok(Some(last)) if last.since(at.now) > SLACK => {
            Line::wrong(check, Say::new("well-clock-future").with("n", last.since(at.now).num_minutes().max(1)), "well-clock-do")
        }
        Ok(_) if at.started.is_none() => Line::well(check, "well-clock-now"),
        Ok(_) => Line::well(check, "well-clock"),
    }
}

/// Whether the database server's clock shows the same; SQLite has none of its own.
pub async fn of_database(at: &Looked<'_>) -> Line {
    let check = Check::DatabaseClock;
    if at.db.backend() != DbBackend::Postgres {
        return Line::unknown(check, "well-database-clock-none");
    }
    let sql = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";
    match at.db.value::<i64>(sql, vec![]).await {
        Err(error) => unread(check, &error),
        Ok(None) => Line::unknown(check, "well-database-clock-none"),
        Ok(Some(micros)) => {
            let apart = Instant::from_micros(micros).since(at.now);
            if apart.abs() <= SLACK {
                return Line::well(check, "well-database-clock");
            }
            Line::wrong(check, Say::new("well-database-clock-apart").with("n", apart.num_seconds().abs()), "well-clock-do")
        }
    }
}
