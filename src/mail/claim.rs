//! Claiming rows of the outbox and saying how they ended: books, each its own transaction.

use sea_orm::FromQueryResult;

use super::retry::{LEASE, Outcome, TOO_OLD, next_attempt};
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Act, Reads, Tx};
use crate::values;

/// Rows claimed at once: with eight connections they end well within their lease.
const BATCH: u64 = 20;

/// A row that is ours until its lease ends.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Claimed {
    pub id: i64,
    pub dedupe: String,
    pub kind: String,
    pub member: Option<i64>,
    pub message: String,
    pub created_at: Instant,
    pub send_at: Instant,
    pub attempts: i64,
}

impl Claimed {
    /// Whether it waited so long before its first attempt that it belongs to the past.
    pub fn is_past(&self, now: Instant) -> bool {
        self.attempts == 1 && now.since(self.send_at) > TOO_OLD
    }
}

/// Whether there is anything to claim: asked first, so that a quiet site writes nothing.
pub async fn is_due(db: &impl Reads, now: Instant) -> Result<bool> {
    let waiting = "SELECT id FROM outbox WHERE state = 'waiting' AND send_at <= $1 LIMIT 1";
    let lost = "SELECT id FROM outbox WHERE state = 'sending' AND leased_until < $1 LIMIT 1";
    Ok(db.value::<i64>(waiting, values![now]).await?.is_some() || db.value::<i64>(lost, values![now]).await?.is_some())
}

/// Takes what is due, oldest first. A lease that ran out means that its holder died: nobody can tell whether the mail was
/// accepted, so it waits again, and says so.
pub struct Claim;

impl Act for Claim {
    type Answer = Vec<Claimed>;

    async fn run(&self, tx: &Tx) -> Result<Vec<Claimed>> {
        tx.write(
            "UPDATE outbox SET state = 'waiting', leased_until = NULL, last_error = 'the program stopped during an attempt; the server may have accepted the mail'
             WHERE state = 'sending' AND leased_until < $1",
            values![tx.now()],
        )
        .await?;
        tx.write_returning(
            &format!(
                "UPDATE outbox SET state = 'sending', leased_until = $2, attempts = attempts + 1 WHERE id IN
                 (SELECT id FROM outbox WHERE state = 'waiting' AND send_at <= $1 ORDER BY send_at, id LIMIT {BATCH})
                 RETURNING id, dedupe, kind, member, message, created_at, send_at, attempts"
            ),
            values![tx.now(), tx.now().plus(LEASE)],
        )
        .await
    }
}

/// How an attempt ended, said by its holder alone.
pub struct Ended {
    pub row: Claimed,
    pub outcome: Outcome,
    /// Subject, recipient and message as they were sent, where they were looked at again.
    pub sent: Option<(String, String, String)>,
}

impl Act for Ended {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let row = &self.row;
        if let Some((recipient, subject, message)) = &self.sent {
            let sql = "UPDATE outbox SET recipient = $3, subject = $4, message = $5 WHERE id = $1 AND attempts = $2 AND state = 'sending'";
            tx.write(sql, values![row.id, row.attempts, recipient.clone(), subject.clone(), message.clone()]).await?;
        }
        let (state, why, again) = match &self.outcome {
            Outcome::Sent => ("sent", None, None),
            Outcome::Kept => ("kept", None, None),
            Outcome::Dropped => ("dropped", None, None),
            Outcome::Failed(why) => ("failed", Some(why.clone()), None),
            Outcome::Later(why) => match next_attempt(row.attempts, tx.now()) {
                Some(at) => ("waiting", Some(why.clone()), Some(at)),
                None => ("failed", Some(why.clone()), None),
            },
        };
        tx.write(
            "UPDATE outbox SET state = $3, last_error = $4, send_at = $5, leased_until = NULL WHERE id = $1 AND attempts = $2 AND state = 'sending'",
            values![row.id, row.attempts, state, why, again.unwrap_or(row.send_at)],
        )
        .await
        .map(|_| ())
    }
}
