//! Belonging to Organisations: asking to, being confirmed by their Stewards and by admins, leaving; and who of their people
//! are Practitioners.

mod acts;
mod model;
pub mod pages;
mod queries;
mod tells;

pub use acts::*;
pub use model::{Answer, QuestionId, QuestionKind};
pub use queries::*;
pub use tells::Tells;

use crate::error::Result;
use crate::journal::{OnErase, OnExport, Reads, Table, Tx};
use crate::people::kinds::People;
use crate::people::{MemberId, OrganisationId};
use crate::values;

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[
    Table::journaled("steward", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("membership_question", &["member"], OnErase::Delete, OnExport::Rows),
];

/// Makes a Member belong to an Organisation; they speak for it where they spoke for none. Whether they are new to it.
pub(super) async fn join(tx: &Tx, by: Option<MemberId>, organisation: OrganisationId, member: MemberId) -> Result<bool> {
    let sql = "INSERT INTO membership (member, organisation, since) VALUES ($1, $2, $3) ON CONFLICT (member, organisation) DO NOTHING";
    if tx.write(sql, values![member, organisation, tx.now()]).await? == 0 {
        return Ok(false);
    }
    tx.write("UPDATE member SET speaks_for = $2 WHERE id = $1 AND speaks_for IS NULL", values![member, organisation]).await?;
    tx.record(by.map(|by| by.0), &People::MembershipChanged { member: member.0, organisation: organisation.0 }).await?;
    // Whoever asked has their answer.
    close(tx, by, organisation, member, QuestionKind::Join, Answer::Yes).await?;
    // Whoever left as a Practitioner has come back as one.
    close(tx, by, organisation, member, QuestionKind::Practitioner, Answer::Yes).await?;
    Ok(true)
}

/// Answers what is open of one kind about somebody in an Organisation.
async fn close(tx: &Tx, by: Option<MemberId>, organisation: OrganisationId, member: MemberId, kind: QuestionKind, answer: Answer) -> Result<()> {
    let sql = "SELECT id FROM membership_question WHERE organisation = $1 AND member = $2 AND kind = $3 AND answered_at IS NULL";
    for id in tx.column::<QuestionId>(sql, values![organisation, member, kind]).await? {
        acts::settle(tx, by, id, organisation, member, answer).await?;
    }
    Ok(())
}
