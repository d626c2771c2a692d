//! What reads Boards.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;

use super::rules::{ranked, tells_votes};
use super::{BoardId, CardId, GroupId, Phase};
use crate::error::{Error, Result};
use crate::forum::{May, SpaceId};
use crate::journal::Reads;
use crate::people::rights::{Layer, Place, visible};
use crate::people::{Level, MemberId, Reader};
use crate::values;

/// A Board with what its rights need.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Board {
    pub id: BoardId,
    pub space: SpaceId,
    pub layer: Layer,
    pub may_reply: May,
    pub workshop: Option<i64>,
    pub title: String,
    pub question: String,
    pub dots: i64,
    pub phase: Phase,
}

impl Board {
    pub fn place(&self) -> Place {
        Place { space: self.space.0, layer: self.layer }
    }
}

const BOARD: &str = "SELECT b.id, b.space, s.layer, CASE WHEN s.archived_at IS NULL THEN s.may_reply ELSE 'nobody' END AS may_reply, b.workshop, b.title, b.question, b.dots, b.phase
    FROM board b JOIN space s ON s.id = b.space";

/// A Board, whoever asks: for the live line, which has looked at the door.
pub async fn board_for(db: &impl Reads, id: BoardId) -> Result<Option<Board>> {
    db.one(&format!("{BOARD} WHERE b.id = $1"), values![id]).await
}

/// A Board, if the reader may see it.
pub async fn board(db: &impl Reads, reader: &Reader, id: BoardId) -> Result<Board> {
    let board = board_for(db, id).await?.ok_or(Error::NotFound)?;
    visible(reader, board.place())?;
    Ok(board)
}

/// Where a Board is, for rights alone.
pub async fn place_of(db: &impl Reads, id: i64) -> Result<Option<Place>> {
    let rows = db.rows("SELECT s.id, s.layer FROM board b JOIN space s ON s.id = b.space WHERE b.id = $1", values![id]).await?;
    rows.first().map(|row| Ok(Place { space: row.try_get_by_index(0)?, layer: row.try_get_by_index(1)? })).transpose()
}

/// Whether somebody leads a Board: its facilitators, and those who keep order in its Space.
pub async fn leads(db: &impl Reads, reader: &Reader, board: &Board) -> Result<bool> {
    let Some(member) = reader.id() else { return Ok(false) };
    if reader.moderates(board.space.0) {
        return Ok(true);
    }
    let sql = "SELECT member FROM board_lead WHERE board = $1 AND member = $2";
    Ok(db.value::<i64>(sql, values![board.id, member]).await?.is_some())
}

#[derive(Clone, Debug, FromQueryResult)]
pub struct Card {
    pub id: CardId,
    pub author: Option<MemberId>,
    pub text: String,
    pub grouped: Option<GroupId>,
    pub shuffle: i64,
    /// Whom its author spoke for, as it is now.
    pub short_name: Option<String>,
    pub level: Option<Level>,
}

const CARD: &str = "SELECT c.id, c.author, c.text, c.grouped, c.shuffle, o.short_name, o.level
    FROM card c LEFT JOIN member m ON m.id = c.author LEFT JOIN organisation o ON o.id = m.speaks_for";

/// One card of a Board, if it is not withdrawn.
pub async fn card(db: &impl Reads, board: BoardId, id: CardId) -> Result<Option<Card>> {
    db.one(&format!("{CARD} WHERE c.id = $1 AND c.board = $2 AND c.hidden_at IS NULL"), values![id, board]).await
}

/// The cards of a Board in an order that tells nothing; hidden ones are left out.
pub async fn cards(db: &impl Reads, board: BoardId) -> Result<Vec<Card>> {
    let sql = format!("{CARD} WHERE c.board = $1 AND c.hidden_at IS NULL ORDER BY c.shuffle, c.id LIMIT {}", super::rules::CARDS);
    db.all(&sql, values![board]).await
}

/// How many cards there are, and how many people have given dots: what everybody may know.
pub async fn amounts(db: &impl Reads, board: BoardId) -> Result<(i64, i64)> {
    let cards: Option<i64> = db.value("SELECT count(*) FROM card WHERE board = $1 AND hidden_at IS NULL", values![board]).await?;
    let voters: Option<i64> = db.value("SELECT count(DISTINCT member) FROM dot WHERE board = $1 AND amount > 0", values![board]).await?;
    Ok((cards.unwrap_or(0), voters.unwrap_or(0)))
}

#[derive(Clone, Debug, FromQueryResult)]
pub struct Group {
    pub id: GroupId,
    pub title: String,
    pub note: String,
    pub note_version: i64,
}

const GROUP: &str = "SELECT id, title, note, note_version FROM card_group";

pub async fn groups(db: &impl Reads, board: BoardId) -> Result<Vec<Group>> {
    db.all(&format!("{GROUP} WHERE board = $1 ORDER BY id LIMIT {}", super::rules::GROUPS), values![board]).await
}

pub async fn group(db: &impl Reads, board: BoardId, id: GroupId) -> Result<Option<Group>> {
    db.one(&format!("{GROUP} WHERE id = $1 AND board = $2"), values![id, board]).await
}

/// Dots by target: all of a Board's, or one Member's own.
pub async fn dots(db: &impl Reads, board: BoardId, of: Option<MemberId>) -> Result<BTreeMap<String, i64>> {
    let rows = match of {
        Some(member) => db.rows("SELECT target, amount FROM dot WHERE board = $1 AND member = $2 AND amount > 0 LIMIT 1000", values![board, member]).await?,
        None => {
            let sql = "SELECT target, CAST(sum(amount) AS BIGINT) FROM dot WHERE board = $1 GROUP BY target LIMIT 1000";
            db.rows(sql, values![board]).await?
        }
    };
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// What a brainstorm came to, for minutes.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub title: String,
    pub question: String,
    /// How far it came: before the reveal there is nothing to tell, and before the vote is over every group has 0.
    pub phase: Phase,
    /// Most dots first; those without any, too.
    pub groups: Vec<OutcomeGroup>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeGroup {
    pub title: String,
    /// A card that was in no group; its title is its text.
    pub is_alone: bool,
    pub cards: Vec<String>,
    pub votes: i64,
    pub note: String,
}

/// What came out of a Board; the rights were looked at by whoever asks.
pub async fn outcome(db: &impl Reads, id: BoardId) -> Result<Outcome> {
    let board = board_for(db, id).await?.ok_or(Error::NotFound)?;
    let (title, question, phase) = (board.title, board.question, board.phase);
    if phase == Phase::Write {
        return Ok(Outcome { title, question, phase, groups: Vec::new() });
    }
    let (cards, groups) = (cards(db, id).await?, groups(db, id).await?);
    let dots = if tells_votes(phase) { dots(db, id, None).await? } else { BTreeMap::new() };
    let mut found: Vec<(String, OutcomeGroup)> = Vec::new();
    for group in groups {
        let own = cards.iter().filter(|card| card.grouped == Some(group.id)).map(|card| card.text.clone());
        found.push((format!("g{}", group.id), OutcomeGroup { title: group.title, is_alone: false, cards: own.collect(), votes: 0, note: group.note }));
    }
    for card in cards.iter().filter(|card| card.grouped.is_none()) {
        let alone = OutcomeGroup { title: card.text.clone(), is_alone: true, cards: vec![card.text.clone()], votes: 0, note: String::new() };
        found.push((format!("c{}", card.id), alone));
    }
    let votes: BTreeMap<usize, i64> = found.iter().enumerate().map(|(at, (target, _))| (at, dots.get(target).copied().unwrap_or(0))).collect();
    let groups = ranked(&votes).into_iter().map(|at| OutcomeGroup { votes: votes[&at], ..found[at].1.clone() }).collect();
    Ok(Outcome { title, question, phase, groups })
}

/// A line of a Space's list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct BoardRow {
    pub id: BoardId,
    pub title: String,
    pub phase: Phase,
}

/// One line of a Space's list; nothing where it is not listed.
pub async fn board_row(db: &impl Reads, space: SpaceId, id: BoardId) -> Result<Option<BoardRow>> {
    let sql = "SELECT id, title, phase FROM board WHERE id = $1 AND space = $2 AND workshop IS NULL AND phase <> 'closed'";
    db.one(sql, values![id, space]).await
}

/// A Space's Boards that stand by themselves and are open, the newest first.
pub async fn boards_of(db: &impl Reads, space: SpaceId) -> Result<Vec<BoardRow>> {
    db.all("SELECT id, title, phase FROM board WHERE space = $1 AND workshop IS NULL AND phase <> 'closed' ORDER BY id DESC LIMIT 10", values![space]).await
}

/// How many Boards a Space has, those of its Workshops with them.
pub async fn held_in(db: &impl Reads, space: i64) -> Result<i64> {
    Ok(db.value("SELECT count(*) FROM board WHERE space = $1", values![space]).await?.unwrap_or(0))
}
