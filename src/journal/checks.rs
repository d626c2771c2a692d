//! What must be true of a part's rows, beside what the schema itself demands: `plenary verify` looks at it.

use std::future::Future;
use std::pin::Pin;

use super::Snapshot;
use crate::error::Result;

/// What one domain promises of its rows.
#[derive(Clone, Copy)]
pub struct Checks {
    /// The first half of its kinds: `forum`.
    pub domain: &'static str,
    /// What is stored though it follows from other rows.
    pub stored: &'static [Stored],
    /// Which rows the journal tells of.
    pub told: &'static [Told],
    /// Under which names its entries point to rows that stay for ever: name and table.
    pub things: &'static [(&'static str, &'static str)],
    /// What a statement cannot say.
    pub others: &'static [Other],
}

/// A count, or whatever else is stored, that can be computed again.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    /// The fault in words, with `{id}`, `{is}` and `{should}`.
    pub says: &'static str,
    /// Gives id, what is stored and what should be, three BIGINTs, where they differ.
    pub sql: &'static str,
}

/// Rows that must have an entry.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// The fault in words, with `{id}` and, where there are two ids, `{second}`.
    pub says: &'static str,
    /// Gives the rows, by one id or two.
    pub rows: &'static str,
    /// The kinds of entries of which each row must have one.
    pub kinds: &'static [&'static str],
    /// Where the entries hold these ids: `about`, or a name of theirs.
    pub ids: &'static [&'static str],
}

/// A check in Rust: faults in words, each for itself.
pub type Other = for<'a> fn(&'a Snapshot) -> Pin<Box<dyn Future<Output = Result<Vec<String>>> + Send + 'a>>;
