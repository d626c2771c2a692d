//! The words of a Board as types.

use crate::{id, word_enum};

id!(/** A place for one brainstorm. */ BoardId);
id!(/** One thought on it. */ CardId);
id!(/** Cards that belong together. */ GroupId);

word_enum! {
    /// What people do on a Board now; the facilitators move it on.
    Phase { Write = "write", Reveal = "reveal", Group = "group", Vote = "vote", Discuss = "discuss", Closed = "closed" }
}
