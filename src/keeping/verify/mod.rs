//! The check of the whole: whether a site's rows, its journal and its files contradict each other. It reads one instant,
//! beside a site that goes on running, and changes nothing.

mod entries;
mod files;
mod references;
mod stored;

use std::path::Path;

use crate::error::Result;
use crate::journal::{Checks, ReadDb, Snapshot};

/// Faults told of one kind; past that it is said that there are more.
const TOLD: usize = 20;

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What was looked at, with how many checks it took.
    pub looked: Vec<(&'static str, usize)>,
    /// Each fault in words.
    pub faults: Vec<String>,
}

impl Report {
    /// Adds faults of one kind, the first of them in words.
    fn found(&mut self, faults: Vec<String>) {
        let more = faults.len() > TOLD;
        self.faults.extend(faults.into_iter().take(TOLD));
        if more {
            self.faults.push(format!("… and more of this kind than {TOLD}"));
        }
    }

    fn looked(&mut self, at: &'static str, checks: usize) {
        self.looked.push((at, checks));
    }
}

/// Looks at everything. `secret_is_set` says that the secret is a setting and need not be a file.
///
/// # Errors
/// When the database cannot be read; what contradicts itself is in the report.
pub async fn verify(db: &ReadDb, data: &Path, secret_is_set: bool, checks: &[&Checks]) -> Result<Report> {
    // Before the instant: the file is written while the site goes on.
    let remembered = std::fs::read_to_string(data.join("epoch")).ok();
    let snapshot = db.snapshot().await?;
    let mut report = Report::default();
    references::look(&snapshot, &mut report).await?;
    stored::look(&snapshot, checks, &mut report).await?;
    entries::look(&snapshot, checks, &mut report).await?;
    files::look(&snapshot, data, remembered.as_deref(), secret_is_set, &mut report).await?;
    Ok(report)
}

/// The rows of a statement that gives faults, one more than are told.
async fn rows(db: &Snapshot, sql: &str) -> Result<Vec<sea_orm::QueryResult>> {
    use crate::journal::Reads;
    db.rows(&format!("SELECT * FROM ({sql}) AS faults LIMIT {}", TOLD + 1), vec![]).await
}
