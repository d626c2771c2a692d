//! Catching up: what happened in a Room after a number, as the final state of each thing, in bounded answers; or the
//! word that the journal no longer knows, so that the page is loaded anew.

use axum::extract::ws::Utf8Bytes;
use serde_json::json;

use super::fan_out::{draw, owner, things};
use super::message::Batch;
use crate::app::Site;
use crate::error::Result;
use crate::journal::{Entry, Reads, Room};
use crate::limits::LIVE_THINGS;
use crate::people::Reader;
use crate::values;
use crate::web::Words;

/// One answer.
pub enum CaughtUp {
    /// Not allowed, or nothing there: the same word.
    Gone,
    /// Load the page anew, past every cache.
    Reset,
    /// Everything up to `number`; `message` is `None` where nothing is to be shown.
    Read { message: Option<Utf8Bytes>, number: i64, more: bool },
}

/// What a reader missed in a Room after `after`.
pub async fn catch_up(site: &Site, reader: &Reader, room: Room, after: i64) -> Result<CaughtUp> {
    let Some(owner) = owner(room) else { return Ok(CaughtUp::Gone) };
    if !(owner.door(site, room).await?)(reader) {
        return Ok(CaughtUp::Gone);
    }
    // Everything committed now will be read, so this is where the fan-out takes over.
    let head = site.bus.head();
    // Nothing missed, as for nearly every page that was just loaded: no more is asked.
    if (site.heads.of(&site.db, &site.bus, &[room]).await?[0]..=head).contains(&after) {
        return Ok(CaughtUp::Read { message: None, number: head, more: false });
    }
    let floor = site.db.value::<i64>("SELECT id FROM journal_floor WHERE room = $1", values![room.to_string()]).await?.unwrap_or(0);
    if after < floor || after > head || after < 0 {
        return Ok(CaughtUp::Reset);
    }
    let sql = format!(
        "SELECT j.id, j.at, j.actor, j.kind, j.about, j.more FROM journal_room r JOIN journal j ON j.id = r.id
         WHERE r.room = $1 AND r.id > $2 AND r.id <= $3 ORDER BY r.id LIMIT {}",
        LIVE_THINGS + 1
    );
    let mut entries: Vec<Entry> = site.db.all(&sql, values![room.to_string(), after, head]).await?;
    let more = entries.len() > LIVE_THINGS;
    entries.truncate(LIVE_THINGS);
    let number = if more { entries.last().map_or(head, |entry| entry.id) } else { head };
    let entries: Vec<&Entry> = entries.iter().collect();
    if things(room, &entries).is_empty() {
        return Ok(CaughtUp::Read { message: None, number, more });
    }
    let drawn = draw(site, room, &entries, Words(reader.language)).await?;
    let last = entries.last().map_or(number, |entry| entry.id);
    let message = Batch::new(room, last, more, &drawn).filled_for(reader);
    Ok(CaughtUp::Read { message: Some(message), number, more })
}

/// The word that a Room has to be loaded anew.
pub fn reset(room: Room) -> Utf8Bytes {
    Utf8Bytes::from(json!({ "room": room.to_string(), "reset": true }).to_string())
}
