//! The network itself, as its host shapes it: its name, languages and time zone, its welcome. Changed while the site runs;
//! every change is kept with who and when.

mod acts;
mod checks;
pub mod colour;
pub mod kinds;
mod live;
pub mod logo;
mod model;
pub mod pages;
mod queries;
mod rules;

pub use acts::SaveSettings;
pub use checks::CHECKS;
pub use live::Live;
pub use model::{Accent, Logo, Network, Settings, Texts};
pub use queries::{Saved, current, history, load, logo_png};

use crate::journal::{OnErase, OnExport, Table};

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[
    Table::journaled("network_settings", &["by"], OnErase::Anonymise, OnExport::Nothing("the host's choices for all, not about who made them")),
    Table::journaled("network_logo", &[], OnErase::Nothing("the network's own picture"), OnExport::Nothing("the network's own picture")),
    Table::journaled("network_language", &[], OnErase::Nothing("the site's languages"), OnExport::Nothing("the site's languages")),
];
