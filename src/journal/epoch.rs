//! The epoch: new when a database is restored or replaced, so that clients know their numbers mean nothing any more.
//!
//! It is a row in the database, so that all nodes agree. A small file outside keeps epoch and highest number: a start
//! that finds the same epoch but a lower number (an older copy of the database) writes a new epoch; one that finds
//! another epoch takes it over.

use std::path::{Path, PathBuf};

use super::{Act, ReadDb, Reads, Tx, Writer};
use crate::error::{Error, Result};
use crate::values;

/// The site's epoch and the file that remembers it.
#[derive(Clone, Debug)]
pub struct Epoch {
    pub name: String,
    file: PathBuf,
}

struct Set {
    was: Option<String>,
    new: String,
}

impl Act for Set {
    type Answer = String;

    async fn run(&self, tx: &Tx) -> Result<String> {
        let now: Option<String> = tx.value("SELECT value FROM setting WHERE name = 'epoch'", vec![]).await?;
        if now != self.was {
            return Ok(now.unwrap_or_default()); // another node was first
        }
        let sql = "INSERT INTO setting (name, value) VALUES ('epoch', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        tx.write(sql, values![self.new.clone()]).await?;
        Ok(self.new.clone())
    }
}

/// Decides at the start which epoch this is. `fresh` is a random name for a new one.
pub async fn settle(db: &ReadDb, writer: &Writer, data: &Path, fresh: String) -> Result<Epoch> {
    let file = data.join("epoch");
    let stored: Option<String> = db.value("SELECT value FROM setting WHERE name = 'epoch'", vec![]).await?;
    let head: i64 = head(db).await?;
    let remembered = std::fs::read_to_string(&file).ok().and_then(|text| {
        let (name, number) = text.trim().split_once(' ')?;
        Some((name.to_owned(), number.parse::<i64>().ok()?))
    });
    let older_copy = matches!((&stored, &remembered), (Some(name), Some((known, number))) if name == known && head < *number);
    let name = match stored {
        Some(name) if !older_copy => name,
        was => writer.note(Set { was, new: fresh }).await?,
    };
    let epoch = Epoch { name, file };
    epoch.remember(head)?;
    Ok(epoch)
}

/// The highest number of the journal.
pub async fn head(db: &impl Reads) -> Result<i64> {
    Ok(db.value("SELECT id FROM journal ORDER BY id DESC LIMIT 1", vec![]).await?.unwrap_or(0))
}

impl Epoch {
    /// Writes epoch and highest number beside the database, whole or not at all.
    pub fn remember(&self, head: i64) -> Result<()> {
        let new = self.file.with_extension("new");
        std::fs::write(&new, format!("{} {head}\n", self.name))
            .and_then(|()| std::fs::rename(&new, &self.file))
            .map_err(|e| Error::Unavailable(format!("{}: {e}", self.file.display())))
    }
}
