//! The words of the forum as types.

use crate::{id, word_enum};

id!(/** A place with a purpose and a layer. */ SpaceId);
id!(/** A title and a tree of Posts. */ TopicId);
id!(/** One contribution to a Topic; people know it by its number there. */ PostId);

word_enum! {
    /// Who may do a thing in a Space they can read; its Moderators may what Practitioners may.
    May { Members = "members", Practitioners = "practitioners", Moderators = "moderators", Admins = "admins", /** It is archived. */ Nobody = "nobody" }
}

/// Who may what in a Space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpaceRules {
    pub may_start: May,
    pub may_reply: May,
    /// Workshops.
    pub may_schedule: May,
    /// Dialogues.
    pub may_open: May,
}

impl SpaceRules {
    /// A new Space's: all may talk, Practitioners schedule Workshops, admins open Dialogues.
    pub const fn new() -> Self {
        Self { may_start: May::Members, may_reply: May::Members, may_schedule: May::Practitioners, may_open: May::Admins }
    }
}

impl Default for SpaceRules {
    fn default() -> Self {
        Self::new()
    }
}
