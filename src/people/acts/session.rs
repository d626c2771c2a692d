//! Sessions: one a signed-in browser, ended one by one.

use super::link::{LinkPurpose, use_link};
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::people::account::events::{AccountEvent, By, note};
use crate::people::kinds::People;
use crate::people::{MemberId, SessionId, invitations};
use crate::workshops::Letterhead;
use crate::{secret, values};

/// Opens a session for a Member whose password was right.
pub struct SignIn {
    pub member: MemberId,
    pub session_token: String,
    pub program: String,
}

/// Opens a session by the link of a mail.
pub struct SignInByLink {
    pub token: String,
    pub session_token: String,
    pub program: String,
    /// For what an invitation leads somebody into whose address is confirmed by it.
    pub head: Letterhead,
}

/// Ends a session: signing out, here or from settings.
pub struct EndSession {
    pub by: MemberId,
    pub session: SessionId,
}

/// Notes when a session was last used.
pub struct TouchSession(pub SessionId);

pub(in crate::people) async fn open_session(tx: &Tx, member: MemberId, token: &str, program: &str) -> Result<SessionId> {
    let may = "SELECT id FROM member WHERE id = $1 AND confirmed_at IS NOT NULL AND suspended_at IS NULL AND erased_at IS NULL";
    if tx.value::<i64>(may, values![member]).await?.is_none() {
        return Err(Error::NotAllowed);
    }
    let program: String = program.chars().take(200).collect();
    let sql = "INSERT INTO session (token_hash, member, program, created_at) VALUES ($1, $2, $3, $4) RETURNING id";
    let id = tx.insert(sql, values![secret::hashed(token), member, program.clone(), tx.now()]).await?;
    note(tx, member, AccountEvent::SignedIn, By::Program(&program)).await?;
    tx.record(Some(member.0), &People::SignedIn { member: member.0, session: id }).await?;
    Ok(SessionId(id))
}

impl Act for SignIn {
    type Answer = SessionId;

    async fn run(&self, tx: &Tx) -> Result<SessionId> {
        open_session(tx, self.member, &self.session_token, &self.program).await
    }
}

impl Act for SignInByLink {
    type Answer = (MemberId, SessionId);

    async fn run(&self, tx: &Tx) -> Result<(MemberId, SessionId)> {
        let member = use_link(tx, &self.token, LinkPurpose::SignIn).await?.ok_or(Error::Gone)?;
        // Whoever holds the mail has confirmed the address, too.
        let sql = "UPDATE member SET confirmed_at = $1 WHERE id = $2 AND confirmed_at IS NULL AND erased_at IS NULL";
        if tx.write(sql, values![tx.now(), member]).await? == 1 {
            tx.record(Some(member.0), &People::Confirmed { member: member.0 }).await?;
            invitations::joined(tx, member, &self.head).await?;
        }
        let session = open_session(tx, member, &self.session_token, &self.program).await?;
        Ok((member, session))
    }
}

impl Act for EndSession {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let own = "SELECT id FROM session WHERE id = $1 AND member = $2";
        if tx.value::<i64>(own, values![self.session, self.by]).await?.is_none() {
            return Err(Error::NotFound);
        }
        note(tx, self.by, AccountEvent::SessionEnded, By::Session(Some(self.session))).await?;
        tx.write("DELETE FROM session WHERE id = $1", values![self.session]).await?;
        tx.write("DELETE FROM session_use WHERE session = $1", values![self.session]).await?;
        tx.record(Some(self.by.0), &People::SignedOut { member: self.by.0, session: self.session.0 }).await.map(|_| ())
    }
}

impl Act for TouchSession {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let sql = "INSERT INTO session_use (session, used_at) VALUES ($1, $2) ON CONFLICT (session) DO UPDATE SET used_at = excluded.used_at";
        tx.write(sql, values![self.0, tx.now()]).await.map(|_| ())
    }
}

/// Ends sessions that nobody has used since a moment; answers whether there may be more.
pub struct EndStaleSessions {
    pub before: crate::clock::Instant,
}

impl Act for EndStaleSessions {
    type Answer = bool;

    async fn run(&self, tx: &Tx) -> Result<bool> {
        const BATCH: usize = 100;
        let sql = format!(
            "SELECT s.id, s.member FROM session s LEFT JOIN session_use u ON u.session = s.id
             WHERE COALESCE(u.used_at, s.created_at) < $1 ORDER BY s.id LIMIT {BATCH}"
        );
        let stale = tx.rows(&sql, values![self.before]).await?;
        for row in &stale {
            let (session, by): (SessionId, MemberId) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            EndSession { by, session }.run(tx).await?;
        }
        Ok(stale.len() == BATCH)
    }
}
