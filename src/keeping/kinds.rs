//! What the journal says of backups: that an admin asked for one. What the clock makes is in its own table.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Keeping {
    /// The moment stands for the backup: one a moment.
    BackupAsked { due: i64 },
}

impl Kind for Keeping {
    const DOMAIN: &'static str = "keeping";

    fn rooms(&self) -> Vec<Room> {
        vec![Room::Log]
    }

    fn about(&self) -> i64 {
        match self {
            Self::BackupAsked { due } => *due,
        }
    }
}
