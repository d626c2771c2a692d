//! What changes who belongs where, one act a file.

mod answer;
mod ask;
mod leave;
mod practitioner;
mod stewards;

pub use answer::AnswerQuestion;
pub(super) use answer::settle;
pub use ask::AskToJoin;
pub use leave::Leave;
pub use practitioner::SetOwnPractitioner;
pub use stewards::{AddToOrganisation, Described, DescribeOrganisation, SetSteward};

use crate::error::{Error, Result};
use crate::journal::Reads;
use crate::people::{MemberId, OrganisationId};
use crate::values;

/// Whether somebody belongs to an Organisation.
pub(super) async fn belongs(db: &impl Reads, organisation: OrganisationId, member: MemberId) -> Result<bool> {
    let sql = "SELECT member FROM membership WHERE organisation = $1 AND member = $2";
    Ok(db.value::<i64>(sql, values![organisation, member]).await?.is_some())
}

/// An Organisation that is there, and not merged into another.
async fn there(db: &impl Reads, organisation: OrganisationId) -> Result<()> {
    let sql = "SELECT id FROM organisation WHERE id = $1 AND merged_into IS NULL";
    db.value::<i64>(sql, values![organisation]).await?.map(|_| ()).ok_or(Error::NotFound)
}
