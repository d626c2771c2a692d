//! What reads the log: by cursor, narrowed to a person or a kind, as lines or as a table for programs.

use sea_orm::Value;

use super::{Line, line};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Entry, Reads, Room};
use crate::people::{MemberId, Reader};
use crate::values;

/// What is asked of the log.
#[derive(Clone, Debug)]
pub struct Sought {
    /// Who acted, or whom it is about.
    pub person: Option<MemberId>,
    /// A kind by its whole name.
    pub kind: Option<String>,
    /// Entries before this one.
    pub before: i64,
}

impl Default for Sought {
    fn default() -> Self {
        Self { person: None, kind: None, before: i64::MAX }
    }
}

/// One act with who did it and when.
#[derive(Clone, Debug)]
pub struct Logged {
    pub entry: i64,
    pub at: Instant,
    pub kind: String,
    /// Name and handle; nobody where the terminal did it.
    pub by: Option<(String, String)>,
    pub line: Line,
}

/// Acts before a cursor, the latest first, `limit` at most.
pub async fn logged(site: &Site, reader: &Reader, sought: &Sought, limit: u64) -> Result<Vec<Logged>> {
    let mut bound: Vec<Value> = values![Room::Log.to_string(), sought.before];
    let mut conditions = String::new();
    if let Some(kind) = &sought.kind {
        bound.push(kind.as_str().into());
        conditions.push_str(&format!(" AND j.kind = ${}", bound.len()));
    }
    if let Some(MemberId(id)) = sought.person {
        // Entries hold ids alone, written by us: what is looked for is a number between two signs.
        let named = ["member", "author"].map(|name| format!("j.more LIKE '%\"{name}\":{id},%' OR j.more LIKE '%\"{name}\":{id}}}%'"));
        conditions.push_str(&format!(" AND (j.actor = {id} OR {})", named.join(" OR ")));
    }
    let sql = format!(
        "SELECT j.id, j.at, j.actor, j.kind, j.about, j.more FROM journal_room r JOIN journal j ON j.id = r.id
         WHERE r.room = $1 AND r.id < $2{conditions} ORDER BY r.id DESC LIMIT {limit}"
    );
    let entries: Vec<Entry> = site.db.all(&sql, bound).await?;
    let mut acts = Vec::with_capacity(entries.len());
    for entry in entries {
        let by = match entry.actor {
            Some(actor) => named(&site.db, actor).await?,
            None => None,
        };
        acts.push(Logged { entry: entry.id, at: entry.at, by, line: line(site, reader, &entry).await?, kind: entry.kind });
    }
    Ok(acts)
}

/// A Member's name and handle, whether or not they may act now.
pub async fn named(db: &impl Reads, member: i64) -> Result<Option<(String, String)>> {
    let rows = db.rows("SELECT name, handle FROM member WHERE id = $1", values![member]).await?;
    rows.first().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).transpose()
}

/// The acts as CSV (RFC 4180), with headings; what a spreadsheet would take for a formula begins with an apostrophe.
pub fn csv(acts: &[Logged]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let cell = |text: &str| if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    writer.write_record(["entry", "at", "by", "handle", "kind", "act", "reason", "address"]).map_err(Error::bug)?;
    for act in acts {
        let (name, handle) = act.by.clone().unwrap_or_default();
        let (reason, href) = (act.line.reason.as_deref().unwrap_or_default(), act.line.href.as_deref().unwrap_or_default());
        let row = [act.entry.to_string(), act.at.utc().to_rfc3339(), cell(&name), handle, act.kind.clone(), cell(&act.line.says), cell(reason), href.to_owned()];
        writer.write_record(row).map_err(Error::bug)?;
    }
    writer.into_inner().map_err(Error::bug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_is_given_no_formula() {
        let line = Line { says: "=HYPERLINK(1)".into(), href: None, reason: Some("a \"word\", two".into()) };
        let act = Logged { entry: 1, at: Instant::from_micros(0), kind: "people.role_changed".into(), by: None, line };
        let text = String::from_utf8(csv(&[act]).unwrap()).unwrap();
        assert!(text.ends_with("1,1970-01-01T00:00:00+00:00,,,people.role_changed,'=HYPERLINK(1),\"a \"\"word\"\", two\",\n"), "{text}");
    }
}
