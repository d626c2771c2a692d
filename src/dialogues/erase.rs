//! What erasing a Member does in Dialogues: their votes are taken back; their words go if they wish, and the trail still
//! holds, for its chain runs over the hashes.

use super::kinds::Dialogues;
use crate::error::Result;
use crate::journal::{Reads, Tx};
use crate::live::BoxFuture;
use crate::people::MemberId;
use crate::people::account::Erases;
use crate::values;

/// Stages, Contributions or comments of one act.
const BATCH: usize = 100;

/// The Dialogues' part in erasing.
pub struct Eraser;

impl Erases for Eraser {
    fn step<'a>(&'a self, tx: &'a Tx, member: MemberId, words: bool) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move {
            if ballots(tx, member).await? {
                return Ok(true);
            }
            Ok(words && (contributions(tx, member).await? || comments(tx, member).await?))
        })
    }
}

async fn ballots(tx: &Tx, member: MemberId) -> Result<bool> {
    let sql = format!("SELECT DISTINCT b.stage, g.dialogue FROM ballot b JOIN stage g ON g.id = b.stage WHERE b.member = $1 ORDER BY b.stage LIMIT {BATCH}");
    let stages = tx.rows(&sql, values![member]).await?;
    for row in &stages {
        let (stage, dialogue): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        tx.write("DELETE FROM ballot WHERE stage = $1 AND member = $2", values![stage, member]).await?;
        tx.record(None, &Dialogues::VoteCast { dialogue, stage }).await?;
    }
    Ok(stages.len() == BATCH)
}

/// What a facilitator entered for somebody else is not theirs, and stays.
async fn contributions(tx: &Tx, member: MemberId) -> Result<bool> {
    let sql = format!(
        "SELECT c.id, c.stage, g.dialogue FROM contribution c JOIN stage g ON g.id = c.stage
         WHERE c.author = $1 AND c.entered_for = '' AND c.erased_at IS NULL ORDER BY c.id LIMIT {BATCH}"
    );
    let contributions = tx.rows(&sql, values![member]).await?;
    for row in &contributions {
        let (contribution, stage, dialogue): (i64, i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        tx.write("UPDATE contribution SET source = '', html = '', erased_at = $2, withdrawn_at = COALESCE(withdrawn_at, $2) WHERE id = $1", values![contribution, tx.now()]).await?;
        let trail = "UPDATE trail SET text = NULL, salt = NULL, erased_at = $3 WHERE dialogue = $1 AND what = 'contribution' AND about = $2";
        tx.write(trail, values![dialogue, contribution, tx.now()]).await?;
        tx.record(None, &Dialogues::Withdrawn { dialogue, stage, contribution }).await?;
    }
    Ok(contributions.len() == BATCH)
}

async fn comments(tx: &Tx, member: MemberId) -> Result<bool> {
    let sql = format!(
        "SELECT k.id, k.contribution, c.stage, g.dialogue FROM contribution_comment k JOIN contribution c ON c.id = k.contribution JOIN stage g ON g.id = c.stage
         WHERE k.author = $1 AND k.erased_at IS NULL ORDER BY k.id LIMIT {BATCH}"
    );
    let comments = tx.rows(&sql, values![member]).await?;
    for row in &comments {
        let ids = [0, 1, 2, 3].map(|at| row.try_get_by_index::<i64>(at));
        let [comment, contribution, stage, dialogue] = ids;
        let (comment, contribution, stage, dialogue) = (comment?, contribution?, stage?, dialogue?);
        tx.write("UPDATE contribution_comment SET source = '', html = '', erased_at = $2 WHERE id = $1", values![comment, tx.now()]).await?;
        tx.record(None, &Dialogues::CommentErased { dialogue, stage, contribution, comment }).await?;
    }
    Ok(comments.len() == BATCH)
}
