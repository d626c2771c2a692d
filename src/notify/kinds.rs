//! What the journal says of notices and of what people chose to be mailed: heard by the Member's own devices alone.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notify {
    /// Something waits for a Member, or what waited was removed, or came back.
    Noticed { member: i64, notice: i64 },
    /// These no longer wait.
    Read { member: i64, notices: Vec<i64> },
    /// What they want to be mailed, and when.
    MailChosen { member: i64 },
}

impl Kind for Notify {
    const DOMAIN: &'static str = "notify";

    fn rooms(&self) -> Vec<Room> {
        vec![Room::Member(self.member())]
    }

    fn about(&self) -> i64 {
        self.member()
    }
}

impl Notify {
    fn member(&self) -> i64 {
        match self {
            Self::Noticed { member, .. } | Self::Read { member, .. } | Self::MailChosen { member } => *member,
        }
    }
}
