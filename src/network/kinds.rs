//! What the journal says of the network.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NetworkEntry {
    /// Other settings are in force.
    SettingsChanged { version: i64 },
}

impl Kind for NetworkEntry {
    const DOMAIN: &'static str = "network";

    fn rooms(&self) -> Vec<Room> {
        match self {
            Self::SettingsChanged { .. } => vec![Room::Site],
        }
    }

    fn about(&self) -> i64 {
        match self {
            Self::SettingsChanged { version } => *version,
        }
    }
}
