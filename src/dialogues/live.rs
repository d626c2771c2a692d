//! Dialogues on the live line: the shared line says which part changed, each page fetches its own (votes and forms differ
//! per reader).

use super::kinds::Dialogues;
use super::DialogueId;
use super::queries::{place_of, said};
use crate::app::Site;
use crate::error::Result;
use crate::journal::{Entry, Kind, Room};
use crate::live::{BoxFuture, Domain, Door, Drawn, State};
use crate::people::rights::may_read;
use crate::web::{Fragment, Words};

/// The Dialogues' part in the live line.
pub struct Live;

impl Domain for Live {
    fn owns(&self, room: Room) -> bool {
        matches!(room, Room::Dialogue(_))
    }

    fn door<'a>(&'a self, site: &'a Site, room: Room) -> BoxFuture<'a, Result<Door>> {
        Box::pin(async move {
            let place = match room {
                Room::Dialogue(id) => place_of(&site.db, id).await?,
                _ => None,
            };
            Ok(match place {
                Some(place) => Box::new(move |reader: &_| may_read(reader, place)) as Door,
                None => Box::new(|_: &_| false),
            })
        })
    }

    fn things(&self, entry: &Entry, room: Room) -> Vec<String> {
        let Some(kind) = Dialogues::of(entry) else { return Vec::new() };
        let Room::Dialogue(id) = room else { return in_space(&kind) };
        let mut things = vec![format!("dialogue:{id}")];
        // What one says, and how one votes, is in nobody else's trail.
        if !matches!(kind, Dialogues::Opened { .. } | Dialogues::Contributed { .. } | Dialogues::VoteCast { .. }) {
            things.push("trail".to_owned());
        }
        match kind {
            Dialogues::Opened { .. } => {}
            // A passed Stage opens the next one, an answer shows below: all of its Stages are looked at anew.
            Dialogues::PassedOn { .. } | Dialogues::Answered { .. } => things.push("stages".to_owned()),
            Dialogues::Contributed { stage, .. }
            | Dialogues::Withdrawn { stage, .. }
            | Dialogues::Commented { stage, .. }
            | Dialogues::CommentErased { stage, .. }
            | Dialogues::SynthesisSaved { stage, .. }
            | Dialogues::StageMoved { stage, .. }
            | Dialogues::VoteCast { stage, .. } => things.push(format!("stage:{id}:{stage}")),
        }
        things
    }

    fn draw<'a>(&'a self, site: &'a Site, _room: Room, thing: &'a str, words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move {
            let parts: Vec<&str> = thing.split(':').collect();
            let (id, path) = match parts.as_slice() {
                ["dialogue", id] => (format!("dialogue-{id}"), format!("/dialogues/{id}/panel")),
                ["stage", dialogue, stage] => (format!("stage-{stage}"), format!("/dialogues/{dialogue}/stages/{stage}/panel")),
                // Whichever Stage's or Contribution's page it is, it fetches itself.
                ["dialogues" | "stages" | "trail"] => (thing.to_owned(), String::new()),
                ["said", id] => {
                    let id = DialogueId(id.parse().unwrap_or_default());
                    let fragment = Fragment::parse(&said_text(&words, &id, &said(&site.db, id).await?));
                    return Ok(Some(Drawn { id: format!("dialogue-{id}-said"), state: State::Put { fragment, list: None, key: String::new(), say: None } }));
                }
                _ => return Ok(None),
            };
            Ok(Some(Drawn::anew(id, &path)))
        })
    }
}

/// What the list of Dialogues hears: they are listed by Space.
fn in_space(kind: &Dialogues) -> Vec<String> {
    match kind {
        Dialogues::Opened { .. } => vec!["dialogues".to_owned()],
        Dialogues::Contributed { dialogue, .. } => vec![format!("said:{dialogue}")],
        _ => Vec::new(),
    }
}

/// How much was said in a Dialogue, in a line of the list; write it with `|safe`.
pub(super) fn said_text(words: &Words, id: &DialogueId, said: &i64) -> String {
    format!("<span id=\"dialogue-{id}-said\">{}</span>", words.n("dialogue-said", *said))
}
