//! Mail: the outbox, the sender, and the mailbox that is read in the browser.
//!
//! A row is written by whatever causes it, in its transaction; only the sender claims rows. The way of a row:
//!
//! ```text
//! waiting ─claim (committed)─▶ sending ─accepted─▶ sent
//!    ▲                           │ ├─5xx, or too many days─▶ failed
//!    └── later: 4xx, no answer, ─┘ ├─no SMTP, .example, seeded past─▶ kept
//!        a lease that ran out      └─no longer wanted when looked at again─▶ dropped
//! ```
//!
//! **Never twice, and what SMTP itself cannot tell.** The claim is committed before a connection is opened, and only its
//! holder may say how it ended. One window is left: the server accepted (or may have accepted) the mail and the program
//! died, or the line broke, before the answer was recorded. Nobody can know then; the mail goes out again **with the same
//! Message-ID**, by which mail programs know it as one, and the row says so in `last_error`. A mail that is known to be
//! accepted is recorded `sent` and never goes again; one that is known not to be is not a double.

mod again;
mod audit;
mod claim;
mod compose;
mod fresh;
pub mod kinds;
mod link;
mod message;
mod outbox;
pub mod pages;
mod queries;
mod retry;
mod sender;
mod smtp;
mod test_mail;

pub use again::{DropMail, RetryMail};
pub use audit::Audit;
pub use compose::{compose, plain_line};
pub use fresh::{Fresh, Planned};
pub use link::{LinkText, link_parts};
pub use message::{Address, Message, message_id};
pub use outbox::{Outgoing, queue};
pub use queries::{Queued, Troubles, queued, troubles};
pub use retry::TOO_OLD;
pub use sender::{run, send_due};
pub use test_mail::{Tested, send_test};

use crate::journal::{OnErase, OnExport, Table};

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[Table::booked("outbox", &["member"], OnErase::Delete, OnExport::Rows).hiding(&["message", "dedupe", "message_id"])];
