//! Notices and digests: what a Member is told, on the site and by mail, read from the journal.

mod live;
mod tells;

pub use live::Live;
pub use tells::{Described, DigestItem, Telling, Tells};

use crate::app::Site;
use crate::error::Result;
use crate::journal::{Reads, Table};
use crate::people::MemberId;

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[];

/// How many things wait for a Member.
pub async fn waiting(_db: &impl Reads, _member: MemberId) -> Result<i64> {
    Ok(0)
}

/// The reader of the journal that tells people, and the plan of digests.
pub async fn run(site: Site) {
    site.stop.cancelled().await;
}
