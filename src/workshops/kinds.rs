//! What the journal says of Workshops.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Workshops {
    Scheduled { workshop: i64, space: i64 },
    /// Its words, time, place, people or Agenda.
    Changed { workshop: i64, space: i64 },
    Cancelled { workshop: i64, space: i64 },
    Registered { workshop: i64, space: i64, member: i64 },
    /// On the waiting list.
    Waiting { workshop: i64, space: i64, member: i64 },
    /// From the waiting list to a place.
    Promoted { workshop: i64, space: i64, member: i64 },
    Withdrawn { workshop: i64, space: i64, member: i64 },
    /// Came into the room, for the first time.
    Entered { workshop: i64, member: i64 },
    /// A facilitator moved the room's clock; `space` where it began or ended, for the Space's list says that it is on.
    Moved { workshop: i64, space: Option<i64> },
    MessageAdded { message: i64, workshop: i64 },
    /// Who wants to speak.
    HandsChanged { workshop: i64 },
    MinutesPublished { workshop: i64, space: i64, topic: i64 },
}

impl Kind for Workshops {
    const DOMAIN: &'static str = "workshops";

    fn rooms(&self) -> Vec<Room> {
        match self {
            Self::Scheduled { workshop, space }
            | Self::Changed { workshop, space }
            | Self::Cancelled { workshop, space }
            | Self::MinutesPublished { workshop, space, .. } => vec![Room::Workshop(*workshop), Room::Space(*space)],
            // Lists and the Workshop's own page say how many places are taken.
            Self::Registered { workshop, space, member }
            | Self::Waiting { workshop, space, member }
            | Self::Promoted { workshop, space, member }
            | Self::Withdrawn { workshop, space, member } => vec![Room::Workshop(*workshop), Room::Space(*space), Room::Member(*member)],
            Self::Moved { workshop, space } => std::iter::once(Room::Workshop(*workshop)).chain(space.map(Room::Space)).collect(),
            Self::Entered { workshop, .. } | Self::MessageAdded { workshop, .. } | Self::HandsChanged { workshop } => {
                vec![Room::Workshop(*workshop)]
            }
        }
    }

    fn about(&self) -> i64 {
        match self {
            Self::MessageAdded { message, .. } => *message,
            Self::Scheduled { workshop, .. }
            | Self::Changed { workshop, .. }
            | Self::Cancelled { workshop, .. }
            | Self::Registered { workshop, .. }
            | Self::Waiting { workshop, .. }
            | Self::Promoted { workshop, .. }
            | Self::Withdrawn { workshop, .. }
            | Self::Entered { workshop, .. }
            | Self::Moved { workshop, .. }
            | Self::HandsChanged { workshop }
            | Self::MinutesPublished { workshop, .. } => *workshop,
        }
    }
}
