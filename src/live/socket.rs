//! One socket: hello, messages out of a bounded queue, pings, and an end that tells the client to come back.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::catch_up::{CaughtUp, catch_up, reset};
use super::fan_out::gone;
use crate::app::Site;
use crate::error::Result;
use crate::journal::{Ephemeral, Room};
use crate::limits::{Counted, SOCKET_ROOMS};
use crate::people::Reader;

/// How often a silent client is pinged, and how long it may stay silent.
const PING: Duration = Duration::from_secs(25);
const SILENT: Duration = Duration::from_secs(70);
/// How long one message may take to leave; a peer that does not read is dropped.
const SEND: Duration = Duration::from_secs(10);
/// RFC 6455: going away, and try again later (registered with IANA).
const GOING_AWAY: u16 = 1001;
const TRY_AGAIN: u16 = 1013;
const POLICY: u16 = 1008;

/// What a client may say.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    Hello { epoch: String, rooms: BTreeMap<String, String> },
    Leave { room: String },
    Typing { room: String },
    Ping {},
}

/// Serves one socket to its end.
pub async fn serve(site: Site, reader: Arc<Reader>, socket: WebSocket) {
    let close = CancellationToken::new();
    let (id, mut queue) = site.live.connect((*reader).clone(), close.clone());
    let (mut out, mut incoming) = socket.split();
    let mut ping = tokio::time::interval(PING);
    let mut heard = Instant::now();
    let code = loop {
        tokio::select! {
            biased;
            () = site.stop.cancelled() => break GOING_AWAY,
            () = close.cancelled() => break TRY_AGAIN,
            message = queue.recv() => {
                let Some(message) = message else { break GOING_AWAY };
                if !matches!(timeout(SEND, out.send(Message::Text(message))).await, Ok(Ok(()))) {
                    break TRY_AGAIN;
                }
            }
            message = incoming.next() => {
                heard = Instant::now();
                match message {
                    Some(Ok(Message::Text(text))) => match hear(&site, id, &reader, &text).await {
                        Ok(()) => {}
                        Err(_) => break POLICY,
                    },
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break GOING_AWAY,
                    Some(Ok(_)) => {}
                }
            }
            _ = ping.tick() => {
                if heard.elapsed() > SILENT || !matches!(timeout(SEND, out.send(Message::Ping(Default::default()))).await, Ok(Ok(()))) {
                    break TRY_AGAIN;
                }
            }
        }
    };
    site.live.disconnect(id);
    let frame = CloseFrame { code, reason: Utf8Bytes::from_static("resume") };
    let _ = timeout(Duration::from_secs(1), out.send(Message::Close(Some(frame)))).await;
}

/// One message from a client. An error ends the socket: what is not understood, or too much of it.
async fn hear(site: &Site, id: u64, reader: &Arc<Reader>, text: &str) -> Result<()> {
    site.limits.count(Counted::SocketMessage, id)?;
    let said: Said = serde_json::from_str(text).map_err(crate::error::Error::bug)?;
    match said {
        Said::Hello { epoch, rooms } => {
            if epoch != site.epoch.name {
                site.live.send(id, Utf8Bytes::from(json!({ "epoch": site.epoch.name }).to_string()));
            }
            for (room, after) in rooms.into_iter().take(SOCKET_ROOMS) {
                let (Ok(room), Ok(after)) = (room.parse::<Room>(), after.parse::<i64>()) else { continue };
                let after = if epoch == site.epoch.name { after } else { -1 };
                enter(site, id, room, after).await?;
            }
        }
        Said::Leave { room } => {
            if let Ok(room) = room.parse() {
                site.live.leave(id, room);
            }
        }
        Said::Typing { room } => {
            if let (Ok(room), Some(member)) = (room.parse::<Room>(), &reader.member)
                && site.live.present(room).iter().any(|(present, _)| *present == id)
            {
                let json = json!({ "typing": { "room": room.to_string(), "name": member.name } }).to_string();
                site.bus.tell(Ephemeral { room, from: id, json });
            }
        }
        Said::Ping {} => site.live.send(id, Utf8Bytes::from_static("{\"pong\":true}")),
    }
    Ok(())
}

/// Subscribes from a number: catches up, then hands over to the fan-out without a gap.
async fn enter(site: &Site, id: u64, room: Room, after: i64) -> Result<()> {
    let Some(reader) = site.live.reader(id) else { return Ok(()) };
    if !site.live.enter(id, room, after) {
        return Ok(());
    }
    let mut after = after;
    loop {
        match catch_up(site, &reader, room, after).await? {
            CaughtUp::Gone => {
                site.live.leave(id, room);
                site.live.send(id, gone(room));
                return Ok(());
            }
            CaughtUp::Reset => {
                site.live.leave(id, room);
                site.live.send(id, reset(room));
                return Ok(());
            }
            CaughtUp::Read { message, number, more } => {
                if let Some(message) = message {
                    site.live.send(id, message);
                }
                after = number;
                if !more && site.live.caught_up(id, room, number) {
                    return Ok(());
                }
            }
        }
    }
}
