//! Asking to belong to an Organisation.

use super::{belongs, there};
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::people::kinds::People;
use crate::people::membership::{QuestionId, QuestionKind};
use crate::people::{MemberId, OrganisationId};
use crate::values;

/// Asks its Stewards and admins; once is enough while nobody has answered.
pub struct AskToJoin {
    pub by: MemberId,
    pub organisation: OrganisationId,
    /// What they say of themselves; may be empty.
    pub words: String,
}

impl Act for AskToJoin {
    type Answer = QuestionId;

    async fn run(&self, tx: &Tx) -> Result<QuestionId> {
        there(tx, self.organisation).await?;
        if belongs(tx, self.organisation, self.by).await? {
            return Err(Error::conflict("wrong-ask-belongs"));
        }
        ask(tx, Some(self.by), self.organisation, self.by, QuestionKind::Join, &self.words).await
    }
}

/// Opens a question, unless the same is open.
pub(super) async fn ask(tx: &Tx, by: Option<MemberId>, organisation: OrganisationId, member: MemberId, kind: QuestionKind, words: &str) -> Result<QuestionId> {
    let open = "SELECT id FROM membership_question WHERE organisation = $1 AND member = $2 AND kind = $3 AND answered_at IS NULL";
    if let Some(known) = tx.value::<QuestionId>(open, values![organisation, member, kind]).await? {
        return Ok(known);
    }
    let sql = "INSERT INTO membership_question (organisation, member, kind, words, asked_at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    let id = tx.insert(sql, values![organisation, member, kind, words.to_owned(), tx.now()]).await?;
    tx.record(by.map(|by| by.0), &People::QuestionAsked { question: id, member: member.0, organisation: organisation.0 }).await?;
    Ok(QuestionId(id))
}
