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
    fn owns(&self, _room: Room) -> bool {
        false
    }

    /// Who may listen; a Room of something that does not exist lets nobody in.
    fn door<'a>(&'a self, _site: &'a Site, _room: Room) -> BoxFuture<'a, Result<Door>> {
        Box::pin(async { Ok(Box::new(|_: &Reader| false) as Door) })
    }

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
        Self::asking(id.into(), &format!("data-refetch=\"{path}\""))
    }

    /// Asks a page that has elements which fit the selector to fetch itself and to replace these alone.
    pub fn each_anew(selector: &str) -> Self {
        Self::asking("main".into(), &format!("data-refetch=\"\" data-each=\"{selector}\""))
    }

    fn asking(id: String, marks: &str) -> Self {
        let fragment = Fragment::parse(&format!("<div id=\"{id}\" {marks}></div>"));
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
