//! Keeping it: backups that are checked by opening them, restoring, and the check of the whole.
//!
//! The format is in [`format`]; [`back_up`] writes one instant of a site that goes on running, [`restore`] makes a site
//! of it, [`verify`] says what in a database contradicts itself, [`schedule`] makes backups by the clock.

mod audit;
mod backup;
mod files;
pub mod format;
pub mod kinds;
mod read;
mod restore;
pub mod schedule;
pub(crate) mod schema;
mod seal;
#[cfg(test)]
mod tests;
pub mod verify;
mod write;

pub use audit::Audit;
pub use backup::{Made, back_up};
pub use read::{Piece, read};
pub use restore::{Restored, restore};
pub use schedule::{Run, last_runs, run};
pub use seal::{Keys, Seal};
pub use verify::verify;
pub use write::ArchiveWriter;

use crate::journal::{OnErase, OnExport, Table};

/// Tables and their promises.
pub const TABLES: &[Table] = &[Table::booked("backup", &[], OnErase::Nothing("which backups were made"), OnExport::Nothing("which backups were made"))];

/// Why a backup could not be made, read or restored, in words for whoever runs the site.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("it is not a backup of Plenary's")]
    NotOurs,
    #[error("it isn't whole: it ends too early, as a copy does that was broken off")]
    Cut,
    #[error("it isn't whole: it was changed after it was written ({0})")]
    Changed(String),
    #[error("it is encrypted; {}", if *.by_passphrase { "PLENARY_BACKUP_PASSPHRASE opens it" } else { "--identity FILE, with the key that age-keygen wrote, opens it" })]
    Sealed { by_passphrase: bool },
    #[error("it is encrypted to another key, or with another passphrase")]
    WrongKey,
    #[error("it was made by a newer release: {0}")]
    Newer(String),
    #[error("{0}; a restore begins with nothing, so that it can spoil nothing")]
    NotEmpty(String),
    #[error("{0}")]
    Disk(String),
    #[error("{0}")]
    Database(#[from] crate::Error),
}

impl Fault {
    pub(crate) fn disk(what: impl ToString) -> Self {
        Self::Disk(what.to_string())
    }

    pub(crate) fn changed(what: impl ToString) -> Self {
        Self::Changed(what.to_string())
    }
}
