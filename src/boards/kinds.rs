//! What the journal says of Boards. While cards are written an entry tells that there is one more, never whose.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Boards {
    Opened { board: i64, space: i64 },
    /// There are more or fewer cards than before, while all write.
    CardAdded { board: i64 },
    CardRemoved { board: i64 },
    CardHidden { board: i64, card: i64 },
    CardMoved { board: i64, card: i64 },
    GroupAdded { board: i64, group: i64 },
    GroupRenamed { board: i64, group: i64 },
    /// Its cards stand alone again.
    GroupRemoved { board: i64, group: i64, cards: Vec<i64> },
    NoteChanged { board: i64, group: i64 },
    PhaseChanged { board: i64, space: i64 },
    /// One's own cards while all write, or one's own dots: heard by one's own devices alone.
    MineChanged { board: i64, member: i64 },
    /// Somebody gave their first dot, or took their last one back: how many voted is shown, not who nor for what.
    VotersChanged { board: i64 },
}

impl Kind for Boards {
    const DOMAIN: &'static str = "boards";

    fn rooms(&self) -> Vec<Room> {
        match self {
            Self::Opened { board, space } | Self::PhaseChanged { board, space } => vec![Room::Board(*board), Room::Space(*space)],
            // Somebody else's words were taken away: that is in the audit log.
            Self::CardHidden { board, .. } => vec![Room::Board(*board), Room::Log],
            Self::MineChanged { member, .. } => vec![Room::Member(*member)],
            _ => vec![Room::Board(self.about())],
        }
    }

    fn about(&self) -> i64 {
        match self {
            Self::Opened { board, .. }
            | Self::CardAdded { board }
            | Self::CardRemoved { board }
            | Self::CardHidden { board, .. }
            | Self::CardMoved { board, .. }
            | Self::GroupAdded { board, .. }
            | Self::GroupRenamed { board, .. }
            | Self::GroupRemoved { board, .. }
            | Self::NoteChanged { board, .. }
            | Self::PhaseChanged { board, .. }
            | Self::MineChanged { board, .. }
            | Self::VotersChanged { board } => *board,
        }
    }
}
