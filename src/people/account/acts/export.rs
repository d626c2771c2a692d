//! All one's data, asked for and made.

use crate::error::{Error, Result};
use crate::journal::{Act, MaybeId, Reads, Tx};
use crate::limits;
use crate::mail::{self, Outgoing};
use crate::people::account::events::{AccountEvent, By, note};
use crate::people::account::job::DEAD;
use crate::people::account::queries::exports_of;
use crate::people::kinds::People;
use crate::people::{MemberId, SessionId};
use crate::values;

async fn moved(tx: &Tx, member: MemberId, actor: Option<MemberId>) -> Result<()> {
    tx.record(actor.map(|actor| actor.0), &People::ExportMoved { member: member.0 }).await.map(|_| ())
}

/// Asks for a file with all one's data. While one is being made, nothing new is asked for.
pub struct AskExport {
    pub by: MemberId,
    pub session: Option<SessionId>,
}

impl Act for AskExport {
    type Answer = ();

    /// # Errors
    /// [`Error::Invalid`] when the last one was asked for just now.
    async fn run(&self, tx: &Tx) -> Result<()> {
        if let Some(last) = exports_of(tx, self.by).await?.first() {
            if last.is_awaited() {
                return Ok(());
            }
            if last.error.is_none() && tx.now().since(last.asked_at) < limits::EXPORT_AGAIN {
                return Err(Error::field("", "wrong-export-soon"));
            }
        }
        tx.insert("INSERT INTO export (member, asked_at) VALUES ($1, $2) RETURNING id", values![self.by, tx.now()]).await?;
        note(tx, self.by, AccountEvent::ExportAsked, By::Session(self.session)).await?;
        moved(tx, self.by, Some(self.by)).await
    }
}

/// Takes one to make it; whether it was free.
pub struct BeginExport {
    pub id: i64,
    pub member: MemberId,
}

impl Act for BeginExport {
    type Answer = bool;

    async fn run(&self, tx: &Tx) -> Result<bool> {
        let free = "SELECT id FROM export WHERE id = $1 AND ready_at IS NULL AND (began_at IS NULL OR began_at < $2)";
        if tx.value::<i64>(free, values![self.id, tx.now().minus(DEAD)]).await?.is_none() {
            return Ok(false);
        }
        tx.write("UPDATE export SET began_at = $2 WHERE id = $1", values![self.id, tx.now()]).await?;
        moved(tx, self.member, None).await?;
        Ok(true)
    }
}

/// Says how one ended: its file and size, or what went wrong.
pub struct EndExport {
    pub id: i64,
    pub member: MemberId,
    pub made: Result<(String, u64), String>,
    /// Tells that it is ready.
    pub mail: Option<Outgoing>,
}

impl Act for EndExport {
    /// Whether it was still wanted.
    type Answer = bool;

    async fn run(&self, tx: &Tx) -> Result<bool> {
        if tx.value::<i64>("SELECT id FROM export WHERE id = $1", values![self.id]).await?.is_none() {
            return Ok(false);
        }
        match &self.made {
            Ok((file, bytes)) => {
                let sql = "UPDATE export SET ready_at = $2, file = $3, bytes = $4 WHERE id = $1";
                tx.write(sql, values![self.id, tx.now(), file.clone(), MaybeId(i64::try_from(*bytes).ok())]).await?;
            }
            Err(error) => drop(tx.write("UPDATE export SET error = $2 WHERE id = $1", values![self.id, error.clone()]).await?),
        }
        if let Some(mail) = &self.mail {
            mail::queue(tx, mail).await?;
        }
        moved(tx, self.member, None).await?;
        Ok(true)
    }
}

/// Forgets one whose week is over; its file went before.
pub struct DropExport {
    pub id: i64,
    pub member: MemberId,
}

impl Act for DropExport {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        tx.write("DELETE FROM export WHERE id = $1", values![self.id]).await?;
        moved(tx, self.member, None).await
    }
}
