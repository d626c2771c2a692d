//! The forum: Spaces, Topics and Posts, and what each Member has read of them.

mod acts;
mod audit;
mod checks;
mod erase;
pub mod kinds;
mod live;
mod manage;
mod model;
mod named;
pub mod pages;
mod posts;
mod queries;
mod rules;
mod tells;
mod worth;

pub use erase::Eraser;
pub use acts::*;
pub use audit::Audit;
pub use checks::CHECKS;
pub use live::Live;
pub use model::{May, PostId, SpaceId, SpaceRules, TopicId};
pub use posts::{PostView, fragment as post_fragment};
pub use manage::{Held, ManagedSpace, SpacePerson, SpaceText, held, managed, space_people, space_texts};
pub use queries::*;
pub(crate) use queries::space_words;
pub use rules::{ReadSet, allows, checked_text, checked_title, may_manage, path_of, slug, writable};
pub use tells::Teller;

use crate::journal::{OnErase, OnExport, Table};

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[
    Table::journaled("space", &[], OnErase::Nothing("a place is not a person"), OnExport::Nothing("a place is not a person"))
        .titled("SELECT x.title FROM space s JOIN space_text x ON x.space = s.id WHERE s.id = $1 AND {readable} ORDER BY x.language LIMIT 1", "/spaces/{id}"),
    Table::journaled("space_text", &[], OnErase::Nothing("the host's words"), OnExport::Nothing("the host's words")),
    Table::journaled("space_person", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("topic", &["author", "last_post_by"], OnErase::Anonymise, OnExport::Rows)
        .titled("SELECT t.title FROM topic t JOIN space s ON s.id = t.space WHERE t.id = $1 AND {readable}", "/topics/{id}"),
    Table::journaled("post", &["author", "deleted_by"], OnErase::Anonymise, OnExport::Rows),
    Table::journaled("post_revision", &["by"], OnErase::Anonymise, OnExport::Rows),
    Table::journaled("topic_read", &["member"], OnErase::Delete, OnExport::Rows),
];
