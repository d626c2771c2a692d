//! Inviting the people of a pasted list, each by a mail of their own; and sending one again.

use super::{For, add_link, changed, insert};
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::mail;
use crate::people::invitations::grant::grant;
use crate::people::invitations::mails::Letter;
use crate::people::invitations::{InvitationId, InvitationListId, Invitee, Offer, one};
use crate::people::{MemberId, fold_email};
use crate::values;
use crate::workshops::Letterhead;

/// Invites some people of a list. Whoever is a Member already gets what the invitation says, and no mail; whoever was invited
/// already and has not come is left out.
pub struct Invite {
    pub by: MemberId,
    /// The list they belong to; `None` for a new one.
    pub list: Option<InvitationListId>,
    /// Each with what they are offered, and the token of their link (random; stored hashed).
    pub people: Vec<(Invitee, Offer, String)>,
    pub letter: Letter,
    pub head: Letterhead,
}

/// What became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Invited {
    pub list: Option<InvitationListId>,
    pub mailed: i64,
    pub members: i64,
}

impl Act for Invite {
    type Answer = Invited;

    async fn run(&self, tx: &Tx) -> Result<Invited> {
        let mut invited = Invited { list: self.list, ..Invited::default() };
        for (invitee, offer, token) in &self.people {
            let folded = fold_email(&invitee.email);
            let known = "SELECT id FROM member WHERE email_folded = $1 AND confirmed_at IS NOT NULL AND suspended_at IS NULL AND erased_at IS NULL";
            if let Some(member) = tx.value::<MemberId>(known, values![folded.clone()]).await? {
                grant(tx, Some(self.by), offer, member, &self.head).await?;
                invited.members += 1;
                continue;
            }
            let open = "SELECT id FROM member_invitation WHERE email_folded = $1 AND used = 0 AND withdrawn_at IS NULL AND ends_at > $2 LIMIT 1";
            if tx.value::<i64>(open, values![folded, tx.now()]).await?.is_some() {
                continue;
            }
            let list = match invited.list {
                Some(list) => list,
                None => {
                    let sql = "INSERT INTO member_invitation_list (made_by, created_at) VALUES ($1, $2) RETURNING id";
                    let list = InvitationListId(tx.insert(sql, values![self.by, tx.now()]).await?);
                    invited.list = Some(list);
                    list
                }
            };
            let id = insert(tx, self.by, offer, For::One(list, invitee), token).await?;
            send(tx, &self.letter, id, token).await?;
            invited.mailed += 1;
        }
        Ok(invited)
    }
}

/// Writes the mail of an invitation to one person, and counts it.
async fn send(tx: &Tx, letter: &Letter, id: InvitationId, token: &str) -> Result<()> {
    let to = one(tx, id).await?.ok_or(Error::NotFound)?;
    let sql = "UPDATE member_invitation SET mails = mails + 1, mailed_at = $2 WHERE id = $1";
    tx.write(sql, values![id, tx.now()]).await?;
    let mail = letter.write(tx, &to, to.mails + 1, token).await?;
    mail::queue(tx, &mail).await.map(|_| ())
}

/// Mails an invitation again, with a link of its own; the ones before stay good.
pub struct Resend {
    pub by: MemberId,
    pub invitation: InvitationId,
    pub token: String,
    pub letter: Letter,
}

impl Act for Resend {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let id = self.invitation;
        let to = one(tx, id).await?.filter(|to| to.list.is_some()).ok_or(Error::NotFound)?;
        match () {
            () if to.withdrawn_at.is_some() => return Err(Error::conflict("wrong-invitation-withdrawn")),
            () if to.used > 0 => return Err(Error::conflict("wrong-invitation-came")),
            () if to.ends_at <= tx.now() => return Err(Error::conflict("wrong-invitation-over")),
            () => {}
        }
        add_link(tx, id, &self.token).await?;
        send(tx, &self.letter, id, &self.token).await?;
        changed(tx, self.by, id).await
    }
}
