//! The network on the live line: its name and what it says, wherever a page shows them; the queue of its hosts.

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
            (Room::Site, Some(NetworkEntry::SettingsChanged { .. } | NetworkEntry::DocumentSaved { .. })) => vec!["network".into()],
            (Room::Member(_), Some(NetworkEntry::ContactSent { .. } | NetworkEntry::ContactAnswered { .. })) => vec!["contact".into()],
            _ => Vec::new(),
        }
    }

    fn draw<'a>(&'a self, _site: &'a Site, _room: Room, thing: &'a str, _words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move { Ok(Some(if thing == "contact" { Drawn::anew("contact", "") } else { Drawn::each_anew("[data-network]") })) })
    }
}
