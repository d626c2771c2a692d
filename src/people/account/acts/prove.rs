//! Proving once more who one is: kept with the session's use, in the books.

use crate::error::{Error, Result};
use crate::journal::{Act, Tx};
use crate::people::acts::use_link;
use crate::people::{LinkPurpose, MemberId, SessionId};
use crate::values;

/// Notes that whoever holds the session proved who they are.
pub struct Prove {
    pub session: SessionId,
}

impl Act for Prove {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let sql = "INSERT INTO session_use (session, used_at, proved_at) VALUES ($1, $2, $2)
            ON CONFLICT (session) DO UPDATE SET used_at = excluded.used_at, proved_at = excluded.proved_at";
        tx.write(sql, values![self.session, tx.now()]).await.map(|_| ())
    }
}

/// The same by the link of a mail, which is used up.
pub struct ProveByLink {
    pub by: MemberId,
    pub session: SessionId,
    pub token: String,
}

impl Act for ProveByLink {
    type Answer = ();

    /// # Errors
    /// [`Error::Gone`] for a link that is somebody else's, or was used.
    async fn run(&self, tx: &Tx) -> Result<()> {
        let member = crate::people::link_member(tx, &self.token, LinkPurpose::Prove, tx.now()).await?;
        if member != Some(self.by) {
            return Err(Error::Gone);
        }
        use_link(tx, &self.token, LinkPurpose::Prove).await?;
        Prove { session: self.session }.run(tx).await
    }
}
