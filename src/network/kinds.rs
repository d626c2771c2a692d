//! What the journal says of the network.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};

/// What happens to the network.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NetworkEntry {
    /// Other settings are in force.
    SettingsChanged { version: i64 },
    /// A version of a document is in force.
    DocumentSaved { document: i64 },
    /// A Member accepted a version of a document.
    DocumentAccepted { member: i64, document: i64 },
    /// Somebody told the host something: heard by those who look after it alone.
    ContactSent { contact: i64, hosts: Vec<i64> },
    /// It is answered, or waits again.
    ContactAnswered { contact: i64, hosts: Vec<i64> },
}

impl Kind for NetworkEntry {
    const DOMAIN: &'static str = "network";

    fn rooms(&self) -> Vec<Room> {
        match self {
            Self::SettingsChanged { .. } | Self::DocumentSaved { .. } => vec![Room::Site],
            Self::DocumentAccepted { member, .. } => vec![Room::Member(*member)],
            // Where nobody looks after it yet, the entry still has a place.
            Self::ContactSent { hosts, .. } | Self::ContactAnswered { hosts, .. } if hosts.is_empty() => vec![Room::Site],
            Self::ContactSent { hosts, .. } | Self::ContactAnswered { hosts, .. } => hosts.iter().map(|host| Room::Member(*host)).collect(),
        }
    }

    fn about(&self) -> i64 {
        match self {
            Self::SettingsChanged { version } => *version,
            Self::DocumentSaved { document } => *document,
            Self::DocumentAccepted { member, .. } => *member,
            Self::ContactSent { contact, .. } | Self::ContactAnswered { contact, .. } => *contact,
        }
    }
}
