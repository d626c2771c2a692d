//! What the journal says of Dialogues.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Dialogues {
    Opened { dialogue: i64, space: i64 },
    Contributed { dialogue: i64, space: i64, stage: i64, contribution: i64 },
    Withdrawn { dialogue: i64, stage: i64, contribution: i64 },
    Commented { dialogue: i64, stage: i64, contribution: i64, comment: i64 },
    /// Its words went at their author's wish.
    CommentErased { dialogue: i64, stage: i64, contribution: i64, comment: i64 },
    /// A new version, or another draft of the one before its vote.
    SynthesisSaved { dialogue: i64, stage: i64, version: i64 },
    StageMoved { dialogue: i64, stage: i64 },
    VoteCast { dialogue: i64, stage: i64 },
    PassedOn { dialogue: i64, stage: i64 },
    Answered { dialogue: i64, stage: i64, point: i64 },
}

impl Dialogues {
    pub fn dialogue(&self) -> i64 {
        match self {
            Self::Opened { dialogue, .. }
            | Self::Contributed { dialogue, .. }
            | Self::Withdrawn { dialogue, .. }
            | Self::Commented { dialogue, .. }
            | Self::CommentErased { dialogue, .. }
            | Self::SynthesisSaved { dialogue, .. }
            | Self::StageMoved { dialogue, .. }
            | Self::VoteCast { dialogue, .. }
            | Self::PassedOn { dialogue, .. }
            | Self::Answered { dialogue, .. } => *dialogue,
        }
    }
}

impl Kind for Dialogues {
    const DOMAIN: &'static str = "dialogues";

    fn rooms(&self) -> Vec<Room> {
        match self {
            // The list says how much was said.
            Self::Opened { dialogue, space } | Self::Contributed { dialogue, space, .. } => vec![Room::Dialogue(*dialogue), Room::Space(*space)],
            other => vec![Room::Dialogue(other.dialogue())],
        }
    }

    fn about(&self) -> i64 {
        match self {
            Self::Opened { dialogue, .. } => *dialogue,
            Self::Contributed { contribution, .. } | Self::Withdrawn { contribution, .. } | Self::Commented { contribution, .. } | Self::CommentErased { contribution, .. } => *contribution,
            Self::SynthesisSaved { stage, .. } | Self::StageMoved { stage, .. } | Self::VoteCast { stage, .. } | Self::PassedOn { stage, .. } => *stage,
            Self::Answered { point, .. } => *point,
        }
    }
}
