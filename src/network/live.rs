//! The network on the live line: its name and what it says, wherever a page shows them.

use super::kinds::NetworkEntry;
use crate::app::Site;
use crate::error::Result;
use crate::journal::{Entry, Kind, Room};
use crate::live::{BoxFuture, Domain, Drawn};
use crate::web::Words;

/// The network's part in the live line.
pub struct Live;

impl Domain for Live {
    fn things(&self, entry: &Entry, room: Room) -> Vec<String> {
        match (room, NetworkEntry::of(entry)) {
            (Room::Site, Some(NetworkEntry::SettingsChanged { .. })) => vec!["network".into()],
            _ => Vec::new(),
        }
    }

    fn draw<'a>(&'a self, _site: &'a Site, _room: Room, _thing: &'a str, _words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async { Ok(Some(Drawn::each_anew("[data-network]"))) })
    }
}
