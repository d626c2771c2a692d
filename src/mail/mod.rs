//! Mail: the outbox, the sender, and the mailbox that is read in the browser.

mod message;
mod outbox;

pub use message::{Address, Message, message_id};
pub use outbox::{Outgoing, queue};

use crate::app::Site;
use crate::journal::{OnErase, OnExport, Table};

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[Table::booked("outbox", &["member"], OnErase::Delete, OnExport::Rows)];

/// The sender.
pub async fn run(site: Site) {
    site.stop.cancelled().await;
}
