//! Who listens to what, in memory: nothing that another node could not rebuild.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::journal::Room;
use crate::limits;
use crate::people::{MemberId, Reader, SessionId};

/// All connections of this node.
pub struct Live {
    state: Mutex<State>,
    next: AtomicU64,
}

struct State {
    /// How far the fan-out has read; catch-ups hand over at this number.
    position: i64,
    connections: HashMap<u64, Connection>,
    rooms: HashMap<Room, BTreeMap<u64, Listening>>,
}

struct Connection {
    queue: mpsc::Sender<Utf8Bytes>,
    reader: Reader,
    close: CancellationToken,
}

/// One Room on one connection.
#[derive(Clone, Copy)]
struct Listening {
    /// The last entry it was sent.
    sent: i64,
    /// Until it has caught up, and was let in for that, nobody hears of it and it hears nothing.
    is_behind: bool,
}

/// A connection as the fan-out sees it.
pub struct Listener {
    pub id: u64,
    pub reader: Reader,
    pub sent: i64,
}

impl Live {
    pub fn new(position: i64) -> Self {
        let state = State { position, connections: HashMap::new(), rooms: HashMap::new() };
        Self { state: Mutex::new(state), next: AtomicU64::new(1) }
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        // A panic while the lock was held leaves plain data behind: go on with it.
        work(&mut self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// A new connection: its number, and the end of its bounded queue.
    pub fn connect(&self, reader: Reader, close: CancellationToken) -> (u64, mpsc::Receiver<Utf8Bytes>) {
        let (queue, receiver) = mpsc::channel(limits::SOCKET_QUEUE);
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        self.with(|state| state.connections.insert(id, Connection { queue, reader, close }));
        (id, receiver)
    }

    /// Forgets a connection; the Rooms it was in.
    pub fn disconnect(&self, id: u64) -> Vec<Room> {
        self.with(|state| {
            state.connections.remove(&id);
            let mut left = Vec::new();
            state.rooms.retain(|room, listeners| {
                if listeners.remove(&id).is_some() {
                    left.push(*room);
                }
                !listeners.is_empty()
            });
            left
        })
    }

    /// Puts a connection into a Room, still behind. `false` when it is in too many already.
    pub fn enter(&self, id: u64, room: Room, after: i64) -> bool {
        self.with(|state| {
            let already = state.rooms.values().filter(|listeners| listeners.contains_key(&id)).count();
            if already >= limits::SOCKET_ROOMS {
                return false;
            }
            state.rooms.entry(room).or_default().insert(id, Listening { sent: after, is_behind: true });
            true
        })
    }

    pub fn leave(&self, id: u64, room: Room) {
        self.with(|state| {
            if let Some(listeners) = state.rooms.get_mut(&room) {
                listeners.remove(&id);
                if listeners.is_empty() {
                    state.rooms.remove(&room);
                }
            }
        });
    }

    /// Ends a catch-up that has read up to `number`; `false` when the fan-out is already further, so read on.
    pub fn caught_up(&self, id: u64, room: Room, number: i64) -> bool {
        self.with(|state| {
            if state.position > number {
                return false;
            }
            if let Some(listening) = state.rooms.get_mut(&room).and_then(|listeners| listeners.get_mut(&id)) {
                *listening = Listening { sent: number, is_behind: false };
            }
            true
        })
    }

    pub fn position(&self) -> i64 {
        self.with(|state| state.position)
    }

    pub fn is_heard(&self, room: Room) -> bool {
        self.with(|state| state.rooms.contains_key(&room))
    }

    /// Those in a Room who have been sent everything before `number`.
    pub fn listeners(&self, room: Room, number: i64) -> Vec<Listener> {
        self.with(|state| {
            let State { connections, rooms, .. } = state;
            let listeners = rooms.get(&room).into_iter().flatten();
            listeners
                .filter(|(_, listening)| !listening.is_behind && listening.sent < number)
                .filter_map(|(id, listening)| {
                    let connection = connections.get(id)?;
                    Some(Listener { id: *id, reader: connection.reader.clone(), sent: listening.sent })
                })
                .collect()
        })
    }

    /// Hands a message to a connection; one whose queue is full is closed, and resumes from its last number.
    pub fn send(&self, id: u64, message: Utf8Bytes) {
        self.with(|state| {
            if let Some(connection) = state.connections.get(&id)
                && connection.queue.try_send(message).is_err()
            {
                connection.close.cancel();
            }
        });
    }

    /// Says that a connection has been sent everything of a Room up to `number`.
    pub fn sent(&self, id: u64, room: Room, number: i64) {
        self.with(|state| {
            if let Some(listening) = state.rooms.get_mut(&room).and_then(|listeners| listeners.get_mut(&id)) {
                listening.sent = listening.sent.max(number);
            }
        });
    }

    /// The fan-out has read up to `number`.
    pub fn advance(&self, number: i64) {
        self.with(|state| state.position = state.position.max(number));
    }

    /// Every connection that was let into a Room, with whom it belongs to.
    pub fn present(&self, room: Room) -> Vec<(u64, Reader)> {
        self.with(|state| {
            let State { connections, rooms, .. } = state;
            let inside = rooms.get(&room).into_iter().flatten().filter(|(_, listening)| !listening.is_behind);
            inside.filter_map(|(id, _)| Some((*id, connections.get(id)?.reader.clone()))).collect()
        })
    }

    /// Rooms that somebody is in.
    pub fn rooms(&self) -> Vec<Room> {
        self.with(|state| state.rooms.keys().copied().collect())
    }

    /// The Members who are connected.
    pub fn members(&self) -> BTreeSet<MemberId> {
        self.with(|state| state.connections.values().filter_map(|connection| connection.reader.id()).collect())
    }

    /// The connections of a Member, with their sessions.
    pub fn connections_of(&self, member: MemberId) -> Vec<(u64, Option<SessionId>)> {
        self.with(|state| state.connections.iter().filter(|(_, c)| c.reader.is(member)).map(|(id, c)| (*id, c.reader.session)).collect())
    }

    /// Whose connection it is, as they are now.
    pub fn reader(&self, id: u64) -> Option<Reader> {
        self.with(|state| state.connections.get(&id).map(|connection| connection.reader.clone()))
    }

    /// A connection's reader as they are now.
    pub fn refresh(&self, id: u64, reader: Reader) {
        self.with(|state| {
            if let Some(connection) = state.connections.get_mut(&id) {
                connection.reader = reader;
            }
        });
    }

    pub fn close(&self, id: u64) {
        self.with(|state| {
            if let Some(connection) = state.connections.get(&id) {
                connection.close.cancel();
            }
        });
    }

    pub fn close_all(&self) {
        self.with(|state| state.connections.values().for_each(|connection| connection.close.cancel()));
    }

    pub fn count(&self) -> usize {
        self.with(|state| state.connections.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Language;

    #[test]
    fn who_has_not_been_let_in_is_not_there() {
        let live = Live::new(7);
        let (id, _queue) = live.connect(Reader::visitor(Language::En, chrono_tz::UTC), CancellationToken::new());
        let room = Room::Topic(1);
        assert!(live.enter(id, room, 3));
        assert!(live.present(room).is_empty() && live.listeners(room, 9).is_empty());
        // The fan-out is at 7: there is more to catch up with.
        assert!(!live.caught_up(id, room, 5));
        assert!(live.present(room).is_empty());
        assert!(live.caught_up(id, room, 7));
        assert_eq!(live.present(room).len(), 1);
    }
}
