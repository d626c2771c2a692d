//! An account on its way out: asked for, taken back, and the steps in which it is done.

use crate::app::{ERASERS, TABLES};
use crate::error::{Error, Result};
use crate::journal::{Act, OnErase, Reads, Table, Tx};
use crate::limits;
use crate::mail::{self, Outgoing};
use crate::people::account::events::{AccountEvent, By, note};
use crate::people::kinds::People;
use crate::people::{MemberId, Role, SessionId};
use crate::values;
use sea_orm::DbBackend;

/// Rows that one act touches at most.
const BATCH: u64 = 500;

/// Asks for one's account to be erased after the time to change one's mind.
pub struct AskErasure {
    pub by: MemberId,
    pub session: Option<SessionId>,
    /// Whether one's words go, too; else they stay without a name.
    pub words: bool,
    /// Tells when, and how to take it back.
    pub mail: Option<Outgoing>,
}

impl Act for AskErasure {
    type Answer = ();

    /// # Errors
    /// [`Error::Invalid`] for the last admin.
    async fn run(&self, tx: &Tx) -> Result<()> {
        not_last_admin(tx, self.by).await?;
        let sql = "INSERT INTO erasure (member, words, asked_at, due_at) VALUES ($1, $2, $3, $4) ON CONFLICT (member) DO NOTHING";
        let is_new = tx.write(sql, values![self.by, self.words, tx.now(), tx.now().plus(limits::ERASURE)]).await? == 1;
        note(tx, self.by, AccountEvent::ErasureAsked, By::Session(self.session)).await?;
        if let Some(mail) = self.mail.as_ref().filter(|_| is_new) {
            mail::queue(tx, mail).await?;
        }
        tx.record(Some(self.by.0), &People::ErasureMoved { member: self.by.0 }).await.map(|_| ())
    }
}

/// Somebody has to look after the site.
pub async fn not_last_admin(tx: &impl Reads, member: MemberId) -> Result<()> {
    let role: Option<Role> = tx.value("SELECT role FROM member WHERE id = $1", values![member]).await?;
    let others = "SELECT id FROM member WHERE role = 'admin' AND id <> $1 AND confirmed_at IS NOT NULL AND erased_at IS NULL AND suspended_at IS NULL LIMIT 1";
    if role == Some(Role::Admin) && tx.value::<i64>(others, values![member]).await?.is_none() {
        return Err(Error::field("", "wrong-last-admin"));
    }
    Ok(())
}

/// Takes it back, as long as it has not begun.
pub struct CancelErasure {
    pub by: MemberId,
    pub session: Option<SessionId>,
}

impl Act for CancelErasure {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        if tx.write("DELETE FROM erasure WHERE member = $1", values![self.by]).await? == 1 {
            note(tx, self.by, AccountEvent::ErasureCancelled, By::Session(self.session)).await?;
        }
        tx.record(Some(self.by.0), &People::ErasureMoved { member: self.by.0 }).await.map(|_| ())
    }
}

/// The first step: the account is nobody's any more. Nobody can sign in, the name is gone wherever it stood.
pub struct Unname {
    pub member: MemberId,
}

impl Act for Unname {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        tx.write("DELETE FROM session_use WHERE session IN (SELECT id FROM session WHERE member = $1)", values![self.member]).await?;
        tx.write("DELETE FROM session WHERE member = $1", values![self.member]).await?;
        // No handle can have a full stop, so it is nobody else's.
        tx.write(
            "UPDATE member SET handle = $2, name = '', email = NULL, email_folded = NULL, password_hash = NULL, role = 'member', language = 'en', zone = 'UTC',
                 theme = 'system', about = '', speaks_for = NULL, practitioner_at = NULL, erased_at = COALESCE(erased_at, $3) WHERE id = $1",
            values![self.member, format!("former.{}", self.member), tx.now()],
        )
        .await?;
        tx.record(None, &People::Erased { member: self.member.0 }).await.map(|_| ())
    }
}

/// What one part of the program does with its own rows, as far as one act goes.
pub struct EraseInDomain {
    pub member: MemberId,
    pub words: bool,
    /// Its place in [`ERASERS`].
    pub domain: usize,
}

impl Act for EraseInDomain {
    /// Whether there may be more.
    type Answer = bool;

    async fn run(&self, tx: &Tx) -> Result<bool> {
        match ERASERS.get(self.domain) {
            Some(eraser) => eraser.step(tx, self.member, self.words).await,
            None => Ok(false),
        }
    }
}

/// What the registry says of one column that holds Members: rows go, or the column becomes NULL.
pub struct EraseInTable {
    pub member: MemberId,
    pub table: &'static Table,
    pub column: &'static str,
}

impl Act for EraseInTable {
    /// Whether there may be more.
    type Answer = bool;

    async fn run(&self, tx: &Tx) -> Result<bool> {
        let (table, column) = (self.table.name, self.column);
        let found = tx.rows(&format!("SELECT 1 FROM {table} WHERE {column} = $1 LIMIT 1"), values![self.member]).await?;
        if found.is_empty() {
            return Ok(false);
        }
        // What both databases call the place of a row.
        let place = if tx.backend() == DbBackend::Postgres { "ctid" } else { "rowid" };
        let rows = format!("{place} IN (SELECT {place} FROM {table} WHERE {column} = $1 LIMIT {BATCH})");
        // The first column says whose row it is; in the others they only did something to somebody else's.
        let is_theirs = self.table.members.first() == Some(&column);
        let sql = match self.table.erase {
            OnErase::Delete if is_theirs => format!("DELETE FROM {table} WHERE {rows}"),
            _ => format!("UPDATE {table} SET {column} = NULL WHERE {rows}"),
        };
        let touched = tx.write(&sql, values![self.member]).await?;
        tx.record(None, &People::Erasing { member: self.member.0 }).await?;
        Ok(touched == BATCH)
    }
}

/// Takes them out of entries of the journal: that something was done stays, by whom goes.
pub struct EraseActor {
    pub entries: Vec<i64>,
}

impl Act for EraseActor {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let entries: Vec<String> = self.entries.iter().map(ToString::to_string).collect();
        tx.write(&format!("UPDATE journal SET actor = NULL WHERE id IN ({})", entries.join(", ")), vec![]).await.map(|_| ())
    }
}

/// Drops mails to others that name them.
pub struct DropMails {
    pub mails: Vec<i64>,
}

impl Act for DropMails {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let mails: Vec<String> = self.mails.iter().map(ToString::to_string).collect();
        tx.write(&format!("DELETE FROM outbox WHERE id IN ({})", mails.join(", ")), vec![]).await.map(|_| ())
    }
}

/// The last step: it is done, and whatever shows them is drawn anew.
pub struct EndErasure {
    pub member: MemberId,
}

impl Act for EndErasure {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        tx.write("DELETE FROM erasure WHERE member = $1", values![self.member]).await?;
        tx.record(None, &People::Erased { member: self.member.0 }).await.map(|_| ())
    }
}

/// The columns that the registry asks about, in its order; the account itself, the journal and the book of erasing are
/// steps of their own.
pub fn columns() -> Vec<(&'static Table, &'static str)> {
    let own = |table: &&Table| !["member", "journal", "erasure"].contains(&table.name);
    TABLES.iter().copied().flatten().filter(own).flat_map(|table| table.members.iter().map(move |column| (table, *column))).collect()
}
