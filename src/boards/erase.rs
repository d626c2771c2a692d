//! What erasing a Member does on Boards: their dots are taken back; their cards go if they wish.

use super::kinds::Boards;
use crate::error::Result;
use crate::journal::{Reads, Tx};
use crate::live::BoxFuture;
use crate::people::MemberId;
use crate::people::account::Erases;
use crate::values;

/// Boards, or cards, of one act.
const BATCH: usize = 100;

/// The Boards' part in erasing.
pub struct Eraser;

impl Erases for Eraser {
    fn step<'a>(&'a self, tx: &'a Tx, member: MemberId, words: bool) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move {
            if dots(tx, member).await? {
                return Ok(true);
            }
            if words { cards(tx, member).await } else { Ok(false) }
        })
    }
}

async fn dots(tx: &Tx, member: MemberId) -> Result<bool> {
    let boards: Vec<i64> = tx.column(&format!("SELECT DISTINCT board FROM dot WHERE member = $1 ORDER BY board LIMIT {BATCH}"), values![member]).await?;
    for board in &boards {
        tx.write("DELETE FROM dot WHERE board = $1 AND member = $2", values![*board, member]).await?;
        tx.record(None, &Boards::VotersChanged { board: *board }).await?;
    }
    Ok(boards.len() == BATCH)
}

/// A card is withdrawn as by whoever leads; while all still write it is as if it had never been.
async fn cards(tx: &Tx, member: MemberId) -> Result<bool> {
    let sql = format!("SELECT c.id, c.board, b.phase FROM card c JOIN board b ON b.id = c.board WHERE c.author = $1 AND c.text <> '' ORDER BY c.id LIMIT {BATCH}");
    let cards = tx.rows(&sql, values![member]).await?;
    for row in &cards {
        let (card, board, phase): (i64, i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        if phase == "write" {
            tx.write("DELETE FROM card WHERE id = $1", values![card]).await?;
            tx.record(None, &Boards::CardRemoved { board }).await?;
            continue;
        }
        tx.write("DELETE FROM dot WHERE board = $1 AND target = $2", values![board, format!("c{card}")]).await?;
        tx.write("UPDATE card SET text = '', hidden_at = COALESCE(hidden_at, $2), grouped = NULL WHERE id = $1", values![card, tx.now()]).await?;
        tx.record(None, &Boards::CardHidden { board, card }).await?;
    }
    Ok(cards.len() == BATCH)
}
