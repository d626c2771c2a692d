//! Opening a Board.

use crate::boards::kinds::Boards;
use crate::boards::rules::DOTS;
use crate::boards::{BoardId, Phase};
use crate::error::{Error, Result};
use crate::forum::{May, SpaceId, allows};
use crate::journal::{Act, FormKey, MaybeId, Reads, Tx};
use crate::people::rights::{Layer, Place};
use crate::people::{MemberId, Reader};
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

/// A Board that stands by itself, by whoever may start something in its Space; they lead it.
pub struct OpenBoard {
    pub by: Reader,
    pub space: SpaceId,
    pub title: String,
    pub question: String,
    pub dots: i64,
    pub key: FormKey,
}

impl Act for OpenBoard {
    type Answer = BoardId;

    async fn run(&self, tx: &Tx) -> Result<BoardId> {
        let by = self.by.signed_in()?.id;
        let rows = tx.rows("SELECT layer, CASE WHEN archived_at IS NULL THEN may_start ELSE 'nobody' END FROM space WHERE id = $1", values![self.space]).await?;
        let row = rows.first().ok_or(Error::NotFound)?;
        let (layer, may_start): (Layer, May) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        allows(&self.by, Place { space: self.space.0, layer }, may_start)?;
        if let Some(board) = tx.already(by.0, &self.key).await? {
            return Ok(BoardId(board));
        }
        let (title, question) = (self.title.clone(), self.question.clone());
        let board = AddBoard { by, space: self.space, workshop: None, title, question, dots: self.dots, leads: Vec::new() }.run(tx).await?;
        tx.done(by.0, &self.key, board.0).await?;
        Ok(board)
    }
}
