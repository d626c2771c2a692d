//! Withdrawing an invitation: whoever came by it stays.

use super::changed;
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::people::MemberId;
use crate::people::invitations::InvitationId;
use crate::values;

/// Withdraws an invitation; a mail of it that still waits is not sent.
pub struct WithdrawInvitation {
    pub by: MemberId,
    pub invitation: InvitationId,
}

impl Act for WithdrawInvitation {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let id = self.invitation;
        let rows = tx.rows("SELECT withdrawn_at, list, used FROM member_invitation WHERE id = $1", values![id]).await?;
        let row = rows.first().ok_or(Error::NotFound)?;
        let (withdrawn, list, used): (Option<i64>, Option<i64>, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        if withdrawn.is_some() {
            return Ok(());
        }
        if list.is_some() && used > 0 {
            return Err(Error::conflict("wrong-invitation-came"));
        }
        tx.write("UPDATE member_invitation SET withdrawn_at = $2 WHERE id = $1", values![id, tx.now()]).await?;
        changed(tx, self.by, id).await
    }
}
