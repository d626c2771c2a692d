//! Ratifying: the vote on one version of a Synthesis.

use super::{led, seen};
use crate::dialogues::kinds::Dialogues;
use crate::dialogues::queries;
use crate::dialogues::rules::{all_heard, belongs, only_in, reason_for_choice};
use crate::dialogues::{Choice, StageId, StageState};
use crate::error::{Error, Result};
use crate::journal::{Act, Tx};
use crate::people::Reader;
use crate::values;

/// Opens the vote: every Contribution has been cited or given a reason.
pub struct StartRatification {
    pub by: Reader,
    pub stage: StageId,
}

impl Act for StartRatification {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (stage, dialogue, member) = led(tx, &self.by, self.stage).await?;
        only_in(stage.state, &[StageState::SumUp])?;
        if stage.version == 0 {
            return Err(Error::conflict("wrong-no-synthesis"));
        }
        let (all, cited, aside) = queries::heard(tx, &stage).await?;
        all_heard(&all, &cited, &aside)?;
        tx.write("UPDATE stage SET state = 'ratify' WHERE id = $1", values![stage.id]).await?;
        tx.record(Some(member.id.0), &Dialogues::StageMoved { dialogue: dialogue.id.0, stage: stage.id.0 }).await.map(|_| ())
    }
}

/// One person's vote on the present version; it can be changed until the vote is closed.
pub struct CastVote {
    pub by: Reader,
    pub stage: StageId,
    /// The version that was read.
    pub version: i64,
    pub choice: Choice,
    pub reason: String,
}

impl Act for CastVote {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (stage, dialogue, member) = seen(tx, &self.by, self.stage).await?;
        belongs(&member, stage.level, stage.organisation)?;
        if stage.state == StageState::PassedOn || (stage.state == StageState::Ratify && tx.now() > stage.closes_at) {
            return Err(Error::conflict("wrong-vote-closed"));
        }
        only_in(stage.state, &[StageState::Ratify])?;
        if self.version != stage.version {
            return Err(Error::conflict("wrong-vote-version"));
        }
        reason_for_choice(self.choice, &self.reason).map_err(|wrong| Error::Invalid(vec![wrong]))?;
        tx.write(
            "INSERT INTO ballot (stage, version, member, choice, reason, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (stage, version, member) DO UPDATE SET choice = excluded.choice, reason = excluded.reason, at = excluded.at",
            values![stage.id, stage.version, member.id, self.choice, self.reason.trim(), tx.now()],
        )
        .await?;
        // No actor: how many have voted is everybody's, who did is not.
        tx.record(None, &Dialogues::VoteCast { dialogue: dialogue.id.0, stage: stage.id.0 }).await.map(|_| ())
    }
}
