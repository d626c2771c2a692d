//! What changes a Dialogue, one act a file.

mod answer;
mod contribute;
mod open;
mod ratify;
mod sum_up;

pub use answer::{AnswerPoint, PassOn};
pub use contribute::{AddComment, AddContribution, Withdraw};
pub use open::{NewStage, OpenDialogue};
pub use ratify::{CastVote, StartRatification};
pub use sum_up::{NewPoint, SaveSynthesis, StartSumUp};

use super::StageId;
use super::queries::{self, Dialogue, Stage};
use crate::error::{Error, Result};
use crate::journal::Tx;
use crate::people::{Member, Reader};

/// A Stage with its Dialogue, for somebody who is signed in and may see it.
async fn seen(tx: &Tx, by: &Reader, id: StageId) -> Result<(Stage, Dialogue, Member)> {
    let member = (**by.signed_in()?).clone();
    let stage = queries::stage(tx, id).await?;
    let dialogue = queries::dialogue(tx, by, stage.dialogue).await?;
    if dialogue.archived_at.is_some() {
        return Err(Error::conflict("wrong-space-archived"));
    }
    Ok((stage, dialogue, member))
}

/// The same, for somebody who leads the Dialogue.
async fn led(tx: &Tx, by: &Reader, id: StageId) -> Result<(Stage, Dialogue, Member)> {
    let (stage, dialogue, member) = seen(tx, by, id).await?;
    if !queries::leads(tx, by, &dialogue).await? {
        return Err(Error::NotAllowed);
    }
    Ok((stage, dialogue, member))
}
