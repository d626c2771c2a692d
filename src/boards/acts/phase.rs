//! Moving a Board on, or back.

use super::leading;
use crate::boards::kinds::Boards;
use crate::boards::rules::{loses_dots, may_move};
use crate::boards::{BoardId, Phase};
use crate::error::Result;
use crate::journal::{Act, Reads, Tx};
use crate::people::Reader;
use crate::values;

/// One step on or back, by who leads. Going back before the vote deletes the dots, as its button says.
pub struct SetPhase {
    pub by: Reader,
    pub board: BoardId,
    pub phase: Phase,
}

impl Act for SetPhase {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (board, member) = leading(tx, &self.by, self.board).await?;
        if board.phase == self.phase {
            return Ok(()); // two who lead pressed the same button
        }
        may_move(board.phase, self.phase)?;
        if loses_dots(board.phase, self.phase) {
            tx.write("DELETE FROM dot WHERE board = $1", values![board.id]).await?;
        }
        if board.phase == Phase::Write {
            shuffle(tx, board.id).await?;
        }
        tx.write("UPDATE board SET phase = $2 WHERE id = $1", values![board.id, self.phase]).await?;
        tx.record(Some(member.0), &Boards::PhaseChanged { board: board.id.0, space: board.space.0 }).await.map(|_| ())
    }
}

/// Numbers the cards anew in their random order: the old numbers would tell who wrote when.
async fn shuffle(tx: &Tx, board: BoardId) -> Result<()> {
    let Some(last) = tx.value::<Option<i64>>("SELECT MAX(id) FROM card WHERE board = $1", values![board]).await?.flatten() else { return Ok(()) };
    tx.write(
        "INSERT INTO card (board, author, text, grouped, shuffle, hidden_at)
         SELECT board, author, text, grouped, shuffle, hidden_at FROM card WHERE board = $1 AND id <= $2 ORDER BY shuffle, id",
        values![board, last],
    )
    .await?;
    tx.write("DELETE FROM card WHERE board = $1 AND id <= $2", values![board, last]).await.map(|_| ())
}
