//! Boards on the live line. Cards and groups travel as fragments while all group; what differs per reader (own cards,
//! own dots, what a new phase shows) never does: there the line says only that it changed, and each page fetches its
//! own panel.

use super::kinds::Boards;
use super::queries::{self, place_of};
use super::view::{card_fragment, count_fragment, group_fragment, row_fragment};
use super::{BoardId, CardId, GroupId, Phase};
use crate::app::Site;
use crate::error::Result;
use crate::forum::SpaceId;
use crate::journal::{Entry, Kind, Room};
use crate::live::{BoxFuture, Domain, Door, Drawn, State};
use crate::people::rights::may_read;
use crate::web::{Fragment, Words};

/// The Boards' part in the live line.
pub struct Live;

impl Domain for Live {
    fn owns(&self, room: Room) -> bool {
        matches!(room, Room::Board(_))
    }

    fn door<'a>(&'a self, site: &'a Site, room: Room) -> BoxFuture<'a, Result<Door>> {
        Box::pin(async move {
            let place = match room {
                Room::Board(id) => place_of(&site.db, id).await?,
                _ => None,
            };
            Ok(match place {
                Some(place) => Box::new(move |reader: &_| may_read(reader, place)) as Door,
                None => Box::new(|_: &_| false),
            })
        })
    }

    fn things(&self, entry: &Entry, room: Room) -> Vec<String> {
        let Some(kind) = Boards::of(entry) else { return Vec::new() };
        let id = kind.about();
        let cards = |cards: &[i64]| cards.iter().map(|card| format!("card:{id}:{card}")).collect::<Vec<_>>();
        match (room, kind) {
            (Room::Space(_), Boards::Opened { .. } | Boards::PhaseChanged { .. }) => vec![format!("board-row:{id}:0")],
            (Room::Member(_), Boards::MineChanged { .. }) | (Room::Board(_), Boards::PhaseChanged { .. } | Boards::NoteChanged { .. }) => vec![format!("board:{id}:0")],
            (Room::Board(_), Boards::CardAdded { .. } | Boards::CardRemoved { .. } | Boards::VotersChanged { .. }) => vec![format!("board-count:{id}:0")],
            (Room::Board(_), Boards::CardHidden { card, .. } | Boards::CardMoved { card, .. }) => cards(&[card]),
            (Room::Board(_), Boards::GroupAdded { group, .. } | Boards::GroupRenamed { group, .. }) => vec![format!("group:{id}:{group}")],
            // The cards first: what is inside a group goes with it.
            (Room::Board(_), Boards::GroupRemoved { group, cards: inside, .. }) => [cards(&inside), vec![format!("group:{id}:{group}")]].concat(),
            _ => Vec::new(),
        }
    }

    fn draw<'a>(&'a self, site: &'a Site, room: Room, thing: &'a str, words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move {
            let mut parts = thing.split(':');
            let kind = parts.next().unwrap_or_default();
            let mut number = || parts.next().and_then(|part| part.parse::<i64>().ok());
            let (Some(board), Some(id)) = (number(), number()) else { return Ok(None) };
            let board = BoardId(board);
            match kind {
                "board" => Ok(Some(panel(board))),
                "board-row" => draw_row(site, room, board, words).await,
                "board-count" => draw_count(site, board, words).await,
                "card" => draw_card(site, board, CardId(id), words).await,
                "group" => draw_group(site, board, GroupId(id), words).await,
                _ => Ok(None),
            }
        })
    }
}

/// Asks the page to fetch its own.
fn panel(id: BoardId) -> Drawn {
    Drawn::anew(format!("board-{id}"), &format!("/boards/{id}/panel"))
}

fn put(fragment: Fragment, list: Option<String>, key: String) -> State {
    State::Put { fragment, list, key, say: None }
}

async fn draw_row(site: &Site, room: Room, id: BoardId, words: Words) -> Result<Option<Drawn>> {
    let Room::Space(space) = room else { return Ok(None) };
    let state = match queries::board_row(&site.db, SpaceId(space), id).await? {
        Some(row) => put(row_fragment(words, &row)?, Some("board-list".into()), row.key()),
        None => State::Gone,
    };
    Ok(Some(Drawn { id: format!("board-row-{id}"), state }))
}

async fn draw_count(site: &Site, id: BoardId, words: Words) -> Result<Option<Drawn>> {
    let Some(board) = queries::board_for(&site.db, id).await? else { return Ok(None) };
    let count = count_fragment(words, &board, queries::amounts(&site.db, id).await?)?;
    Ok(count.map(|count| Drawn { id: format!("board-count-{id}"), state: put(count, None, String::new()) }))
}

/// A card as it is now. Before the reveal there is none; while dots are given or told, each page shows its own.
async fn draw_card(site: &Site, board: BoardId, id: CardId, words: Words) -> Result<Option<Drawn>> {
    let Some(phase) = queries::board_for(&site.db, board).await?.map(|board| board.phase) else { return Ok(None) };
    let card = queries::card(&site.db, board, id).await?;
    let state = match (phase, card) {
        (Phase::Write, _) => return Ok(None),
        (Phase::Reveal | Phase::Group, None) => State::Gone,
        (Phase::Reveal, Some(_)) => return Ok(None),
        (Phase::Group, Some(card)) => put(card_fragment(words, board, phase, &card)?, Some(card.list(board)), card.key()),
        _ => return Ok(Some(panel(board))),
    };
    Ok(Some(Drawn { id: format!("card-{id}"), state }))
}

/// A group with its cards as they are now, while all group.
async fn draw_group(site: &Site, board: BoardId, id: GroupId, words: Words) -> Result<Option<Drawn>> {
    let Some(phase) = queries::board_for(&site.db, board).await?.map(|board| board.phase) else { return Ok(None) };
    let state = match (phase, queries::group(&site.db, board, id).await?) {
        (Phase::Write | Phase::Reveal, _) => return Ok(None),
        (Phase::Group, None) => State::Gone,
        (Phase::Group, Some(group)) => {
            let cards = queries::cards(&site.db, board).await?;
            put(group_fragment(words, board, &group, &cards)?, Some("board".into()), group.key())
        }
        _ => return Ok(Some(panel(board))),
    };
    Ok(Some(Drawn { id: format!("group-{id}"), state }))
}
