//! What a domain tells the live line.

use std::future::Future;
use std::pin::Pin;

use crate::app::Site;
use crate::error::Result;
use crate::journal::{Entry, Room};
use crate::people::Reader;
use crate::web::{Fragment, Words};

pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Whether a reader may listen to a Room, decided from what was looked up once.
pub type Door = Box<dyn Fn(&Reader) -> bool + Send + Sync>;

/// A domain's part in the live line.
pub trait Domain: Send + Sync {
    /// Whether this domain decides about the Room.
    fn owns(&self, room: Room) -> bool;

    /// Who may listen; a Room of something that does not exist lets nobody in.
    fn door<'a>(&'a self, site: &'a Site, room: Room) -> BoxFuture<'a, Result<Door>>;

    /// The things on pages of `room` that an entry touched, by names of the domain's own (`post:118`).
    fn things(&self, entry: &Entry, room: Room) -> Vec<String>;

    /// A thing as it is now; `None` where it has nothing to show in this Room.
    fn draw<'a>(&'a self, site: &'a Site, room: Room, thing: &'a str, words: Words) -> BoxFuture<'a, Result<Option<Drawn>>>;
}

/// A thing's present state, ready to be put on a page.
pub struct Drawn {
    /// The id of its element.
    pub id: String,
    pub state: State,
}

impl Drawn {
    /// Asks a page that has this element to fetch it anew from `path` (empty: from itself), for what is personal in it.
    pub fn anew(id: impl Into<String>, path: &str) -> Self {
        let id = id.into();
        let fragment = Fragment::parse(&format!("<div id=\"{id}\" data-refetch=\"{path}\"></div>"));
        Self { id, state: State::Put { fragment, list: None, key: String::new(), say: None } }
    }
}

pub enum State {
    /// Put in place of the element with this id, or into the list `list` in the order of `key` where there is none yet.
    /// Without a list it only replaces.
    Put { fragment: Fragment, list: Option<String>, key: String, say: Option<String> },
    /// No longer there.
    Gone,
}
