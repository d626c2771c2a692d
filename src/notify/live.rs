//! What waits, in a Member's own Room: the bell and the list, the same on every device.

use askama::Template;

use super::kinds::Notify;
use super::queries::{self, Shown};
use crate::app::Site;
use crate::error::Result;
use crate::journal::{Entry, Kind, Room};
use crate::live::{BoxFuture, Domain, Drawn, State};
use crate::people::{MemberId, Reader};
use crate::web::{Fragment, Words, slots};

/// What waits, on the live line.
pub struct Live;

#[derive(Template)]
#[template(path = "notify/_bell.html")]
struct BellTemplate {
    words: Words,
    waiting: i64,
}

/// The bell with its count, as the layout shows it.
pub fn bell(words: Words, waiting: i64) -> String {
    BellTemplate { words, waiting }.render().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "notify/_notice.html")]
pub(super) struct NoticeTemplate<'a> {
    pub words: Words,
    pub shown: &'a Shown,
}

impl Domain for Live {
    fn things(&self, entry: &Entry, room: Room) -> Vec<String> {
        if !matches!(room, Room::Member(_)) {
            return Vec::new();
        }
        match Notify::of(entry) {
            Some(Notify::Noticed { notice, .. }) => vec![format!("notice:{notice}"), "bell:".into()],
            Some(Notify::Read { notices, .. }) => notices.iter().map(|notice| format!("notice:{notice}")).chain(["bell:".into()]).collect(),
            Some(Notify::MailChosen { .. }) => Vec::new(),
            // What else a Member's own Room hears (read marks, changed rights) can change what waits.
            None if !entry.kind.starts_with("people.signed") => vec!["bell:".into(), "notices:".into()],
            None => Vec::new(),
        }
    }

    fn draw<'a>(&'a self, site: &'a Site, room: Room, thing: &'a str, words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move {
            let Room::Member(id) = room else { return Ok(None) };
            let Some(member) = site.people.member(&site.db, &site.bus, MemberId(id)).await? else { return Ok(None) };
            let reader = Reader::of(member, None);
            match thing.split_once(':') {
                Some(("bell", _)) => {
                    let fragment = Fragment::parse(&bell(words, queries::waiting(site, &reader).await?));
                    Ok(Some(Drawn { id: "bell".into(), state: State::Put { fragment, list: None, key: String::new(), say: None } }))
                }
                // Which of them no longer wait is for the list itself to say.
                Some(("notices", _)) => Ok(Some(Drawn::anew("notices", ""))),
                Some(("notice", id)) => draw_notice(site, &reader, id.parse().unwrap_or_default(), words).await.map(Some),
                _ => Ok(None),
            }
        })
    }
}

async fn draw_notice(site: &Site, reader: &Reader, id: i64, words: Words) -> Result<Drawn> {
    let element = format!("n{id}");
    let Some(shown) = queries::one(site, reader, id).await? else { return Ok(Drawn { id: element, state: State::Gone }) };
    let text = NoticeTemplate { words, shown: &shown }.render()?;
    let say = Some(format!("{}: {}", shown.why(words), shown.described.title));
    Ok(Drawn { id: element, state: State::Put { fragment: Fragment::parse(&text), list: Some("notices".into()), key: shown.key(), say } })
}
