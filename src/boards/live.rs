//! Boards on the live line. What one sees of a Board differs per reader (own cards, own dots), so the shared line says
//! only that it changed; each page fetches its own panel.

use super::kinds::Boards;
use super::queries::place_of;
use crate::app::Site;
use crate::error::Result;
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
        match (room, Boards::of(entry)) {
            (Room::Board(id), Some(_)) => vec![format!("board:{id}")],
            (Room::Member(_), Some(Boards::DotsChanged { board, .. })) => vec![format!("board:{board}")],
            _ => Vec::new(),
        }
    }

    fn draw<'a>(&'a self, _site: &'a Site, _room: Room, thing: &'a str, _words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move {
            let Some(id) = thing.strip_prefix("board:") else { return Ok(None) };
            let html = format!("<div id=\"board-{id}\" data-refetch=\"/boards/{id}/panel\"></div>");
            let state = State::Put { fragment: Fragment::parse(&html), list: None, key: String::new(), say: None };
            Ok(Some(Drawn { id: format!("board-{id}"), state }))
        })
    }
}
