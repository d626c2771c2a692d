//! What people are told when the demo begins: the last day's news, and some digests that are due; nobody is told of what
//! is older.

use chrono::{Duration, Timelike};

use super::roster::{PersonText, Roster};
use super::step::{Known, Step, Timed};
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Act, Reads, Tx};
use crate::live::BoxFuture;
use crate::notify::{Choice, Frequency, SetMailChoice, replan};
use crate::people::MemberId;
use crate::values;

/// The readers of the journal that write notices and mail.
const READERS: &[&str] = &["notify"];
/// One in so many has a digest that is due, gets one daily, or wants none.
const DUE: usize = 17;
const DAILY: usize = 5;
const NONE: usize = 11;

pub fn steps(roster: &Roster, began: Instant) -> Vec<Timed> {
    let mut steps = vec![Timed::new(began, Position { after: began.minus(Duration::days(1)) })];
    for (place, person) in roster.people.iter().enumerate() {
        let by = person.handle.clone();
        if person.demo.is_some() || place % DUE == 0 {
            steps.push(Timed::new(began.minus(Duration::hours(3)), Chooses { by, choice: due(person, began) }));
            continue;
        }
        let daily = Choice { kind: Frequency::Daily, hour: 7, ..Choice::default() };
        let choice = match (place % DAILY, place % NONE) {
            (0, _) => daily,
            (_, 0) => Choice { kind: Frequency::None, ..daily },
            _ => Choice::default(),
        };
        steps.push(Timed::new(began.minus(Duration::minutes(1)), Chooses { by, choice }));
    }
    steps
}

/// Daily, at an hour of their own clock that has just passed today.
fn due(person: &PersonText, began: Instant) -> Choice {
    let hour = i64::from(began.in_zone(person.zone).hour());
    Choice { kind: Frequency::Daily, hour: (hour - 2).max(0), ..Choice::default() }
}

struct Chooses {
    by: String,
    choice: Choice,
}

impl Step for Chooses {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let member = MemberId(known.id("member", &self.by)?);
            // Who chooses what is the default has nothing to save, only a next digest to be planned.
            if self.choice == Choice::default() {
                return replan(tx, member, false).await;
            }
            SetMailChoice { member, choice: self.choice }.run(tx).await
        })
    }

    fn rows(&self) -> usize {
        4
    }
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
