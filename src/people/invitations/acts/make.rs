//! An invitation by a link, and its link made anew.

use super::{For, add_link, changed, insert};
use crate::error::{Error, Result};
use crate::journal::{Act, FormKey, Reads, Tx};
use crate::people::MemberId;
use crate::people::invitations::{InvitationId, Offer};
use crate::values;

/// Makes an invitation that several people come by. The same form sent again makes no second one, but its link anew: the
/// first is known to nobody if its answer was lost.
pub struct MakeInvitation {
    pub by: MemberId,
    pub offer: Offer,
    /// How many may come by it.
    pub uses: i64,
    /// Random; stored hashed.
    pub token: String,
    pub key: FormKey,
}

impl Act for MakeInvitation {
    type Answer = InvitationId;

    async fn run(&self, tx: &Tx) -> Result<InvitationId> {
        if let Some(known) = tx.already(self.by.0, &self.key).await? {
            let invitation = InvitationId(known);
            RemakeLink { by: self.by, invitation, token: self.token.clone() }.run(tx).await?;
            return Ok(invitation);
        }
        let id = insert(tx, self.by, &self.offer, For::Several(self.uses), &self.token).await?;
        tx.done(self.by.0, &self.key, id.0).await?;
        Ok(id)
    }
}

/// Makes the link of an invitation for several people anew: the one before no longer works.
pub struct RemakeLink {
    pub by: MemberId,
    pub invitation: InvitationId,
    pub token: String,
}

impl Act for RemakeLink {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let id = self.invitation;
        let rows = tx.rows("SELECT withdrawn_at FROM member_invitation WHERE id = $1 AND list IS NULL", values![id]).await?;
        let row = rows.first().ok_or(Error::NotFound)?;
        if row.try_get_by_index::<Option<i64>>(0)?.is_some() {
            return Err(Error::conflict("wrong-invitation-withdrawn"));
        }
        tx.write("DELETE FROM member_invitation_token WHERE invitation = $1", values![id]).await?;
        add_link(tx, id, &self.token).await?;
        changed(tx, self.by, id).await
    }
}
