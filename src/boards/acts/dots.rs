//! Dots: given and taken back one by one, within the budget, in the one transaction that counts it.

use super::taking_part;
use crate::boards::kinds::Boards;
use crate::boards::rules::{budget, only_in};
use crate::boards::{BoardId, Phase};
use crate::error::{Error, Result};
use crate::journal::{Act, FormKey, Reads, Tx};
use crate::people::Reader;
use crate::values;

/// Gives a dot (+1) or takes one back (−1).
pub struct CastDot {
    pub by: Reader,
    pub board: BoardId,
    /// `g12` or `c5`.
    pub target: String,
    pub change: i64,
    pub key: FormKey,
}

impl Act for CastDot {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (board, member) = taking_part(tx, &self.by, self.board).await?;
        if tx.already(member.0, &self.key).await?.is_some() {
            return Ok(());
        }
        only_in(board.phase, Phase::Vote)?;
        let (kind, id) = self.target.split_at_checked(1).ok_or(Error::NotFound)?;
        let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
        let there = match kind {
            "g" => "SELECT id FROM card_group WHERE id = $1 AND board = $2",
            "c" => "SELECT id FROM card WHERE id = $1 AND board = $2 AND grouped IS NULL AND hidden_at IS NULL",
            _ => return Err(Error::NotFound),
        };
        tx.value::<i64>(there, values![id, board.id]).await?.ok_or(Error::NotFound)?;
        let target = format!("{kind}{id}");
        let given = "SELECT CAST(COALESCE(sum(amount), 0) AS BIGINT) FROM dot WHERE board = $1 AND member = $2";
        let given: i64 = tx.value(given, values![board.id, member]).await?.unwrap_or(0);
        let here = "SELECT amount FROM dot WHERE board = $1 AND member = $2 AND target = $3";
        let here: i64 = tx.value(here, values![board.id, member, target.clone()]).await?.unwrap_or(0);
        let amount = budget(board.dots, given, here, self.change)?;
        tx.write(
            "INSERT INTO dot (board, member, target, amount) VALUES ($1, $2, $3, $4)
             ON CONFLICT (board, member, target) DO UPDATE SET amount = excluded.amount",
            values![board.id, member, target, amount],
        )
        .await?;
        tx.done(member.0, &self.key, amount).await?;
        if given == 0 || given + self.change == 0 {
            tx.record(None, &Boards::VotersChanged { board: board.id.0 }).await?;
        }
        tx.record(None, &Boards::MineChanged { board: board.id.0, member: member.0 }).await.map(|_| ())
    }
}
