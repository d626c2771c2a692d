//! What the journal says of Boards. While cards are written an entry tells that there is one more, never whose.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Boards {
    Opened { board: i64, space: i64 },
    CardAdded { board: i64 },
    /// A card was edited, removed, hidden or moved.
    CardsChanged { board: i64 },
    /// A group was made, renamed, removed or noted on.
    GroupsChanged { board: i64 },
    PhaseChanged { board: i64 },
    /// Dots are heard by their giver's own devices alone until the phase ends.
    DotsChanged { board: i64, member: i64 },
}

impl Kind for Boards {
    const DOMAIN: &'static str = "boards";

    fn rooms(&self) -> Vec<Room> {
        match self {
            Self::Opened { board, space } => vec![Room::Board(*board), Room::Space(*space)],
            Self::CardAdded { board } | Self::CardsChanged { board } | Self::GroupsChanged { board } | Self::PhaseChanged { board } => {
                vec![Room::Board(*board)]
            }
            Self::DotsChanged { member, .. } => vec![Room::Member(*member)],
        }
    }

    fn about(&self) -> i64 {
        match self {
            Self::Opened { board, .. }
            | Self::CardAdded { board }
            | Self::CardsChanged { board }
            | Self::GroupsChanged { board }
            | Self::PhaseChanged { board }
            | Self::DotsChanged { board, .. } => *board,
        }
    }
}
