//! Silencing, suspending, lifting both, signing out everywhere: with a reason that is kept and told.

use sea_orm::FromQueryResult;

use crate::clock::{Instant, maybe};
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::mail::{self, Outgoing};
use crate::people::kinds::People;
use crate::people::measures::{Measure, Silence};
use crate::people::MemberId;
use crate::values;

/// Takes a measure about a Member. Only an admin may, and not about themselves: so the last admin stays one who can act.
pub struct TakeMeasure {
    pub by: MemberId,
    pub handle: String,
    pub measure: Measure,
    /// Of silence alone: from when on they write again.
    pub until: Option<Instant>,
    pub reason: String,
    /// What tells them.
    pub mail: Option<Outgoing>,
}

#[derive(FromQueryResult)]
struct Stands {
    id: MemberId,
    confirmed_at: Option<Instant>,
    suspended_at: Option<Instant>,
    silenced_at: Option<Instant>,
    silenced_until: Option<Instant>,
}

impl Act for TakeMeasure {
    type Answer = MemberId;

    async fn run(&self, tx: &Tx) -> Result<MemberId> {
        // Looked at here, not in the reader's copy: two admins may suspend each other at once.
        let may = "SELECT id FROM member WHERE id = $1 AND role = 'admin' AND suspended_at IS NULL AND erased_at IS NULL
                   AND (silenced_at IS NULL OR silenced_until <= $2)";
        if tx.value::<i64>(may, values![self.by, tx.now()]).await?.is_none() {
            return Err(Error::NotAllowed);
        }
        let sql = "SELECT id, confirmed_at, suspended_at, silenced_at, silenced_until FROM member WHERE handle = $1 AND erased_at IS NULL";
        let stands: Stands = tx.one(sql, values![self.handle.clone()]).await?.ok_or(Error::NotFound)?;
        let member = stands.id;
        if member == self.by {
            return Err(Error::conflict("wrong-measure-self"));
        }
        self.fits(&stands, tx.now())?;
        match self.measure {
            Measure::Silence => tx.write("UPDATE member SET silenced_at = $2, silenced_until = $3 WHERE id = $1", values![member, tx.now(), maybe(self.until)]).await?,
            Measure::Unsilence => tx.write("UPDATE member SET silenced_at = NULL, silenced_until = NULL WHERE id = $1", values![member]).await?,
            Measure::Suspend => tx.write("UPDATE member SET suspended_at = $2 WHERE id = $1", values![member, tx.now()]).await?,
            Measure::Reinstate => tx.write("UPDATE member SET suspended_at = NULL WHERE id = $1", values![member]).await?,
            Measure::SignOut => 0,
        };
        if matches!(self.measure, Measure::Suspend | Measure::SignOut) {
            tx.write("DELETE FROM session_use WHERE session IN (SELECT id FROM session WHERE member = $1)", values![member]).await?;
            tx.write("DELETE FROM session WHERE member = $1", values![member]).await?;
            // Whoever holds a mailed link would be in again at once.
            tx.write("DELETE FROM link WHERE member = $1 AND purpose = 'sign_in'", values![member]).await?;
        }
        if self.measure == Measure::Suspend {
            tx.write("UPDATE outbox SET state = 'dropped' WHERE member = $1 AND state = 'waiting'", values![member]).await?;
        }
        let until = maybe(self.until.filter(|_| self.measure == Measure::Silence));
        let sql = "INSERT INTO measure (member, by, kind, until, reason, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
        let measure = tx.insert(sql, values![member, self.by, self.measure, until, self.reason.clone(), tx.now()]).await?;
        tx.record(Some(self.by.0), &People::MeasureTaken { member: member.0, measure, what: self.measure }).await?;
        if let Some(mail) = &self.mail {
            mail::queue(tx, mail).await?;
        }
        Ok(member)
    }
}

impl TakeMeasure {
    /// Whether it can be taken as things stand.
    fn fits(&self, stands: &Stands, now: Instant) -> Result<()> {
        let is_silenced = Silence::stored(stands.silenced_at, stands.silenced_until, now).is_some();
        let fits = match self.measure {
            Measure::Silence => stands.suspended_at.is_none(),
            Measure::Unsilence => is_silenced,
            Measure::Suspend => stands.suspended_at.is_none(),
            Measure::Reinstate => stands.suspended_at.is_some(),
            Measure::SignOut => stands.confirmed_at.is_some(),
        };
        if !fits {
            return Err(Error::conflict("wrong-measure-state"));
        }
        if self.measure == Measure::Silence && self.until.is_some_and(|until| until <= now) {
            return Err(Error::field("until", "wrong-until-past"));
        }
        Ok(())
    }
}
