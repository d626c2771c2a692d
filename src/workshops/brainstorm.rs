//! Where Workshops meet Boards: beginning one, showing it in the room, and what came of it.

use super::{Activity, Workshop};
use crate::error::{Error, Result};
use crate::journal::{Reads, Tx};
use crate::people::MemberId;
use crate::web::Context;

/// What came of a Board: its groups, most votes first, those without votes too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub groups: Vec<Group>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub title: String,
    pub cards: Vec<String>,
    pub votes: i64,
    pub note: String,
}

pub(super) async fn begin(_tx: &Tx, _by: MemberId, _workshop: &Workshop, _activity: &Activity, _leads: Vec<MemberId>) -> Result<i64> {
    Err(Error::bug("boards are not merged yet"))
}

pub(super) async fn panel(_context: &Context, _board: i64, _back: &str) -> Result<String> {
    Err(Error::bug("boards are not merged yet"))
}

pub(super) async fn outcome(_db: &impl Reads, _board: i64) -> Result<Outcome> {
    Err(Error::bug("boards are not merged yet"))
}
