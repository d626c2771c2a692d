//! The network itself, as its host shapes it: its name, languages and time zone, its welcome and looks, its documents, and
//! the way to ask its host. Changed while the site runs; every change is kept with who and when.

mod acts;
mod checks;
pub mod colour;
pub mod contact;
pub mod documents;
pub mod kinds;
mod live;
pub mod logo;
mod model;
pub mod pages;
mod queries;
mod rules;

pub use acts::{Accept, AnswerContact, SaveDocument, SaveSettings, SendContact};
pub use checks::CHECKS;
pub use live::Live;
pub use model::{Accent, Logo, Network, Settings, Texts};
pub use queries::{Saved, current, history, load, logo_png};

use crate::journal::{OnErase, OnExport, Table};

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[
    Table::journaled("network_settings", &["by"], OnErase::Anonymise, OnExport::Nothing("the host's choices for all, not about who made them")),
    Table::journaled("network_logo", &[], OnErase::Nothing("the network's own picture"), OnExport::Nothing("the network's own picture")),
    Table::journaled("document", &["by"], OnErase::Anonymise, OnExport::Nothing("the host's words for all")),
    Table::journaled("document_text", &[], OnErase::Nothing("the host's words"), OnExport::Nothing("the host's words")),
    Table::journaled("acceptance", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("contact", &["member", "answered_by"], OnErase::Delete, OnExport::Rows),
    Table::journaled("network_language", &[], OnErase::Nothing("the site's languages"), OnExport::Nothing("the site's languages")),
];
