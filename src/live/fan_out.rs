//! The fan-out: reads the journal as it grows, draws what changed once, and hands the same bytes to all who may see it.

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use serde_json::json;

use super::message::Batch;
use super::registry::Listener;
use super::{Domain, Drawn, presence};
use crate::app::{DOMAINS, Site};
use crate::error::Result;
use crate::journal::{Entry, Reads, Room, read_after};
use crate::people::{Language, MemberId, Reader};
use crate::values;
use crate::web::Words;

/// Entries read at once.
const BATCH: u64 = 500;
/// How often the journal is looked at though the bus was silent (another node may have written).
const LOOK: Duration = Duration::from_secs(1);

/// Runs until the program stops.
pub async fn run(site: Site) {
    let mut rings = site.bus.listen();
    let mut heard = site.bus.overhear();
    let mut tick = tokio::time::interval(LOOK);
    let mut seen = presence::Seen::default();
    loop {
        if let Err(error) = read_on(&site).await {
            tracing::warn!("live: {error}");
        }
        tokio::select! {
            () = site.stop.cancelled() => return,
            _ = rings.changed() => {}
            message = heard.recv() => if let Ok(message) = message { presence::pass_on(&site, &message) },
            _ = tick.tick() => presence::tell(&site, &mut seen),
        }
    }
}

async fn read_on(site: &Site) -> Result<()> {
    loop {
        let from = site.live.position();
        let entries = read_after(&site.db, from, BATCH).await?;
        let Some(last) = entries.last().map(|entry| entry.id) else { return Ok(()) };
        site.bus.ring(last);
        act_on_rights(site, &entries).await?;
        let sql = "SELECT room, id FROM journal_room WHERE id > $1 AND id <= $2 ORDER BY id";
        let mut rooms: HashMap<Room, Vec<&Entry>> = HashMap::new();
        let rows = site.db.rows(sql, values![from, last]).await?;
        // Before it is asked who listens: whoever catches up meanwhile to less than `last` reads on by themselves. Moved
        // later, an entry could fall between the two.
        site.live.advance(last);
        for row in rows {
            let (room, id): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let Some(room) = room.parse().ok().filter(|room| site.live.is_heard(*room)) else { continue };
            rooms.entry(room).or_default().extend(entries.iter().find(|entry| entry.id == id));
        }
        for (room, entries) in rooms {
            // A thing that cannot be drawn must not stop all others.
            if let Err(error) = tell(site, room, &entries).await {
                tracing::error!("live {room}: {error}");
            }
        }
        if (entries.len() as u64) < BATCH {
            return Ok(());
        }
    }
}

/// Changed rights come first: an ended session loses its socket, a changed Member is read anew.
async fn act_on_rights(site: &Site, entries: &[Entry]) -> Result<()> {
    for entry in entries {
        let changes_one = entry.kind.starts_with("people.") && !entry.kind.starts_with("people.organisation");
        if changes_one {
            refresh(site, MemberId(entry.about)).await?;
        } else if entry.kind.starts_with("forum.space") {
            for member in site.live.members() {
                refresh(site, member).await?;
            }
        }
    }
    Ok(())
}

async fn refresh(site: &Site, member: MemberId) -> Result<()> {
    for (id, session) in site.live.connections_of(member) {
        let alive = match session {
            Some(session) => site.db.value::<i64>("SELECT id FROM session WHERE id = $1", values![session]).await?.is_some(),
            None => true,
        };
        match site.people.member(&site.db, &site.bus, member).await? {
            Some(member) if alive => {
                let reader = Reader::of(member, session);
                let language = site.network().await?.speaks(reader.language);
                site.live.refresh(id, Reader { language, ..reader });
            }
            _ => site.live.close(id),
        }
    }
    Ok(())
}

/// Tells everybody in a Room what these entries changed.
async fn tell(site: &Site, room: Room, entries: &[&Entry]) -> Result<()> {
    let Some(number) = entries.last().map(|entry| entry.id) else { return Ok(()) };
    let listeners = admitted(site, room, site.live.listeners(room, number)).await?;
    // Who caught up into the middle of these entries hears the rest alone: nothing twice.
    let already = |listener: &Listener| entries.partition_point(|entry| entry.id <= listener.sent);
    let mut alike: HashMap<(Language, usize), Vec<&Listener>> = HashMap::new();
    for listener in &listeners {
        alike.entry((listener.reader.language, already(listener))).or_default().push(listener);
    }
    for ((language, from), listeners) in alike {
        let drawn = draw(site, room, &entries[from..], Words(language)).await?;
        let mut batch = Batch::new(room, number, false, &drawn);
        for listener in listeners {
            site.live.send(listener.id, batch.filled_for(&listener.reader));
            site.live.sent(listener.id, room, number);
        }
    }
    Ok(())
}

/// Those who may still listen; for the others the subscription ends, in the words of what never existed.
async fn admitted(site: &Site, room: Room, listeners: Vec<Listener>) -> Result<Vec<Listener>> {
    let Some(owner) = owner(room) else { return Ok(Vec::new()) };
    let door = owner.door(site, room).await?;
    let (inside, outside): (Vec<_>, Vec<_>) = listeners.into_iter().partition(|listener| door(&listener.reader));
    for listener in outside {
        site.live.leave(listener.id, room);
        site.live.send(listener.id, gone(room));
    }
    Ok(inside)
}

/// What one hears of a Room that one may not listen to, or that does not exist.
pub(super) fn gone(room: Room) -> Utf8Bytes {
    Utf8Bytes::from(json!({ "room": room.to_string(), "gone": true }).to_string())
}

/// The domain that decides about a Room.
pub(super) fn owner(room: Room) -> Option<&'static dyn Domain> {
    DOMAINS.iter().copied().find(|domain| domain.owns(room))
}

/// The final state of each thing that these entries touched, once, in the order of its last entry.
pub(super) async fn draw(site: &Site, room: Room, entries: &[&Entry], words: Words) -> Result<Vec<Drawn>> {
    let mut drawn = Vec::new();
    for (domain, thing) in things(room, entries) {
        if let Some(thing) = domain.draw(site, room, &thing, words).await? {
            drawn.push(thing);
        }
    }
    Ok(drawn)
}

/// Each thing once, where its last entry stands.
pub(super) fn things(room: Room, entries: &[&Entry]) -> Vec<(&'static dyn Domain, String)> {
    let mut things: Vec<(&'static dyn Domain, String)> = Vec::new();
    for entry in entries {
        for domain in DOMAINS.iter().copied() {
            for thing in domain.things(entry, room) {
                things.retain(|(_, known)| *known != thing);
                things.push((domain, thing));
            }
        }
    }
    things
}
