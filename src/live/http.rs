//! `GET /live`: the WebSocket, and the same by plain HTTP for poor networks and clients without sockets.

use std::str::FromStr;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::Query;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::{Value, json};

use super::catch_up::{CaughtUp, catch_up};
use super::socket;
use crate::error::{Error, Say};
use crate::journal::Room;
use crate::limits::{self, Counted};
use crate::web::{Answer, Context};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    /// `topic:42,space:3`; each may carry its own number: `topic:42=117`.
    rooms: String,
    after: i64,
    /// The epoch that the numbers belong to.
    epoch: Option<String>,
}

/// The socket, or one bounded answer as JSON.
pub async fn live(context: Context, Query(asked): Query<Asked>, upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>) -> Answer {
    let site = context.site.clone();
    if let Ok(upgrade) = upgrade {
        site.limits.count(Counted::Socket, context.peer)?;
        // tungstenite's default read buffer is 128 KB a socket.
        let upgrade = upgrade.read_buffer_size(4096).write_buffer_size(0).max_message_size(limits::SOCKET_MESSAGE).max_frame_size(limits::SOCKET_MESSAGE);
        return Ok(upgrade.on_upgrade(move |socket| socket::serve(site, context.reader, socket)));
    }
    let rooms = asked.rooms.split(',').filter(|room| !room.is_empty()).map(|room| place(room, asked.after)).collect::<Option<Vec<_>>>();
    let rooms = rooms.filter(|rooms| rooms.len() <= limits::SOCKET_ROOMS).ok_or_else(|| Error::field("rooms", Say::new("wrong-form").with("detail", "rooms")))?;
    let stale = asked.epoch.as_ref().is_some_and(|epoch| *epoch != site.epoch.name);
    let mut answers = Vec::new();
    for (room, after) in rooms {
        let answer = match catch_up(&site, &context.reader, room, after).await? {
            CaughtUp::Gone => json!({ "room": room.to_string(), "gone": true }),
            _ if stale => json!({ "room": room.to_string(), "reset": true }),
            CaughtUp::Reset => json!({ "room": room.to_string(), "reset": true }),
            CaughtUp::Read { message: Some(message), .. } => serde_json::from_str(&message).unwrap_or(Value::Null),
            CaughtUp::Read { message: None, .. } => json!({ "room": room.to_string(), "n": after.to_string(), "things": [] }),
        };
        answers.push(answer);
    }
    let body = json!({ "epoch": site.epoch.name, "rooms": answers });
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], axum::Json(body)).into_response())
}

fn place(text: &str, after: i64) -> Option<(Room, i64)> {
    let (room, number) = text.split_once('=').unwrap_or((text, ""));
    let after = if number.is_empty() { after } else { number.parse().ok()? };
    Some((Room::from_str(room).ok()?, after))
}
