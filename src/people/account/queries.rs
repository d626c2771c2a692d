//! What reads one's own account.

use sea_orm::FromQueryResult;

use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{ReadDb, Reads};
use crate::limits;
use crate::people::{MemberId, SessionId};
use crate::values;

/// A file with all of a Member's data, as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct ExportRow {
    pub id: i64,
    pub member: MemberId,
    pub asked_at: Instant,
    pub began_at: Option<Instant>,
    pub ready_at: Option<Instant>,
    pub file: Option<String>,
    pub bytes: Option<i64>,
    pub error: Option<String>,
}

impl ExportRow {
    /// Whether it is still to come.
    pub fn is_awaited(&self) -> bool {
        self.ready_at.is_none() && self.error.is_none()
    }

    /// When it goes.
    pub fn until(&self) -> Instant {
        self.asked_at.plus(limits::EXPORT_KEPT)
    }

    /// Its size in kilobytes, rounded up.
    pub fn kilobytes(&self) -> i64 {
        self.bytes.unwrap_or(0).div_euclid(1024) + 1
    }
}

const EXPORT: &str = "SELECT id, member, asked_at, began_at, ready_at, file, bytes, error FROM export";

/// A Member's own exports, the latest first.
pub async fn exports_of(db: &impl Reads, member: MemberId) -> Result<Vec<ExportRow>> {
    db.all(&format!("{EXPORT} WHERE member = $1 ORDER BY id DESC LIMIT 10"), values![member]).await
}

/// One of a Member's exports; nobody else's.
pub(super) async fn export_of(db: &ReadDb, member: MemberId, id: i64) -> Result<Option<ExportRow>> {
    db.one(&format!("{EXPORT} WHERE id = $1 AND member = $2"), values![id, member]).await
}

/// The next one to make: asked for and not begun, or begun before `dead` and never ended.
pub(super) async fn next_export(db: &ReadDb, dead: Instant) -> Result<Option<ExportRow>> {
    let sql = format!("{EXPORT} WHERE ready_at IS NULL AND error IS NULL AND (began_at IS NULL OR began_at < $1) ORDER BY asked_at, id LIMIT 1");
    db.one(&sql, values![dead]).await
}

/// Those whose week is over.
pub(super) async fn old_exports(db: &ReadDb, before: Instant) -> Result<Vec<ExportRow>> {
    db.all(&format!("{EXPORT} WHERE asked_at < $1 ORDER BY asked_at, id LIMIT 100"), values![before]).await
}

/// Whether an export of this file is known.
pub(super) async fn is_export(db: &ReadDb, file: &str) -> Result<bool> {
    Ok(db.value::<i64>("SELECT id FROM export WHERE file = $1 LIMIT 1", values![file]).await?.is_some())
}

/// An account that is to be erased.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Erasure {
    pub member: MemberId,
    /// Whether their words go, too.
    pub words: bool,
    pub asked_at: Instant,
    pub due_at: Instant,
}

/// Whether, and when, a Member is to be erased.
pub async fn erasure_of(db: &impl Reads, member: MemberId) -> Result<Option<Erasure>> {
    db.one("SELECT member, words, asked_at, due_at FROM erasure WHERE member = $1", values![member]).await
}

/// Whose week is over.
pub(super) async fn next_erasure(db: &ReadDb, now: Instant) -> Result<Option<Erasure>> {
    db.one("SELECT member, words, asked_at, due_at FROM erasure WHERE due_at <= $1 ORDER BY due_at, member LIMIT 1", values![now]).await
}

/// When whoever holds a session last proved who they are: by signing in, or since.
pub(super) async fn proved_at(db: &ReadDb, session: SessionId) -> Result<Option<Instant>> {
    let sql = "SELECT COALESCE(u.proved_at, s.created_at) FROM session s LEFT JOIN session_use u ON u.session = s.id WHERE s.id = $1";
    db.value(sql, values![session]).await
}

/// Whether a Member has a password at all.
pub async fn has_password(db: &impl Reads, member: MemberId) -> Result<bool> {
    Ok(db.value::<i64>("SELECT id FROM member WHERE id = $1 AND password_hash IS NOT NULL", values![member]).await?.is_some())
}
