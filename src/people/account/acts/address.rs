//! Another address: asked for, confirmed by whoever gets mail there, undone by whoever gets mail at the old one.

use sea_orm::FromQueryResult;

use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::limits;
use crate::mail::{self, Outgoing};
use crate::people::account::events::{AccountEvent, By, note};
use crate::people::kinds::People;
use crate::people::{EndSession, MemberId, SessionId, fold_email};
use crate::{secret, values};

/// A change of address, as far as it has come.
#[derive(Clone, Debug, FromQueryResult)]
pub struct AddressChange {
    pub id: i64,
    pub member: MemberId,
    pub old_email: Option<String>,
    pub new_email: String,
}

const CHANGE: &str = "SELECT c.id, c.member, c.old_email, c.new_email FROM address_change c JOIN member m ON m.id = c.member";

/// The change that a link confirms, while it can be confirmed.
///
/// # Errors
/// [`Error::Gone`] for a link that was used, is older than a day or never was one.
pub async fn to_confirm(db: &impl Reads, token: &str, now: Instant) -> Result<AddressChange> {
    let sql = format!("{CHANGE} WHERE c.confirm_hash = $1 AND c.done_at IS NULL AND c.asked_at > $2 AND m.erased_at IS NULL AND m.suspended_at IS NULL");
    db.one(&sql, values![secret::hashed(token), now.minus(limits::LINK)]).await?.ok_or(Error::Gone)
}

/// The change that a link undoes, while it can be undone.
///
/// # Errors
/// As [`to_confirm`], after a week.
pub async fn to_undo(db: &impl Reads, token: &str, now: Instant) -> Result<AddressChange> {
    let sql = format!("{CHANGE} WHERE c.undo_hash = $1 AND c.undone_at IS NULL AND c.done_at > $2 AND m.erased_at IS NULL AND m.suspended_at IS NULL");
    db.one(&sql, values![secret::hashed(token), now.minus(limits::ADDRESS_UNDO)]).await?.ok_or(Error::Gone)
}

/// What a Member still has to confirm.
pub async fn pending(db: &impl Reads, member: MemberId, now: Instant) -> Result<Option<AddressChange>> {
    let sql = format!("{CHANGE} WHERE c.member = $1 AND c.done_at IS NULL AND c.asked_at > $2 ORDER BY c.id DESC LIMIT 1");
    db.one(&sql, values![member, now.minus(limits::LINK)]).await
}

/// Asks for another address. Whether it has an account already is said only to whoever gets its mail.
pub struct AskAddress {
    pub by: MemberId,
    pub session: Option<SessionId>,
    pub email: String,
    pub token: String,
    /// With the link, to the new address.
    pub mail: Outgoing,
}

impl Act for AskAddress {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let email: Option<String> = tx.value::<Option<String>>("SELECT email FROM member WHERE id = $1 AND erased_at IS NULL", values![self.by]).await?.ok_or(Error::NotFound)?;
        if email.as_deref().map(fold_email) == Some(fold_email(&self.email)) {
            return Err(Error::field("email", "wrong-email-same"));
        }
        tx.write("DELETE FROM address_change WHERE member = $1 AND done_at IS NULL", values![self.by]).await?;
        tx.write(
            "INSERT INTO address_change (member, old_email, new_email, confirm_hash, asked_at) VALUES ($1, $2, $3, $4, $5)",
            values![self.by, email, self.email.clone(), secret::hashed(&self.token), tx.now()],
        )
        .await?;
        mail::queue(tx, &self.mail).await?;
        note(tx, self.by, AccountEvent::AddressAsked, By::Session(self.session)).await?;
        tx.record(Some(self.by.0), &People::AddressMoved { member: self.by.0 }).await.map(|_| ())
    }
}

/// Makes the new address the Member's own.
pub struct ConfirmAddress {
    pub token: String,
    pub undo_token: String,
    pub program: String,
    /// To the old address with the link that undoes it, and to the new one.
    pub mails: Vec<Outgoing>,
}

impl Act for ConfirmAddress {
    type Answer = ();

    /// # Errors
    /// [`Error::Conflict`] when the address has another account.
    async fn run(&self, tx: &Tx) -> Result<()> {
        let change = to_confirm(tx, &self.token, tx.now()).await?;
        move_to(tx, change.member, &change.new_email).await?;
        let done = "UPDATE address_change SET done_at = $2, undo_hash = $3 WHERE id = $1";
        tx.write(done, values![change.id, tx.now(), secret::hashed(&self.undo_token)]).await?;
        for mail in &self.mails {
            mail::queue(tx, mail).await?;
        }
        note(tx, change.member, AccountEvent::AddressChanged, By::Program(&self.program)).await?;
        tx.record(Some(change.member.0), &People::AddressMoved { member: change.member.0 }).await.map(|_| ())
    }
}

/// Links that were mailed to the address before work no longer.
async fn move_to(tx: &Tx, member: MemberId, email: &str) -> Result<()> {
    let folded = fold_email(email);
    let taken = "SELECT id FROM member WHERE email_folded = $1 AND id <> $2";
    if tx.value::<i64>(taken, values![folded.clone(), member]).await?.is_some() {
        return Err(Error::conflict("wrong-email-taken"));
    }
    tx.write("UPDATE member SET email = $2, email_folded = $3 WHERE id = $1", values![member, email, folded]).await?;
    tx.write("DELETE FROM link WHERE member = $1", values![member]).await.map(|_| ())
}

/// Takes it back. Whoever changed the address may have had the password, too: it goes, and every session ends.
pub struct UndoAddress {
    pub token: String,
    pub program: String,
}

impl Act for UndoAddress {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let change = to_undo(tx, &self.token, tx.now()).await?;
        let member = change.member;
        let Some(old) = &change.old_email else { return Err(Error::Gone) };
        move_to(tx, member, old).await?;
        tx.write("UPDATE member SET password_hash = NULL WHERE id = $1", values![member]).await?;
        tx.write("UPDATE address_change SET undone_at = $2 WHERE id = $1", values![change.id, tx.now()]).await?;
        tx.write("DELETE FROM address_change WHERE member = $1 AND done_at IS NULL", values![member]).await?;
        end_sessions(tx, member, None).await?;
        note(tx, member, AccountEvent::AddressUndone, By::Program(&self.program)).await?;
        tx.record(Some(member.0), &People::AddressMoved { member: member.0 }).await.map(|_| ())
    }
}

async fn end_sessions(tx: &Tx, by: MemberId, keep: Option<SessionId>) -> Result<()> {
    let keep = keep.map_or(0, |session| session.0);
    // An account has a handful; what is past a thousand stays for the next time.
    let sessions: Vec<SessionId> = tx.column("SELECT id FROM session WHERE member = $1 AND id <> $2 ORDER BY id LIMIT 200", values![by, keep]).await?;
    for session in sessions {
        EndSession { by, session }.run(tx).await?;
    }
    Ok(())
}

/// Ends every session but the one at hand.
pub struct EndOtherSessions {
    pub by: MemberId,
    pub keep: Option<SessionId>,
}

impl Act for EndOtherSessions {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        end_sessions(tx, self.by, self.keep).await
    }
}
