//! Groups: made, renamed and removed while all group; noted on while all discuss.

use super::{CardChange, ChangeCard, leading, taking_part};
use crate::boards::kinds::Boards;
use crate::boards::rules::{GROUPS, only_in};
use crate::boards::{BoardId, CardId, GroupId, Phase};
use crate::error::{Error, Result};
use crate::journal::{Act, FormKey, Reads, Tx};
use crate::people::Reader;
use crate::values;

/// A new group, perhaps begun with a card.
pub struct AddGroup {
    pub by: Reader,
    pub board: BoardId,
    pub title: String,
    pub with: Option<CardId>,
    pub key: FormKey,
}

impl Act for AddGroup {
    type Answer = GroupId;

    async fn run(&self, tx: &Tx) -> Result<GroupId> {
        let (board, member) = taking_part(tx, &self.by, self.board).await?;
        if let Some(group) = tx.already(member.0, &self.key).await? {
            return Ok(GroupId(group));
        }
        only_in(board.phase, Phase::Group)?;
        let known: i64 = tx.value("SELECT count(*) FROM card_group WHERE board = $1", values![board.id]).await?.unwrap_or(0);
        if known >= GROUPS {
            return Err(Error::conflict("wrong-groups-full"));
        }
        let sql = "INSERT INTO card_group (board, title, note, note_version) VALUES ($1, $2, '', 1) RETURNING id";
        let group = tx.insert(sql, values![board.id, self.title.clone()]).await?;
        tx.done(member.0, &self.key, group).await?;
        tx.record(Some(member.0), &Boards::GroupAdded { board: board.id.0, group }).await?;
        if let Some(card) = self.with {
            let change = CardChange::Move(Some(GroupId(group)));
            ChangeCard { by: self.by.clone(), board: board.id, card, change }.run(tx).await?;
        }
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
    /// The number of the entry that says so.
    type Answer = i64;

    async fn run(&self, tx: &Tx) -> Result<i64> {
        let is_note = matches!(self.change, GroupChange::Note { .. });
        let (board, member) = if is_note { leading(tx, &self.by, self.board).await? } else { taking_part(tx, &self.by, self.board).await? };
        let there = "SELECT note_version FROM card_group WHERE id = $1 AND board = $2";
        let known: i64 = tx.value(there, values![self.group, board.id]).await?.ok_or(Error::NotFound)?;
        only_in(board.phase, if is_note { Phase::Discuss } else { Phase::Group })?;
        let (id, group) = (board.id.0, self.group.0);
        let entry = match &self.change {
            GroupChange::Rename(title) => {
                tx.write("UPDATE card_group SET title = $2 WHERE id = $1", values![group, title.clone()]).await?;
                Boards::GroupRenamed { board: id, group }
            }
            GroupChange::Remove => {
                let cards = tx.column("SELECT id FROM card WHERE board = $1 AND grouped = $2 ORDER BY shuffle, id LIMIT 500", values![id, group]).await?;
                tx.write("UPDATE card SET grouped = NULL WHERE grouped = $1", values![group]).await?;
                tx.write("DELETE FROM card_group WHERE id = $1", values![group]).await?;
                Boards::GroupRemoved { board: id, group, cards }
            }
            GroupChange::Note { text, version } => {
                if *version != known {
                    return Err(Error::conflict("wrong-note-changed"));
                }
                let sql = "UPDATE card_group SET note = $2, note_version = note_version + 1 WHERE id = $1";
                tx.write(sql, values![group, text.clone()]).await?;
                Boards::NoteChanged { board: id, group }
            }
        };
        tx.record(Some(member.0), &entry).await
    }
}
