//! What the mailbox reads.

use chrono::Duration;
use sea_orm::FromQueryResult;

use super::Message;
use crate::app::FRESH;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::Reads;
use crate::values;

/// A line of the mailbox.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: i64,
    pub recipient: String,
    pub subject: String,
    pub created_at: Instant,
    pub state: String,
    pub last_error: Option<String>,
}

/// What may be read: all mails, or all but those with links that sign someone in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sees {
    pub secrets: bool,
}

/// What has gone out or goes out at once. Mails that are looked at again when they are sent show only afterwards, and
/// what was dropped never was one.
fn condition(sees: Sees) -> String {
    let fresh: Vec<String> = FRESH.iter().flat_map(|fresh| fresh.kinds()).map(|kind| format!("'{kind}'")).collect();
    let secrets = if sees.secrets { "" } else { "AND is_secret = FALSE" };
    format!("(state IN ('sent', 'kept', 'failed') OR (state IN ('waiting', 'sending') AND send_at <= $1 AND kind NOT IN ('', {}))) {secrets}", fresh.join(", "))
}

/// Mails before `before`, the newest first.
pub async fn listed(db: &impl Reads, sees: Sees, now: Instant, before: i64, limit: u64) -> Result<Vec<Listed>> {
    let sql = format!(
        "SELECT id, recipient, subject, created_at, state, last_error FROM outbox WHERE {} AND id < $2 ORDER BY id DESC LIMIT {limit}",
        condition(sees)
    );
    db.all(&sql, values![now, before]).await
}

/// One mail with its line.
pub async fn mail(db: &impl Reads, sees: Sees, now: Instant, id: i64) -> Result<(Listed, Message)> {
    let sql = format!("SELECT id, recipient, subject, created_at, state, last_error, message FROM outbox WHERE {} AND id = $2", condition(sees));
    let rows = db.rows(&sql, values![now, id]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let message: String = row.try_get("", "message").map_err(Error::from)?;
    Ok((Listed::from_query_result(row, "")?, serde_json::from_str(&message).map_err(Error::bug)?))
}

/// What keeps mail from leaving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Troubles {
    /// Given up within the last week.
    pub failed: i64,
    /// Tried for more than an hour, or due for long and never tried.
    pub late: i64,
    /// What the server, or the system, said of one of them.
    pub last_error: Option<String>,
}

/// Mail that does not leave, as it is at a moment.
pub async fn troubles(db: &impl Reads, now: Instant) -> Result<Troubles> {
    let failed = "state = 'failed' AND send_at > $1";
    let late = "((state = 'waiting' AND ((attempts > 0 AND created_at < $1) OR send_at < $2)) OR (state = 'sending' AND leased_until < $2))";
    let (week, hour, quarter) = (now.minus(Duration::days(7)), now.minus(Duration::hours(1)), now.minus(Duration::minutes(15)));
    let count = async |condition: &str, values: Vec<sea_orm::Value>| {
        let found = db.value::<i64>(&format!("SELECT count(*) FROM outbox WHERE {condition}"), values.clone()).await?.unwrap_or(0);
        let sql = format!("SELECT last_error FROM outbox WHERE {condition} AND last_error IS NOT NULL ORDER BY id DESC LIMIT 1");
        let why: Option<String> = if found > 0 { db.value(&sql, values).await? } else { None };
        Ok::<_, Error>((found, why))
    };
    let (failed, refused) = count(failed, values![week]).await?;
    let (late, waits) = count(late, values![hour, quarter]).await?;
    Ok(Troubles { failed, late, last_error: refused.or(waits) })
}

/// A line of the outbox: what waits, is being sent, or was refused. What it says is not in it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Queued {
    pub id: i64,
    pub recipient: String,
    pub subject: String,
    pub created_at: Instant,
    pub send_at: Instant,
    pub state: String,
    pub attempts: i64,
    pub last_error: Option<String>,
}

impl Queued {
    /// Whether it was tried and did not go out: then it can be tried again at once.
    pub fn is_stuck(&self) -> bool {
        self.state == "failed" || (self.state == "waiting" && self.attempts > 0)
    }
}

/// The outbox before `before`, the newest first.
pub async fn queued(db: &impl Reads, before: i64, limit: u64) -> Result<Vec<Queued>> {
    let sql = format!(
        "SELECT id, recipient, subject, created_at, send_at, state, attempts, last_error FROM outbox
         WHERE state IN ('waiting', 'sending', 'failed') AND id < $1 ORDER BY id DESC LIMIT {limit}"
    );
    db.all(&sql, values![before]).await
}
