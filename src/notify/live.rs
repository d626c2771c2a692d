//! A Member's own Room, and the site's.

use crate::app::Site;
use crate::error::Result;
use crate::journal::{Entry, Room};
use crate::live::{BoxFuture, Domain, Door, Drawn};
use crate::people::MemberId;
use crate::web::Words;

/// The part of the live line that is one Member's own devices.
pub struct Live;

impl Domain for Live {
    fn owns(&self, room: Room) -> bool {
        matches!(room, Room::Member(_) | Room::Site)
    }

    fn door<'a>(&'a self, _site: &'a Site, room: Room) -> BoxFuture<'a, Result<Door>> {
        Box::pin(async move {
            Ok(match room {
                Room::Site => Box::new(|_: &_| true) as Door,
                Room::Member(id) => Box::new(move |reader: &crate::people::Reader| reader.is(MemberId(id))),
                _ => Box::new(|_: &_| false),
            })
        })
    }

    fn things(&self, _entry: &Entry, _room: Room) -> Vec<String> {
        Vec::new()
    }

    fn draw<'a>(&'a self, _site: &'a Site, _room: Room, _thing: &'a str, _words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move { Ok(None) })
    }
}
