//! Confirming an address: the account is one from then on, and the browser is signed in.

use super::link::{LinkPurpose, use_link};
use super::session::open_session;
use crate::error::{Error, Result};
use crate::journal::{Act, Tx};
use crate::people::kinds::People;
use crate::people::{MemberId, SessionId, invitations};
use crate::values;
use crate::workshops::Letterhead;

/// Uses up the link of the confirmation mail.
pub struct Confirm {
    pub token: String,
    pub session_token: String,
    pub program: String,
    /// For what an invitation leads them into.
    pub head: Letterhead,
}

impl Act for Confirm {
    type Answer = (MemberId, SessionId);

    async fn run(&self, tx: &Tx) -> Result<(MemberId, SessionId)> {
        let member = use_link(tx, &self.token, LinkPurpose::Confirm).await?.ok_or(Error::Gone)?;
        let sql = "UPDATE member SET confirmed_at = $1 WHERE id = $2 AND confirmed_at IS NULL AND erased_at IS NULL";
        if tx.write(sql, values![tx.now(), member]).await? == 1 {
            tx.record(Some(member.0), &People::Confirmed { member: member.0 }).await?;
            invitations::joined(tx, member, &self.head).await?;
        }
        let session = open_session(tx, member, &self.session_token, &self.program).await?;
        Ok((member, session))
    }
}
