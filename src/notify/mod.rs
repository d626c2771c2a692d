//! Notices and digests: what a Member is told, on the site and by mail, read from the journal.
//!
//! The domains say whom an entry concerns and how that reads (`Tells`); the reader in `reader.rs` writes notices, the mail
//! that goes at once, and keeps the plan of digests; `plan.rs` makes digests when their stored moment comes. What is
//! planned is looked at again when it is sent (`fresh.rs`), so that nothing is told that was read or may not be seen.

mod acts;
mod checks;
mod choice;
pub mod digest;
mod fresh;
pub mod kinds;
mod live;
mod notice_mail;
pub mod pages;
mod pick;
mod plan;
mod queries;
mod reader;
pub mod schedule;
mod tells;
mod unsubscribe;

pub use acts::{MarkNoticesRead, SetMailChoice, replan, thing_changed, things_read};
pub use checks::CHECKS;
pub use choice::{Choice, Frequency, choice_of};
pub use fresh::Mails;
pub use live::{Live, bell};
pub use plan::plan_due;
pub use queries::waiting;
pub use reader::Noticing;
pub use tells::{Described, DigestItem, Line, Telling, Tells};

use crate::app::Site;
use crate::journal::{self, OnErase, OnExport, Table};

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[
    Table::journaled("notification", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("digest_setting", &["member"], OnErase::Delete, OnExport::Rows),
    Table::booked("digest_plan", &["member"], OnErase::Delete, OnExport::Rows),
    Table::booked("digest", &["member"], OnErase::Delete, OnExport::Rows),
];

/// The reader of the journal that tells people, and the plan of digests.
pub async fn run(site: Site) {
    let noticing = Noticing(site.clone());
    let reading = journal::follow(noticing, site.db.clone(), site.writer.clone(), site.bus.clone(), site.stop.clone());
    tokio::join!(reading, plan::run(site));
}
