//! Answering what is asked about somebody in an Organisation.

use crate::error::{Error, Result};
use crate::journal::{Act, Tx};
use crate::people::kinds::People;
use crate::people::membership::{Answer, QuestionId, QuestionKind, join, question};
use crate::people::rights::may_steward;
use crate::people::{MemberId, OrganisationId, Reader};
use crate::{notify, values};

/// A Steward or an admin answers; whoever asked to belong takes it back. To all others there is no such question.
pub struct AnswerQuestion {
    pub by: Reader,
    pub question: QuestionId,
    pub answer: Answer,
}

impl Act for AnswerQuestion {
    /// In which Organisation it was asked.
    type Answer = OrganisationId;

    async fn run(&self, tx: &Tx) -> Result<OrganisationId> {
        let by = self.by.signed_in()?.id;
        let question = question(tx, self.question).await?.ok_or(Error::NotFound)?;
        let is_own = question.kind == QuestionKind::Join && question.member == by;
        let may = if self.answer == Answer::Back { is_own } else { may_steward(&self.by, question.organisation) };
        if !may {
            return Err(if is_own { Error::NotAllowed } else { Error::NotFound });
        }
        if question.answered_at.is_some() {
            return Err(Error::conflict("wrong-question-answered"));
        }
        let (organisation, member) = (question.organisation, question.member);
        settle(tx, Some(by), question.id, organisation, member, self.answer).await?;
        match (question.kind, self.answer) {
            (QuestionKind::Join, Answer::Yes) => {
                join(tx, Some(by), organisation, member).await?;
            }
            (QuestionKind::Practitioner, Answer::No) => {
                let sql = "UPDATE member SET practitioner_at = NULL WHERE id = $1 AND practitioner_at IS NOT NULL";
                if tx.write(sql, values![member]).await? == 1 {
                    tx.record(Some(by.0), &People::PractitionerChanged { member: member.0, is_practitioner: Some(false) }).await?;
                }
            }
            _ => {}
        }
        Ok(organisation)
    }
}

/// Notes an answer; for whomever the question waited, it waits no longer.
pub(in crate::people::membership) async fn settle(tx: &Tx, by: Option<MemberId>, id: QuestionId, organisation: OrganisationId, member: MemberId, answer: Answer) -> Result<()> {
    let sql = "UPDATE membership_question SET answered_at = $2, answer = $3 WHERE id = $1";
    tx.write(sql, values![id, tx.now(), answer]).await?;
    let entry = People::QuestionAnswered { question: id.0, member: member.0, organisation: organisation.0 };
    tx.record(by.map(|by| by.0), &entry).await?;
    notify::thing_changed(tx, "people", &format!("question:{id}")).await
}
