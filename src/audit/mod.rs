//! The audit log: what admins and moderators did, as sentences. It is a Room of the journal (`Room::Log`), so nothing is
//! stored twice: a kind is audited by naming that Room, and its domain turns its entries into sentences.

mod live;
mod queries;

pub use live::Live;
pub use queries::{Logged, Sought, csv, logged, named};

use crate::app::{AUDITS, Site};
use crate::error::Result;
use crate::journal::Entry;
use crate::live::BoxFuture;
use crate::people::Reader;

/// A domain whose entries tell of acts of admins and moderators.
pub trait Audits: Send + Sync {
    /// The kinds that may be in the log, by their whole names; each has its words under `log-kind-…`, a hyphen for the dot.
    fn kinds(&self) -> &'static [&'static str];

    /// What an entry says, in the reader's language and with what they may see; `None` when it is another domain's.
    fn line<'a>(&'a self, site: &'a Site, reader: &'a Reader, entry: &'a Entry) -> BoxFuture<'a, Result<Option<Line>>>;
}

/// One act in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// A sentence without its subject: "Made Ben Okoro a Moderator".
    pub says: String,
    /// Where what it tells of is found.
    pub href: Option<String>,
    /// The reason that was given, where one was.
    pub reason: Option<String>,
}

/// All kinds that may be in the log.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    AUDITS.iter().flat_map(|audits| audits.kinds()).copied()
}

/// The words of an entry; the bare kind where no domain knows it any more.
pub async fn line(site: &Site, reader: &Reader, entry: &Entry) -> Result<Line> {
    for audits in AUDITS {
        if let Some(line) = audits.line(site, reader, entry).await? {
            return Ok(line);
        }
    }
    Ok(Line { says: entry.kind.clone(), ..Line::default() })
}

#[cfg(test)]
mod tests {
    use crate::journal::PASSING;

    #[test]
    fn what_is_in_the_log_is_never_compacted_away() {
        assert!(super::kinds().count() > 5);
        for kind in super::kinds() {
            assert!(!PASSING.contains(&kind), "{kind} is dropped after a day");
        }
    }
}
