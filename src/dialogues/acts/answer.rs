//! Passing on, and answering what came from below.

use super::{led, seen};
use crate::dialogues::kinds::Dialogues;
use crate::dialogues::queries;
use crate::dialogues::rules::{all_answered, all_heard, only_in, ratified, reason_for_answer};
use crate::dialogues::tells::waits;
use crate::dialogues::{AnswerKind, PointId, StageId, StageState, trail};
use crate::error::{Error, Result};
use crate::journal::{Act, Kind, Tx};
use crate::notify;
use crate::people::Reader;
use crate::values;
use crate::web::Rendered;

/// Passes a ratified Synthesis on: its Points become the input of the next Stages, which begin to gather.
pub struct PassOn {
    pub by: Reader,
    pub stage: StageId,
}

impl Act for PassOn {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (stage, dialogue, member) = led(tx, &self.by, self.stage).await?;
        only_in(stage.state, &[StageState::Ratify])?;
        let unanswered: Vec<i64> = queries::incoming(tx, &stage).await?.into_iter().filter(|(_, answered)| !answered).map(|(point, _)| point.number).collect();
        all_answered(&unanswered)?;
        let (all, cited, aside) = queries::heard(tx, &stage).await?;
        all_heard(&all, &cited, &aside)?;
        ratified(queries::tally(tx, &stage).await?, stage.quorum, stage.disagree_most)?;
        tx.write("UPDATE stage SET state = 'passed_on', passed_at = $2 WHERE id = $1", values![stage.id, tx.now()]).await?;
        let next = "UPDATE stage SET state = 'gather' WHERE dialogue = $1 AND position = $2 AND state = 'planned'";
        tx.write(next, values![dialogue.id, stage.position + 1]).await?;
        tx.record(Some(member.id.0), &Dialogues::PassedOn { dialogue: dialogue.id.0, stage: stage.id.0 }).await.map(|_| ())
    }
}

/// A Stage's answer to a Point that was passed to it. A later answer stands beside the earlier.
pub struct AnswerPoint {
    pub by: Reader,
    /// The Stage that answers.
    pub stage: StageId,
    pub point: PointId,
    pub kind: AnswerKind,
    pub source: String,
    pub rendered: Rendered,
    /// Random, for the trail.
    pub salt: String,
}

impl Act for AnswerPoint {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (stage, dialogue, member) = seen(tx, &self.by, self.stage).await?;
        if !queries::may_answer(tx, &self.by, &dialogue, &stage).await? {
            return Err(Error::NotAllowed);
        }
        only_in(stage.state, &[StageState::Gather, StageState::SumUp, StageState::Ratify, StageState::PassedOn])?;
        let asked = queries::incoming(tx, &stage).await?.into_iter().map(|(point, _)| point).find(|point| point.id == self.point).ok_or(Error::NotFound)?;
        reason_for_answer(self.kind, &self.source).map_err(|wrong| Error::Invalid(vec![wrong]))?;
        let sql = "INSERT INTO point_answer (point, stage, kind, source, html, author, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
        let values = values![self.point, stage.id, self.kind, self.source.clone(), self.rendered.0.clone(), member.id, tx.now()];
        let answer = tx.insert(sql, values).await?;
        trail::append(tx, dialogue.id, "answer", answer, &format!("{}: {}", self.kind, self.source), &self.salt).await?;
        notify::thing_changed(tx, Dialogues::DOMAIN, &waits(stage.id, asked.stage)).await?;
        let entry = Dialogues::Answered { dialogue: dialogue.id.0, stage: stage.id.0, point: self.point.0 };
        tx.record(Some(member.id.0), &entry).await.map(|_| ())
    }
}
