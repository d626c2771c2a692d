//! Who is here, and who is typing: true for a moment, never replayed, dropped first.

use std::collections::{BTreeMap, HashMap};

use axum::extract::ws::Utf8Bytes;
use serde_json::json;

use crate::app::Site;
use crate::journal::{Ephemeral, Room};

/// Names told at most; beyond that only the number.
const NAMES: usize = 30;

/// What each Room was last told.
#[derive(Default)]
pub struct Seen(HashMap<Room, String>);

/// Tells each Room who is in it, where that has changed. Counted per Member, however many tabs they have.
pub fn tell(site: &Site, seen: &mut Seen) {
    let rooms = site.live.rooms();
    seen.0.retain(|room, _| rooms.contains(room));
    for room in rooms.into_iter().filter(|room| matches!(room, Room::Topic(_) | Room::Workshop(_) | Room::Board(_) | Room::Dialogue(_))) {
        let present = site.live.present(room);
        let mut people: BTreeMap<i64, String> = BTreeMap::new();
        for member in present.iter().filter_map(|(_, reader)| reader.member.as_ref()) {
            people.insert(member.id.0, member.name.clone());
        }
        let names: Vec<&String> = people.values().take(NAMES).collect();
        let message = json!({ "here": { "room": room.to_string(), "count": people.len(), "names": names } }).to_string();
        let is_new = seen.0.get(&room) != Some(&message);
        if is_new {
            for (id, _) in present {
                site.live.send(id, Utf8Bytes::from(message.as_str()));
            }
            seen.0.insert(room, message);
        }
    }
}

/// Passes an ephemeral message on to the others in its Room.
pub fn pass_on(site: &Site, message: &Ephemeral) {
    for (id, _) in site.live.present(message.room) {
        if id != message.from {
            site.live.send(id, Utf8Bytes::from(message.json.as_str()));
        }
    }
}
