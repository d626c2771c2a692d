//! What changes the forum, one act a file.

mod edit;
mod manage;
mod read;
mod reply;
mod space;
mod start;

pub use edit::{DeletePost, EditPost, RestorePost};
pub use manage::{ArchiveSpace, ChangeSpace, ChangeSpacePerson, MoveSpace, RemoveSpacePerson};
pub use read::MarkRead;
pub use reply::{Posted, Reply};
pub use space::{AddSpace, SetSpacePerson};
pub use start::{AddTopic, StartTopic};
