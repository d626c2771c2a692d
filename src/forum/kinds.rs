//! What the journal says of the forum.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};
use crate::word_enum;

word_enum! {
    /// What of a Space was changed.
    SpaceChange { Settings = "settings", Moved = "moved", Archived = "archived", Opened = "opened" }
}

word_enum! {
    /// What somebody became in a Space.
    PersonChange { Added = "added", Moderates = "moderates", Reads = "reads", Removed = "removed" }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Forum {
    /// A private one is heard of by those whom it names alone.
    SpaceAdded {
        space: i64,
        #[serde(default)]
        is_private: bool,
    },
    /// Its words, its rules, its layer, its place in the list, or whether it is archived. As with a new one, only what
    /// stays private is kept from the others.
    SpaceChanged {
        space: i64,
        #[serde(default)]
        is_private: bool,
        /// Unknown of entries from before it was kept.
        #[serde(default)]
        what: Option<SpaceChange>,
    },
    /// It names this Member from now on, lets them moderate it, or names them no longer.
    SpacePeopleChanged {
        space: i64,
        member: i64,
        /// They were not named before.
        #[serde(default)]
        is_new: bool,
        /// Unknown of entries from before it was kept.
        #[serde(default)]
        what: Option<PersonChange>,
    },
    TopicStarted { topic: i64, space: i64, post: i64 },
    PostAdded { post: i64, topic: i64, space: i64, parent: Option<i64> },
    PostEdited { post: i64, topic: i64 },
    PostDeleted {
        post: i64,
        topic: i64,
        /// Whose it is, where somebody else deleted it.
        #[serde(default)]
        author: Option<i64>,
    },
    PostRestored {
        post: i64,
        topic: i64,
        /// Whose it is, where somebody else restored it.
        #[serde(default)]
        author: Option<i64>,
    },
    /// Read marks: heard by the member's own devices alone, dropped after a day.
    TopicRead { topic: i64, member: i64 },
}

impl Kind for Forum {
    const DOMAIN: &'static str = "forum";

    fn rooms(&self) -> Vec<Room> {
        match self {
            Self::SpaceAdded { space, is_private: true } | Self::SpaceChanged { space, is_private: true, .. } => vec![Room::Space(*space), Room::Log],
            Self::SpaceAdded { space, .. } | Self::SpaceChanged { space, .. } => vec![Room::Space(*space), Room::Site, Room::Log],
            Self::SpacePeopleChanged { space, member, .. } => vec![Room::Space(*space), Room::Member(*member), Room::Log],
            // Somebody else's words were taken away, or given back.
            Self::PostDeleted { topic, author: Some(_), .. } | Self::PostRestored { topic, author: Some(_), .. } => vec![Room::Topic(*topic), Room::Log],
            Self::TopicStarted { topic, space, .. } | Self::PostAdded { topic, space, .. } => vec![Room::Topic(*topic), Room::Space(*space)],
            Self::PostEdited { topic, .. } | Self::PostDeleted { topic, .. } | Self::PostRestored { topic, .. } => vec![Room::Topic(*topic)],
            Self::TopicRead { member, .. } => vec![Room::Member(*member)],
        }
    }

    fn about(&self) -> i64 {
        match self {
            Self::SpaceAdded { space, .. } | Self::SpaceChanged { space, .. } | Self::SpacePeopleChanged { space, .. } => *space,
            Self::TopicStarted { topic, .. } | Self::TopicRead { topic, .. } => *topic,
            Self::PostAdded { post, .. } | Self::PostEdited { post, .. } | Self::PostDeleted { post, .. } | Self::PostRestored { post, .. } => *post,
        }
    }
}
