//! Summing up: a Synthesis of numbered Points that cite Contributions; what is cited nowhere is given a reason.

use std::collections::BTreeSet;

use super::led;
use crate::dialogues::kinds::Dialogues;
use crate::dialogues::queries;
use crate::dialogues::rules::{POINTS, only_in};
use crate::dialogues::{StageId, StageState, trail};
use crate::error::{Error, Result, Say};
use crate::journal::{Act, Reads, Tx};
use crate::people::Reader;
use crate::values;
use crate::web::Rendered;

/// Ends the gathering.
pub struct StartSumUp {
    pub by: Reader,
    pub stage: StageId,
}

impl Act for StartSumUp {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (stage, dialogue, member) = led(tx, &self.by, self.stage).await?;
        only_in(stage.state, &[StageState::Gather])?;
        tx.write("UPDATE stage SET state = 'sum_up' WHERE id = $1", values![stage.id]).await?;
        tx.record(Some(member.id.0), &Dialogues::StageMoved { dialogue: dialogue.id.0, stage: stage.id.0 }).await.map(|_| ())
    }
}

/// One Point to be.
#[derive(Clone, Debug)]
pub struct NewPoint {
    pub source: String,
    pub rendered: Rendered,
    /// Numbers of Contributions of this Stage.
    pub cites: BTreeSet<i64>,
}

/// Saves a Synthesis. Before the vote it is a draft that is replaced; after the vote began it is a new version with a
/// new vote, and the earlier ones stay.
pub struct SaveSynthesis {
    pub by: Reader,
    pub stage: StageId,
    /// The version the editor was filled from.
    pub version: i64,
    pub points: Vec<NewPoint>,
    /// Number of a Contribution and why it is cited nowhere.
    pub set_aside: Vec<(i64, String)>,
    /// Random, for the trail.
    pub salt: String,
}

impl Act for SaveSynthesis {
    /// The version that was saved.
    type Answer = i64;

    async fn run(&self, tx: &Tx) -> Result<i64> {
        let (stage, dialogue, member) = led(tx, &self.by, self.stage).await?;
        only_in(stage.state, &[StageState::SumUp, StageState::Ratify])?;
        if self.version != stage.version {
            return Err(Error::conflict("wrong-synthesis-changed"));
        }
        if self.points.is_empty() || self.points.len() > POINTS {
            return Err(Error::field("point-1", Say::new("wrong-points").with("limit", POINTS)));
        }
        let is_draft = stage.state == StageState::SumUp;
        let version = if is_draft { stage.version.max(1) } else { stage.version + 1 };
        if is_draft {
            tx.write("DELETE FROM point_cite WHERE point IN (SELECT id FROM point WHERE stage = $1 AND version = $2)", values![stage.id, version]).await?;
            tx.write("DELETE FROM point WHERE stage = $1 AND version = $2", values![stage.id, version]).await?;
        }
        tx.write("UPDATE stage SET version = $2 WHERE id = $1", values![stage.id, version]).await?;
        for (at, point) in self.points.iter().enumerate() {
            let number = at as i64 + 1;
            let sql = "INSERT INTO point (stage, version, number, source, html, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
            let id = tx.insert(sql, values![stage.id, version, number, point.source.clone(), point.rendered.0.clone(), tx.now()]).await?;
            for cited in &point.cites {
                let known = "SELECT id FROM contribution WHERE stage = $1 AND number = $2 AND withdrawn_at IS NULL";
                let known: Option<i64> = tx.value(known, values![stage.id, *cited]).await?;
                let known = known.ok_or_else(|| Error::conflict(Say::new("wrong-cite").with("number", cited)))?;
                tx.write("INSERT INTO point_cite (point, contribution) VALUES ($1, $2)", values![id, known]).await?;
            }
            trail::append(tx, dialogue.id, "point", id, &point.source, &format!("{}:{number}", self.salt)).await?;
        }
        for contribution in queries::contributions(tx, stage.id).await? {
            let reason = self.set_aside.iter().find(|(number, _)| *number == contribution.number).map(|(_, reason)| reason.trim()).unwrap_or_default();
            if reason.is_empty() {
                if contribution.set_aside.is_some() {
                    tx.write("DELETE FROM set_aside WHERE contribution = $1", values![contribution.id]).await?;
                }
                continue;
            }
            tx.write(
                "INSERT INTO set_aside (contribution, reason, at) VALUES ($1, $2, $3)
                 ON CONFLICT (contribution) DO UPDATE SET reason = excluded.reason, at = excluded.at",
                values![contribution.id, reason, tx.now()],
            )
            .await?;
            trail::append(tx, dialogue.id, "set_aside", contribution.id.0, reason, &format!("{}:a{}", self.salt, contribution.number)).await?;
        }
        let entry = Dialogues::SynthesisSaved { dialogue: dialogue.id.0, stage: stage.id.0, version };
        tx.record(Some(member.id.0), &entry).await?;
        Ok(version)
    }
}
