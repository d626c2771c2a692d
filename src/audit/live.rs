//! The log on the live line: for admins alone, and anew with each act.

use crate::app::Site;
use crate::error::Result;
use crate::journal::{Entry, Room};
use crate::live::{BoxFuture, Domain, Door, Drawn};
use crate::people::Reader;
use crate::web::Words;

/// The log's part in the live line.
pub struct Live;

impl Domain for Live {
    fn owns(&self, room: Room) -> bool {
        room == Room::Log
    }

    fn door<'a>(&'a self, _site: &'a Site, _room: Room) -> BoxFuture<'a, Result<Door>> {
        Box::pin(async { Ok(Box::new(|reader: &Reader| reader.is_admin()) as Door) })
    }

    fn things(&self, _entry: &Entry, room: Room) -> Vec<String> {
        if room == Room::Log { vec!["log".into()] } else { Vec::new() }
    }

    fn draw<'a>(&'a self, _site: &'a Site, _room: Room, thing: &'a str, _words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move { Ok(Some(Drawn::anew(thing, ""))) })
    }
}
