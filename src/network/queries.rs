//! What reads the network. What is in force is held in memory and moved by the journal, on every node alike.

use std::sync::{Arc, LazyLock};

use sea_orm::FromQueryResult;

use super::contact::Contact;
use super::documents::{Document, DocumentKind};
use super::{Network, Settings, Texts};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Reads, Room};
use crate::people::Language;
use crate::values;
use crate::web::Remembered;

/// The network of each site in this process.
static NOW: LazyLock<Remembered<(), Arc<Network>>> = LazyLock::new(|| Remembered::new(1_000, |_| 1));

/// The network as it is now: from memory as long as nothing happened in the site's Room.
pub async fn current(site: &Site) -> Result<Arc<Network>> {
    NOW.of(site, &[Room::Site], (), async { Ok(Arc::new(load(&site.db, &site.settings).await?)) }).await
}

impl Network {
    /// The network as it was last known; as a new site begins with where the database cannot be asked.
    pub async fn known(site: &Site) -> Arc<Self> {
        match current(site).await {
            Ok(network) => network,
            Err(_) => Arc::new(Self::new(0, Settings::begin(&site.settings), Vec::new())),
        }
    }
}

/// The network as the database has it; what a new site begins with where the host has chosen nothing.
pub async fn load(db: &impl Reads, with: &crate::settings::Settings) -> Result<Network> {
    let newest: Option<Row> = db.one("SELECT id, at, NULL AS name, NULL AS handle, chosen FROM network_settings ORDER BY id DESC LIMIT 1", vec![]).await?;
    match newest {
        Some(row) => Ok(Network::new(row.id, row.settings()?, in_force(db).await?)),
        None => Ok(Network::new(0, Settings::begin(with), in_force(db).await?)),
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    at: Instant,
    name: Option<String>,
    handle: Option<String>,
    chosen: String,
}

impl Row {
    fn settings(&self) -> Result<Settings> {
        serde_json::from_str(&self.chosen).map_err(Error::bug)
    }
}

/// Settings that were saved: when, by whom (name and handle), and all of them.
#[derive(Clone, Debug)]
pub struct Saved {
    pub id: i64,
    pub at: Instant,
    pub by: Option<(String, String)>,
    pub settings: Settings,
}

/// What was in force, the newest first.
pub async fn history(db: &impl Reads, limit: u64) -> Result<Vec<Saved>> {
    let sql = format!("SELECT s.id, s.at, m.name, m.handle, s.chosen FROM network_settings s LEFT JOIN member m ON m.id = s.by ORDER BY s.id DESC LIMIT {limit}");
    let rows: Vec<Row> = db.all(&sql, vec![]).await?;
    rows.into_iter().map(|row| Ok(Saved { settings: row.settings()?, id: row.id, at: row.at, by: row.name.zip(row.handle) })).collect()
}

/// The logo of this name, while it is in force.
pub async fn logo_png(db: &impl Reads, hash: &str) -> Result<Option<Vec<u8>>> {
    let png: Option<String> = db.value("SELECT png FROM network_logo WHERE hash = $1", values![hash]).await?;
    png.map(|png| super::logo::bytes(&png)).transpose()
}

/// The newest version of each document that has any text.
async fn in_force(db: &impl Reads) -> Result<Vec<Document>> {
    let sql = "SELECT d.id, d.kind, d.at, d.accepted_from FROM document d WHERE d.id IN (SELECT MAX(n.id) FROM document n GROUP BY n.kind)
               AND EXISTS (SELECT 1 FROM document_text t WHERE t.document = d.id) ORDER BY d.id LIMIT 20";
    db.all(sql, vec![]).await
}

/// The newest version of a document, though it may have taken it away.
pub async fn newest(db: &impl Reads, kind: DocumentKind) -> Result<Option<Document>> {
    db.one("SELECT id, kind, at, accepted_from FROM document WHERE kind = $1 ORDER BY id DESC LIMIT 1", values![kind]).await
}

/// All versions of a document, the newest first.
pub async fn versions(db: &impl Reads, kind: DocumentKind) -> Result<Vec<Document>> {
    db.all("SELECT id, kind, at, accepted_from FROM document WHERE kind = $1 ORDER BY id DESC LIMIT 200", values![kind]).await
}

/// The text of a version, in each language it has.
pub async fn texts_of(db: &impl Reads, document: i64) -> Result<Texts> {
    let rows = db.rows("SELECT language, source FROM document_text WHERE document = $1 ORDER BY language LIMIT 100", values![document]).await?;
    let pairs: Result<Vec<(Language, String)>> = rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect();
    Ok(Texts::of(pairs?))
}

/// How many Members have accepted a version of this kind from `from` on, and how many Members there are.
pub async fn acceptances(db: &impl Reads, kind: DocumentKind, from: i64) -> Result<(i64, i64)> {
    let some = "SELECT count(DISTINCT a.member) FROM acceptance a JOIN document d ON d.id = a.document WHERE d.kind = $1 AND d.id >= $2";
    let all = "SELECT count(*) FROM member WHERE confirmed_at IS NOT NULL AND erased_at IS NULL AND suspended_at IS NULL";
    Ok((db.value(some, values![kind, from]).await?.unwrap_or(0), db.value(all, vec![]).await?.unwrap_or(0)))
}

/// Somebody's newest acceptance of a document.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Accepted {
    pub id: i64,
    pub name: String,
    pub handle: String,
    pub document: i64,
    pub version_at: Instant,
    pub at: Instant,
}

/// Who accepted which version of a document last, by Member's id after `after`.
pub async fn accepted(db: &impl Reads, kind: DocumentKind, after: i64, limit: u64) -> Result<Vec<Accepted>> {
    let sql = format!(
        "SELECT m.id, m.name, m.handle, a.document, d.at AS version_at, a.at FROM acceptance a JOIN document d ON d.id = a.document
         JOIN member m ON m.id = a.member WHERE d.kind = $1 AND m.id > $2 AND a.document =
             (SELECT MAX(b.document) FROM acceptance b JOIN document e ON e.id = b.document WHERE b.member = m.id AND e.kind = $1)
         ORDER BY m.id LIMIT {limit}"
    );
    db.all(&sql, values![kind, after]).await
}

/// Somebody who looks after the network.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Host {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub language: Language,
}

/// The admins who get mail.
pub async fn hosts(db: &impl Reads) -> Result<Vec<Host>> {
    let sql = "SELECT id, name, email, language FROM member WHERE role = 'admin' AND email IS NOT NULL AND confirmed_at IS NOT NULL
               AND suspended_at IS NULL AND erased_at IS NULL ORDER BY id LIMIT 20";
    db.all(sql, vec![]).await
}

/// Messages to the host: those that wait, or those that were answered; the newest first.
pub async fn contacts(db: &impl Reads, is_answered: bool, limit: u64) -> Result<Vec<Contact>> {
    let which = if is_answered { "IS NOT NULL" } else { "IS NULL" };
    let sql = format!(
        "SELECT c.id, c.at, c.kind, COALESCE(m.name, c.name) AS name, c.email, c.about, c.text, c.answered_at, m.handle, h.name AS answered_by
         FROM contact c LEFT JOIN member m ON m.id = c.member LEFT JOIN member h ON h.id = c.answered_by
         WHERE c.answered_at {which} ORDER BY c.id DESC LIMIT {limit}"
    );
    db.all(&sql, vec![]).await
}
