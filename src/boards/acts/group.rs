//! Groups: made, renamed and removed while all group; noted on while all discuss.

use super::{leading, taking_part};
use crate::boards::kinds::Boards;
use crate::boards::rules::only_in;
use crate::boards::{BoardId, CardId, GroupId, Phase};
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::people::Reader;
use crate::values;

/// A new group, perhaps begun with a card.
pub struct AddGroup {
    pub by: Reader,
    pub board: BoardId,
    pub title: String,
    pub with: Option<CardId>,
}

impl Act for AddGroup {
    type Answer = GroupId;

    async fn run(&self, tx: &Tx) -> Result<GroupId> {
        let (board, member) = taking_part(tx, &self.by, self.board).await?;
        only_in(board.phase, Phase::Group)?;
        let sql = "INSERT INTO card_group (board, title, note, note_version) VALUES ($1, $2, '', 1) RETURNING id";
        let group = tx.insert(sql, values![board.id, self.title.clone()]).await?;
        if let Some(card) = self.with {
            let moved = tx.write("UPDATE card SET grouped = $2 WHERE id = $1 AND board = $3", values![card, group, board.id]).await?;
            if moved == 0 {
                return Err(Error::NotFound);
            }
        }
        tx.record(Some(member.0), &Boards::GroupsChanged { board: board.id.0 }).await?;
        Ok(GroupId(group))
    }
}

pub enum GroupChange {
    Rename(String),
    /// Its cards go back to those that stand alone.
    Remove,
    /// What was said about it, by who leads; refused when it changed since the form was filled.
    Note { text: String, version: i64 },
}

pub struct ChangeGroup {
    pub by: Reader,
    pub board: BoardId,
    pub group: GroupId,
    pub change: GroupChange,
}

impl Act for ChangeGroup {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let is_note = matches!(self.change, GroupChange::Note { .. });
        let (board, member) = if is_note { leading(tx, &self.by, self.board).await? } else { taking_part(tx, &self.by, self.board).await? };
        let there = "SELECT note_version FROM card_group WHERE id = $1 AND board = $2";
        let known: i64 = tx.value(there, values![self.group, board.id]).await?.ok_or(Error::NotFound)?;
        only_in(board.phase, if is_note { Phase::Discuss } else { Phase::Group })?;
        match &self.change {
            GroupChange::Rename(title) => {
                tx.write("UPDATE card_group SET title = $2 WHERE id = $1", values![self.group, title.clone()]).await?;
            }
            GroupChange::Remove => {
                tx.write("UPDATE card SET grouped = NULL WHERE grouped = $1", values![self.group]).await?;
                tx.write("DELETE FROM card_group WHERE id = $1", values![self.group]).await?;
            }
            GroupChange::Note { text, version } => {
                if *version != known {
                    return Err(Error::conflict("wrong-note-changed"));
                }
                let sql = "UPDATE card_group SET note = $2, note_version = note_version + 1 WHERE id = $1";
                tx.write(sql, values![self.group, text.clone()]).await?;
            }
        }
        tx.record(Some(member.0), &Boards::GroupsChanged { board: board.id.0 }).await.map(|_| ())
    }
}
