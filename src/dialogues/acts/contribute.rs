//! Contributing to a Stage, commenting, and withdrawing what one said.

use sea_orm::FromQueryResult;

use super::seen;
use crate::dialogues::kinds::Dialogues;
use crate::dialogues::queries::{self, contribution};
use crate::dialogues::rules::{belongs, only_in};
use crate::dialogues::{ContributionId, StageId, StageState, trail};
use crate::error::{Error, Result};
use crate::journal::{Act, FormKey, Tx};
use crate::people::Reader;
use crate::values;
use crate::web::Rendered;

/// What somebody of the Stage says, or what a facilitator enters for somebody at the desk.
pub struct AddContribution {
    pub by: Reader,
    pub stage: StageId,
    /// Empty where the author writes themselves.
    pub entered_for: String,
    pub source: String,
    pub rendered: Rendered,
    pub key: FormKey,
    /// Random, for the trail.
    pub salt: String,
}

#[derive(FromQueryResult)]
struct Counted {
    contributions: i64,
}

impl Act for AddContribution {
    type Answer = ContributionId;

    async fn run(&self, tx: &Tx) -> Result<ContributionId> {
        let (stage, dialogue, member) = seen(tx, &self.by, self.stage).await?;
        if let Some(known) = tx.already(member.id.0, &self.key).await? {
            return Ok(ContributionId(known));
        }
        let leads = queries::leads(tx, &self.by, &dialogue).await?;
        match (self.entered_for.is_empty(), leads) {
            (false, false) => return Err(Error::NotAllowed),
            (false, true) => {}
            (true, _) => belongs(&member, stage.level, stage.organisation)?,
        }
        only_in(stage.state, &[StageState::Gather])?;
        let counted = tx
            .write_returning::<Counted>("UPDATE stage SET contributions = contributions + 1 WHERE id = $1 RETURNING contributions", values![stage.id])
            .await?;
        let number = counted.first().ok_or(Error::NotFound)?.contributions;
        let id = tx
            .insert(
                "INSERT INTO contribution (stage, number, author, entered_for, source, html, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
                values![stage.id, number, member.id, self.entered_for.clone(), self.source.clone(), self.rendered.0.clone(), tx.now()],
            )
            .await?;
        trail::append(tx, dialogue.id, "contribution", id, &self.source, &self.salt).await?;
        tx.done(member.id.0, &self.key, id).await?;
        let entry = Dialogues::Contributed { dialogue: dialogue.id.0, space: dialogue.space.0, stage: stage.id.0, contribution: id };
        tx.record(Some(member.id.0), &entry).await?;
        Ok(ContributionId(id))
    }
}

/// Takes a Contribution back while all gather: its place stays, its words go from the page.
pub struct Withdraw {
    pub by: Reader,
    pub contribution: ContributionId,
}

impl Act for Withdraw {
    type Answer = StageId;

    async fn run(&self, tx: &Tx) -> Result<StageId> {
        let known = contribution(tx, self.contribution).await?;
        let (stage, dialogue, member) = seen(tx, &self.by, known.stage).await?;
        if known.author != Some(member.id) {
            return Err(Error::NotAllowed);
        }
        only_in(stage.state, &[StageState::Gather])?;
        tx.write("UPDATE contribution SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL", values![known.id, tx.now()]).await?;
        let entry = Dialogues::Withdrawn { dialogue: dialogue.id.0, stage: stage.id.0, contribution: known.id.0 };
        tx.record(Some(member.id.0), &entry).await?;
        Ok(stage.id)
    }
}

/// A word on somebody's Contribution: by whoever may read the Dialogue.
pub struct AddComment {
    pub by: Reader,
    pub contribution: ContributionId,
    pub source: String,
    pub rendered: Rendered,
    pub key: FormKey,
}

impl Act for AddComment {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let known = contribution(tx, self.contribution).await?;
        let (stage, dialogue, member) = seen(tx, &self.by, known.stage).await?;
        if tx.already(member.id.0, &self.key).await?.is_some() {
            return Ok(());
        }
        if known.withdrawn_at.is_some() {
            return Err(Error::conflict("wrong-contribution-withdrawn"));
        }
        let sql = "INSERT INTO contribution_comment (contribution, author, source, html, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
        let comment = tx.insert(sql, values![known.id, member.id, self.source.clone(), self.rendered.0.clone(), tx.now()]).await?;
        tx.done(member.id.0, &self.key, comment).await?;
        let entry = Dialogues::Commented { dialogue: dialogue.id.0, stage: stage.id.0, contribution: known.id.0, comment };
        tx.record(Some(member.id.0), &entry).await.map(|_| ())
    }
}
