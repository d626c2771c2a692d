//! The data folder against the rows: the secret is there and readable by its owner alone, the file `epoch` speaks of this
//! database, and `files/` holds nothing that no row knows of.

use std::path::Path;

use crate::error::{Error, Result};
use crate::journal::{Reads, Snapshot, head};
use crate::keeping::files::{FOLDER, SECRET, all};

use super::Report;

/// Looks, and adds what it finds to the report.
pub async fn look(db: &Snapshot, data: &Path, remembered: Option<&str>, secret_is_set: bool, report: &mut Report) -> Result<()> {
    let mut faults = Vec::new();
    if !secret_is_set {
        faults.extend(secret(&data.join(SECRET)));
    }
    faults.extend(epoch(db, remembered).await?);
    report.found(faults);
    let found = all(data).map_err(|e| Error::Unavailable(e.to_string()))?;
    // No table names a file yet.
    let orphans = found.iter().filter(|(name, _)| name.starts_with(FOLDER));
    report.found(orphans.map(|(name, _)| format!("The file {name} in the data folder belongs to no row.")).collect());
    report.looked("files", found.len());
    Ok(())
}

fn secret(path: &Path) -> Option<String> {
    let Ok(about) = std::fs::metadata(path) else {
        return Some(format!("The file {} is missing, and PLENARY_SECRET is not set: links in mails that were sent will not work.", path.display()));
    };
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 != 0 {
        return Some(format!("The file {} can be read by others than its owner: chmod 600 mends it.", path.display()));
    }
    (about.len() < 32).then(|| format!("The file {} is shorter than a secret is.", path.display()))
}

/// The file may be behind (it is written each second), never ahead.
async fn epoch(db: &Snapshot, remembered: Option<&str>) -> Result<Option<String>> {
    let stored: Option<String> = db.value("SELECT value FROM setting WHERE name = 'epoch'", vec![]).await?;
    let Some(stored) = stored else { return Ok(Some("The database has no epoch: no site was ever started on it.".into())) };
    let Some(text) = remembered else { return Ok(None) };
    let number = |text: &str| text.trim().parse::<i64>().ok();
    Ok(match text.split_once(' ').and_then(|(name, rest)| Some((name, number(rest)?))) {
        None => Some("The file epoch in the data folder cannot be read.".into()),
        Some((name, known)) if name == stored && known > head(db).await? => {
            Some(format!("The file epoch knows entry {known}, which the database does not have: it is an older copy. The next start makes a new epoch."))
        }
        Some(_) => None,
    })
}
