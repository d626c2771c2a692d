//! Cancelling a Workshop: it stays as a page that says so, and every calendar is told.

use crate::error::{Error, Result};
use crate::journal::{Act, Tx};
use crate::people::Reader;
use crate::values;
use crate::workshops::kinds::Workshops;
use crate::workshops::mails::{Letter, Letterhead, send, tell_changed};
use crate::workshops::rules::may_edit;
use crate::workshops::{MAILS_AT_ONCE, Standing, WorkshopId, facilitator_ids, members_standing, workshop};

/// Cancels a Workshop that has not ended.
pub struct CancelWorkshop {
    pub by: Reader,
    pub workshop: WorkshopId,
    pub head: Letterhead,
}

impl Act for CancelWorkshop {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let old = workshop(tx, &self.by, self.workshop).await?;
        may_edit(&self.by, old.space, &facilitator_ids(tx, old.id).await?)?;
        if old.cancelled_at.is_some() {
            return Ok(());
        }
        if old.is_over(tx.now()) {
            return Err(Error::conflict("wrong-workshop-over"));
        }
        let sql = "UPDATE workshop SET cancelled_at = $2, version = version + 1, sequence = sequence + 1, told_sequence = sequence + 1,
                       ended_at = CASE WHEN step > 0 THEN $2 ELSE ended_at END, deadline = NULL, remaining = NULL, moves = moves + 1 WHERE id = $1";
        tx.write(sql, values![old.id, tx.now()]).await?;
        tx.record(self.by.id().map(|by| by.0), &Workshops::Cancelled { workshop: old.id.0, space: old.space }).await?;
        for member in members_standing(tx, old.id, Standing::Waiting, MAILS_AT_ONCE as u64).await? {
            send(tx, &self.head, old.id, member, Letter::Cancelled).await?;
        }
        tell_changed(tx, &self.head, old.id, old.sequence + 1, Letter::Cancelled, MAILS_AT_ONCE).await.map(|_| ())
    }
}
