//! Whether what is stored contradicts itself, and whether what reads it keeps up.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{Check, Line, Looked, unread};
use crate::app::{self, Site};
use crate::clock::Instant;
use crate::error::{Error, Result, Say};
use crate::journal::{Act, Reads, Tx};
use crate::{keeping, values};

/// How often the database is verified.
const DAILY: Duration = Duration::hours(24);
/// After how long without it nobody can say.
const TOO_LONG: Duration = Duration::hours(50);
/// How long a reader or a plan may be behind.
const BEHIND: Duration = Duration::minutes(15);
/// Faults that are remembered in words.
const REMEMBERED: usize = 5;

/// What came of the last verification, kept as the setting `verified`.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Verified {
    at: Instant,
    /// How many faults there were, and the first of them in words.
    faults: usize,
    first: Vec<String>,
}

async fn verified(db: &impl Reads) -> Result<Option<Verified>> {
    let text: Option<String> = db.value("SELECT value FROM setting WHERE name = 'verified'", vec![]).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

struct Remember(String);

impl Act for Remember {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let sql = "INSERT INTO setting (name, value) VALUES ('verified', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        tx.write(sql, values![self.0.clone()]).await.map(|_| ())
    }
}

/// Verifies the database, unless that was done within a day.
pub async fn verify_daily(site: &Site) -> Result<()> {
    if verified(&site.db).await?.is_some_and(|last| site.now().since(last.at) < DAILY) {
        return Ok(());
    }
    let report = keeping::verify(&site.db, &site.settings.data, site.settings.secret.is_some(), app::CHECKS).await?;
    let found = Verified { at: site.now(), faults: report.faults.len(), first: report.faults.into_iter().take(REMEMBERED).collect() };
    site.note(Remember(serde_json::to_string(&found).map_err(Error::bug)?)).await
}

/// What the last verification found.
pub async fn integrity(at: &Looked<'_>) -> Line {
    let check = Check::Integrity;
    match verified(at.db).await {
        Err(error) => unread(check, &error),
        Ok(None) => Line::unknown(check, "well-integrity-none"),
        Ok(Some(last)) if last.faults > 0 => {
            Line::wrong(check, Say::new("well-integrity-faults").with("n", last.faults).with("first", last.first.join(" ")), "well-integrity-do")
        }
        Ok(Some(last)) if at.now.since(last.at) > TOO_LONG => Line::unknown(check, "well-integrity-none"),
        Ok(Some(last)) => Line::well(check, Say::new("well-integrity").with("n", at.now.since(last.at).num_hours().max(0))),
    }
}

/// Whether every reader of the journal has read what happened a while ago.
pub async fn readers(at: &Looked<'_>) -> Line {
    let check = Check::Readers;
    let late = "SELECT r.name FROM reader r WHERE (SELECT j.at FROM journal j WHERE j.id > r.position ORDER BY j.id LIMIT 1) < $1 ORDER BY r.name LIMIT 20";
    match at.db.column::<String>(late, values![at.now.minus(BEHIND)]).await {
        Err(error) => unread(check, &error),
        Ok(late) if late.is_empty() => Line::well(check, "well-readers"),
        Ok(late) => Line::wrong(check, Say::new("well-readers-behind").with("names", late.join(", ")), "well-readers-do"),
    }
}

/// Whether what was planned was done: digests whose moment has long passed.
pub async fn plans(at: &Looked<'_>) -> Line {
    let check = Check::Plans;
    let late = "SELECT count(*) FROM digest_plan WHERE next_at < $1";
    match at.db.value::<i64>(late, values![at.now.minus(BEHIND)]).await {
        Err(error) => unread(check, &error),
        Ok(None | Some(0)) => Line::well(check, "well-plans"),
        Ok(Some(late)) => Line::wrong(check, Say::new("well-plans-late").with("n", late), "well-readers-do"),
    }
}
