//! Changing a Workshop. A new time or place raises SEQUENCE and is mailed to everybody registered.

use super::schedule::{check_facilitators, store_agenda, store_facilitators};
use super::Draft;
use crate::error::{Error, Result, Say};
use crate::forum::{self, SpaceId};
use crate::journal::{Act, Tx};
use crate::people::Reader;
use crate::values;
use crate::workshops::kinds::Workshops;
use crate::workshops::mails::{Letter, Letterhead, send, tell_changed};
use crate::workshops::rules::may_edit;
use crate::workshops::{MAILS_AT_ONCE, Workshop, WorkshopId, facilitator_ids, places, workshop};

/// Changes a Workshop. Refused when it changed since the form was filled.
pub struct ChangeWorkshop {
    pub by: Reader,
    pub workshop: WorkshopId,
    /// The version the form was filled from.
    pub version: i64,
    /// Its Agenda is left alone once the room was opened: what was begun keeps its Boards.
    pub draft: Draft,
    pub head: Letterhead,
}

impl Act for ChangeWorkshop {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let old = workshop(tx, &self.by, self.workshop).await?;
        may_edit(&self.by, old.space, &facilitator_ids(tx, old.id).await?)?;
        forum::writable(old.archived_at)?;
        if old.cancelled_at.is_some() {
            return Err(Error::conflict("wrong-workshop-cancelled"));
        }
        if old.version != self.version {
            return Err(Error::conflict(Say::new("wrong-workshop-changed")));
        }
        let space = forum::space(tx, &self.by, SpaceId(old.space)).await?;
        check_facilitators(tx, &space, &self.draft.facilitators).await?;
        let is_moved = self.moves(&old);
        self.store(tx, is_moved).await?;
        store_facilitators(tx, old.id, &self.draft.facilitators).await?;
        if old.opened_at.is_none() {
            store_agenda(tx, old.id, &self.draft.agenda).await?;
        }
        let by = self.by.id();
        tx.record(by.map(|by| by.0), &Workshops::Changed { workshop: old.id.0, space: old.space }).await?;
        // A higher limit frees places.
        let promoted = places::fill(tx, old.id).await?;
        places::record_promoted(tx, by, old.id, old.space, &promoted).await?;
        for member in promoted {
            send(tx, &self.head, old.id, member, Letter::Promoted).await?;
        }
        if is_moved {
            tell_changed(tx, &self.head, old.id, old.sequence + 1, Letter::Moved, MAILS_AT_ONCE).await?;
        }
        Ok(())
    }
}

impl ChangeWorkshop {
    /// Whether time or place are others: what could change whether one comes.
    fn moves(&self, old: &Workshop) -> bool {
        let start = &self.draft.start;
        (old.starts_at, old.zone.as_str(), old.minutes, &old.link) != (start.at, start.zone.name(), self.draft.minutes, &self.draft.link)
    }

    async fn store(&self, tx: &Tx, is_moved: bool) -> Result<()> {
        let (draft, raised) = (&self.draft, i64::from(is_moved));
        tx.write(
            "UPDATE workshop SET title = $2, source = $3, html = $4, language = $5, local_start = $6, zone = $7, is_second = $8, minutes = $9,
                 starts_at = $10, ends_at = $11, capacity = $12, link = $13, version = version + 1, sequence = sequence + $14,
                 told_sequence = CASE WHEN $14 = 1 THEN sequence + 1 ELSE told_sequence END
             WHERE id = $1",
            values![
                self.workshop,
                draft.title.clone(),
                draft.source.clone(),
                draft.rendered.0.clone(),
                draft.language.clone(),
                draft.start.stored(),
                draft.start.zone.name(),
                draft.start.is_second,
                draft.minutes,
                draft.start.at,
                draft.start.at.plus(chrono::Duration::minutes(draft.minutes)),
                draft.capacity,
                draft.link.clone(),
                raised
            ],
        )
        .await
        .map(|_| ())
    }
}
