//! People: Members and their sessions, Organisations, roles, and the one place that decides who may do what.

pub mod account;
mod acts;
mod audit;
mod checks;
pub mod invitations;
pub mod kinds;
mod live;
mod measures;
pub mod membership;
mod memory;
mod model;
mod names;
pub mod organisations;
pub mod pages;
mod passwords;
mod programs;
mod queries;
mod reader;
pub mod rights;
pub mod search;

pub use account::Erases;
pub use acts::*;
pub use audit::Audit;
pub use checks::CHECKS;
pub use live::Live;
pub use measures::*;
pub use memory::Memory;
pub use model::{Language, Level, MemberId, Organisation, OrganisationId, Role, SessionId, Theme};
pub use names::{fold_email, is_handle};
pub use passwords::Passwords;
pub use queries::*;
pub use reader::{Member, Reader, initials};

use crate::journal::{OnErase, OnExport, Table};

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[
    Table::journaled("organisation", &[], OnErase::Nothing("an Organisation is not a person"), OnExport::Nothing("an Organisation is not a person"))
        .titled("SELECT name FROM organisation WHERE id = $1", "/organisations/{id}"),
    Table::journaled("member", &["id"], OnErase::Anonymise, OnExport::Rows).hiding(&["password_hash"]),
    Table::journaled("membership", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("session", &["member"], OnErase::Delete, OnExport::Rows).hiding(&["token_hash"]),
    Table::booked("session_use", &[], OnErase::Nothing("goes with its session"), OnExport::Nothing("shown with its session")),
    Table::journaled("measure", &["member", "by"], OnErase::Delete, OnExport::Rows),
    Table::booked("member_word", &["member"], OnErase::Delete, OnExport::Nothing("words of the name, the handle and the address, for the search")),
    Table::booked("link", &["member"], OnErase::Delete, OnExport::Nothing("hashes of links that were mailed")),
    Table::journaled("export", &["member"], OnErase::Delete, OnExport::Rows).hiding(&["file"]),
    Table::journaled("erasure", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("address_change", &["member"], OnErase::Delete, OnExport::Rows).hiding(&["confirm_hash", "undo_hash"]),
    Table::booked("account_event", &["member"], OnErase::Delete, OnExport::Rows),
];
