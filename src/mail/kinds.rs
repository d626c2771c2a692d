//! What the journal says of mail: what admins did with the outbox. What goes out is kept in its rows alone.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Mail {
    /// An admin had it tried again at once.
    Retried { mail: i64 },
    /// An admin gave it up.
    Dropped { mail: i64 },
}

impl Kind for Mail {
    const DOMAIN: &'static str = "mail";

    fn rooms(&self) -> Vec<Room> {
        vec![Room::Log]
    }

    fn about(&self) -> i64 {
        match self {
            Self::Retried { mail } | Self::Dropped { mail } => *mail,
        }
    }
}
