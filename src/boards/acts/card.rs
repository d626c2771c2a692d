//! Cards: written, edited and removed by their authors while all write; moved by everybody while all group.

use super::{leading, taking_part};
use crate::boards::kinds::Boards;
use crate::boards::rules::{CARDS, hidden_in, only_in};
use crate::boards::{BoardId, CardId, GroupId, Phase};
use crate::error::{Error, Result};
use crate::journal::{Act, FormKey, MaybeId, Reads, Tx};
use crate::people::{MemberId, Reader};
use crate::values;

/// A new card.
pub struct AddCard {
    pub by: Reader,
    pub board: BoardId,
    pub text: String,
    /// Random: its place when cards are revealed.
    pub shuffle: i64,
    pub key: FormKey,
}

impl Act for AddCard {
    type Answer = CardId;

    async fn run(&self, tx: &Tx) -> Result<CardId> {
        let (board, member) = taking_part(tx, &self.by, self.board).await?;
        if let Some(card) = tx.already(member.0, &self.key).await? {
            return Ok(CardId(card));
        }
        only_in(board.phase, Phase::Write)?;
        let known: i64 = tx.value("SELECT count(*) FROM card WHERE board = $1", values![board.id]).await?.unwrap_or(0);
        if known >= CARDS {
            return Err(Error::conflict("wrong-board-full"));
        }
        let sql = "INSERT INTO card (board, author, text, shuffle) VALUES ($1, $2, $3, $4) RETURNING id";
        let card = tx.insert(sql, values![board.id, member, self.text.clone(), self.shuffle]).await?;
        tx.done(member.0, &self.key, card).await?;
        // No actor: who writes when is nobody's business.
        tx.record(None, &Boards::CardAdded { board: board.id.0 }).await?;
        mine_changed(tx, board.id, member).await?;
        Ok(CardId(card))
    }
}

/// Tells the author's own devices, in an entry that is dropped after a day.
async fn mine_changed(tx: &Tx, board: BoardId, member: MemberId) -> Result<i64> {
    tx.record(None, &Boards::MineChanged { board: board.0, member: member.0 }).await
}

/// What happens to a card.
pub enum CardChange {
    /// Other words, by its author, while all write.
    Edit(String),
    /// Taken back by its author, while all write.
    Remove,
    /// Withdrawn by who leads, without learning whose it is.
    Hide,
    /// Into a group, or out of any, while all group.
    Move(Option<GroupId>),
}

pub struct ChangeCard {
    pub by: Reader,
    pub board: BoardId,
    pub card: CardId,
    pub change: CardChange,
}

impl Act for ChangeCard {
    /// The number of the entry that says so.
    type Answer = i64;

    async fn run(&self, tx: &Tx) -> Result<i64> {
        let (board, member) = match self.change {
            CardChange::Hide => leading(tx, &self.by, self.board).await?,
            _ => taking_part(tx, &self.by, self.board).await?,
        };
        let rows = tx.rows("SELECT author FROM card WHERE id = $1 AND board = $2 AND hidden_at IS NULL", values![self.card, board.id]).await?;
        let author: Option<i64> = rows.first().ok_or(Error::NotFound)?.try_get_by_index(0)?;
        if board.phase == Phase::Write && author != Some(member.0) {
            return Err(Error::NotFound); // while all write nobody learns of another's card
        }
        let (id, board_id) = (self.card, board.id.0);
        match &self.change {
            CardChange::Edit(text) => {
                only_in(board.phase, Phase::Write)?;
                tx.write("UPDATE card SET text = $2 WHERE id = $1", values![id, text.clone()]).await?;
                mine_changed(tx, board.id, member).await
            }
            CardChange::Remove => {
                only_in(board.phase, Phase::Write)?;
                tx.write("DELETE FROM card WHERE id = $1", values![id]).await?;
                tx.record(None, &Boards::CardRemoved { board: board_id }).await?;
                mine_changed(tx, board.id, member).await
            }
            CardChange::Hide => {
                hidden_in(board.phase)?;
                tx.write("UPDATE card SET hidden_at = $2, grouped = NULL WHERE id = $1", values![id, tx.now()]).await?;
                tx.record(Some(member.0), &Boards::CardHidden { board: board_id, card: id.0 }).await
            }
            CardChange::Move(to) => {
                only_in(board.phase, Phase::Group)?;
                if let Some(group) = to {
                    let there = "SELECT id FROM card_group WHERE id = $1 AND board = $2";
                    tx.value::<i64>(there, values![*group, board.id]).await?.ok_or(Error::conflict("wrong-group-gone"))?;
                }
                tx.write("UPDATE card SET grouped = $2 WHERE id = $1", values![id, MaybeId(to.map(|group| group.0))]).await?;
                tx.record(Some(member.0), &Boards::CardMoved { board: board_id, card: id.0 }).await
            }
        }
    }
}
