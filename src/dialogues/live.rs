//! Dialogues on the live line: the shared line says which part changed, each page fetches its own (votes and forms differ
//! per reader).

use super::kinds::Dialogues;
use super::queries::place_of;
use crate::app::Site;
use crate::error::Result;
use crate::journal::{Entry, Kind, Room};
use crate::live::{BoxFuture, Domain, Door, Drawn};
use crate::people::rights::may_read;
use crate::web::Words;

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
        let (Room::Dialogue(id), Some(kind)) = (room, Dialogues::of(entry)) else { return Vec::new() };
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
            | Dialogues::SynthesisSaved { stage, .. }
            | Dialogues::StageMoved { stage, .. }
            | Dialogues::VoteCast { stage, .. } => things.push(format!("stage:{id}:{stage}")),
        }
        things
    }

    fn draw<'a>(&'a self, _site: &'a Site, _room: Room, thing: &'a str, _words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move {
            let parts: Vec<&str> = thing.split(':').collect();
            let (id, path) = match parts.as_slice() {
                ["dialogue", id] => (format!("dialogue-{id}"), format!("/dialogues/{id}/panel")),
                ["stage", dialogue, stage] => (format!("stage-{stage}"), format!("/dialogues/{dialogue}/stages/{stage}/panel")),
                // Whichever Stage's or Contribution's page it is, it fetches itself.
                ["stages" | "trail"] => (thing.to_owned(), String::new()),
                _ => return Ok(None),
            };
            Ok(Some(Drawn::anew(id, &path)))
        })
    }
}
