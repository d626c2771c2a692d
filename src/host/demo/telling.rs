//! Where those who tell people begin to read: what is older than a day is nobody's news.

use chrono::Duration;

use super::step::{Known, Step, Timed};
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Reads, Tx};
use crate::live::BoxFuture;
use crate::values;

/// The readers of the journal that write notices and mail.
const READERS: &[&str] = &["notify"];

/// The last step.
pub fn step(began: Instant) -> Timed {
    Timed::new(began, Position { after: began.minus(Duration::days(1)) })
}

struct Position {
    after: Instant,
}

impl Step for Position {
    fn run<'a>(&'a self, tx: &'a Tx, _known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let last: Option<i64> = tx.value("SELECT id FROM journal WHERE at <= $1 ORDER BY id DESC LIMIT 1", values![self.after]).await?;
            for reader in READERS {
                // A reader that is already at work (a test's) goes on from where it is.
                let sql = "INSERT INTO reader (name, position) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
                tx.write(sql, values![*reader, last.unwrap_or(0)]).await?;
            }
            Ok(())
        })
    }

    fn rows(&self) -> usize {
        READERS.len()
    }
}
