//! Messages: how drawn things become the bytes of one JSON text, the same for everybody who sees the same.

use std::collections::HashMap;

use axum::extract::ws::Utf8Bytes;
use serde::Serialize;

use super::{Drawn, State};
use crate::journal::Room;
use crate::people::Reader;
use crate::web::{Fill, Words};

#[derive(Serialize)]
struct Thing<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    say: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    gone: bool,
}

#[derive(Serialize)]
struct Update<'a> {
    room: String,
    /// The number of the last entry this contains: a string, for 64-bit numbers do not fit into JavaScript's.
    n: String,
    things: Vec<Thing<'a>>,
    /// More is to come at once: the answer was cut at its bound.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    more: bool,
}

/// What was drawn for one Room and one language, filled once for each kind of reader.
pub struct Batch<'a> {
    pub room: Room,
    pub number: i64,
    pub more: bool,
    pub things: &'a [Drawn],
    filled: HashMap<(chrono_tz::Tz, Vec<Vec<u64>>), Utf8Bytes>,
}

impl<'a> Batch<'a> {
    pub fn new(room: Room, number: i64, more: bool, things: &'a [Drawn]) -> Self {
        Self { room, number, more, things, filled: HashMap::new() }
    }

    /// The message as this reader gets it; readers for whom the same holds share the bytes.
    pub fn filled_for(&mut self, reader: &Reader) -> Utf8Bytes {
        let words = Words(reader.language);
        // What arrives live is unread to whoever is signed in (a replaced element keeps the mark it had).
        let unread = |_: i64| reader.member.is_some();
        let fill = Fill { reader, words, unread: &unread };
        let sides = self.things.iter().map(|thing| match &thing.state {
            State::Put { fragment, .. } => fragment.sides(&fill),
            State::Gone => Vec::new(),
        });
        let kind = (reader.zone, sides.collect::<Vec<_>>());
        if let Some(bytes) = self.filled.get(&kind) {
            return bytes.clone();
        }
        let bytes = Utf8Bytes::from(self.json(&fill));
        self.filled.insert(kind, bytes.clone());
        bytes
    }

    fn json(&self, fill: &Fill<'_>) -> String {
        let things = self.things.iter().map(|thing| match &thing.state {
            State::Put { fragment, list, key, say } => Thing {
                id: &thing.id,
                html: Some(fragment.fill(fill)),
                list: list.as_deref(),
                key: Some(key),
                say: say.as_deref(),
                gone: false,
            },
            State::Gone => Thing { id: &thing.id, html: None, list: None, key: None, say: None, gone: true },
        });
        let update = Update { room: self.room.to_string(), n: self.number.to_string(), things: things.collect(), more: self.more };
        serde_json::to_string(&update).unwrap_or_default()
    }
}
