//! Opening a Board.

use crate::boards::kinds::Boards;
use crate::boards::rules::DOTS;
use crate::boards::{BoardId, Phase};
use crate::error::Result;
use crate::forum::SpaceId;
use crate::journal::{Act, MaybeId, Tx};
use crate::people::MemberId;
use crate::values;

/// A new Board in the phase *write*. Whoever opens it has looked at who may (a Workshop, a Space's page).
pub struct AddBoard {
    pub by: MemberId,
    pub space: SpaceId,
    pub workshop: Option<i64>,
    pub title: String,
    pub question: String,
    /// Dots each may give.
    pub dots: i64,
    pub leads: Vec<MemberId>,
}

impl Act for AddBoard {
    type Answer = BoardId;

    async fn run(&self, tx: &Tx) -> Result<BoardId> {
        let board = tx
            .insert(
                "INSERT INTO board (space, workshop, title, question, dots, phase, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                values![
                    self.space,
                    MaybeId(self.workshop),
                    self.title.clone(),
                    self.question.clone(),
                    self.dots.clamp(1, DOTS),
                    Phase::Write,
                    self.by,
                    tx.now()
                ],
            )
            .await?;
        for lead in std::iter::once(&self.by).chain(&self.leads) {
            let sql = "INSERT INTO board_lead (board, member) VALUES ($1, $2) ON CONFLICT (board, member) DO NOTHING";
            tx.write(sql, values![board, *lead]).await?;
        }
        tx.record(Some(self.by.0), &Boards::Opened { board, space: self.space.0 }).await?;
        Ok(BoardId(board))
    }
}
