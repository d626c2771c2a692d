//! Coming by an invitation: as a Member, as somebody new by a link, as whoever it was mailed to.

use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::people::acts::open_session;
use crate::people::invitations::grant::come;
use crate::people::invitations::{Offer, joined, opened};
use crate::people::kinds::People;
use crate::people::{AddMember, Language, MemberId, Register, Role, SessionId, fold_email};
use crate::values;
use crate::workshops::Letterhead;

/// A Member accepts, by whichever link.
pub struct Accept {
    pub by: MemberId,
    pub token: String,
    pub head: Letterhead,
}

impl Act for Accept {
    type Answer = Offer;

    async fn run(&self, tx: &Tx) -> Result<Offer> {
        let open = opened(tx, &self.token, Some(self.by), tx.now()).await?;
        come(tx, &open, self.by, &self.head).await?;
        Ok(open.offer)
    }
}

/// Somebody new registers by the link of an invitation for several people: they come by it when their address is confirmed.
pub struct RegisterInvited {
    pub token: String,
    pub register: Register,
}

impl Act for RegisterInvited {
    /// `None` when the address was known.
    type Answer = Option<MemberId>;

    async fn run(&self, tx: &Tx) -> Result<Option<MemberId>> {
        let open = opened(tx, &self.token, None, tx.now()).await?;
        let new = self.register.run(tx).await?;
        // An account that was never confirmed belongs to whoever reads the mail: it comes by this invitation, too.
        let unconfirmed = "SELECT id FROM member WHERE email_folded = $1 AND confirmed_at IS NULL AND erased_at IS NULL";
        let Some(member) = tx.value::<MemberId>(unconfirmed, values![fold_email(&self.register.email)]).await? else { return Ok(new) };
        let sql = "INSERT INTO member_invitation_use (invitation, member, asked_at) VALUES ($1, $2, $3) ON CONFLICT (invitation, member) DO NOTHING";
        if tx.write(sql, values![open.id, member, tx.now()]).await? == 1 {
            tx.record(Some(member.0), &People::InvitationAsked { invitation: open.id.0, member: member.0 }).await?;
        }
        Ok(new)
    }
}

/// Whoever an invitation was mailed to accepts it: its link has shown that the address is theirs, so they are a Member at
/// once, and signed in. Where the address has an account already, it is that one.
pub struct JoinByMail {
    pub token: String,
    pub name: String,
    pub password_hash: Option<String>,
    pub language: Language,
    pub zone: chrono_tz::Tz,
    pub session_token: String,
    pub program: String,
    pub head: Letterhead,
}

impl Act for JoinByMail {
    type Answer = (MemberId, SessionId);

    async fn run(&self, tx: &Tx) -> Result<(MemberId, SessionId)> {
        let open = opened(tx, &self.token, None, tx.now()).await?;
        let Some(email) = open.email.clone() else { return Err(Error::bug("a link for several people shows no address")) };
        let rows = tx.rows("SELECT id, confirmed_at FROM member WHERE email_folded = $1 AND erased_at IS NULL", values![fold_email(&email)]).await?;
        let member = match rows.first() {
            None => self.add(tx, email).await?,
            Some(row) => {
                let (member, confirmed_at): (MemberId, Option<i64>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
                if confirmed_at.is_none() {
                    self.confirm(tx, member).await?;
                }
                member
            }
        };
        let session = open_session(tx, member, &self.session_token, &self.program).await?;
        come(tx, &open, member, &self.head).await?;
        Ok((member, session))
    }
}

impl JoinByMail {
    async fn add(&self, tx: &Tx, email: String) -> Result<MemberId> {
        let act = AddMember {
            handle: None,
            name: self.name.clone(),
            email,
            password_hash: self.password_hash.clone(),
            language: self.language,
            zone: self.zone,
            about: String::new(),
            role: Role::Member,
            is_practitioner: false,
            organisation: None,
        };
        act.run(tx).await
    }

    /// An account that was registered with this address and never confirmed may be a stranger's: name and password become
    /// those of whoever reads the mail.
    async fn confirm(&self, tx: &Tx, member: MemberId) -> Result<()> {
        let sql = "UPDATE member SET confirmed_at = $2, name = $3, password_hash = $4, language = $5, zone = $6 WHERE id = $1";
        tx.write(sql, values![member, tx.now(), self.name.clone(), self.password_hash.clone(), self.language, self.zone.name()]).await?;
        tx.record(Some(member.0), &People::Confirmed { member: member.0 }).await?;
        joined(tx, member, &self.head).await
    }
}
