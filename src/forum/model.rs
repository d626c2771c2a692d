//! The words of the forum as types.

use crate::{id, word_enum};

id!(/** A place with a purpose and a layer. */ SpaceId);
id!(/** A title and a tree of Posts. */ TopicId);
id!(/** One contribution to a Topic; people know it by its number there. */ PostId);

word_enum! {
    /// Who may start Topics, or reply, in a Space they can read.
    May { Members = "members", Practitioners = "practitioners", Moderators = "moderators" }
}
