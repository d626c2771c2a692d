//! The number of the last entry of each Room, in memory: the version that pages and cached pieces carry.
//!
//! It is moved by the journal: whoever asks first reads what has been committed since.

use std::collections::HashMap;

use tokio::sync::Mutex;

use super::{Bus, ReadDb, Reads, Room};
use crate::error::Result;
use crate::values;

/// Rooms remembered at most; past that all are forgotten and looked up again.
const REMEMBERED: usize = 100_000;

pub struct Heads {
    state: Mutex<State>,
}

struct State {
    position: i64,
    rooms: HashMap<Room, i64>,
}

impl Heads {
    pub fn new(position: i64) -> Self {
        Self { state: Mutex::new(State { position, rooms: HashMap::new() }) }
    }

    /// The last entry's number of each of `rooms` (0: none yet). Ask before the rows are looked up: taken later, it
    /// would be a gap.
    pub async fn of(&self, db: &ReadDb, bus: &Bus, rooms: &[Room]) -> Result<Vec<i64>> {
        let mut state = self.state.lock().await;
        state.catch_up(db, bus.head()).await?;
        let mut heads = Vec::with_capacity(rooms.len());
        for room in rooms {
            let head = match state.rooms.get(room) {
                Some(head) => *head,
                None => {
                    // A Room whose last entries were compacted away stands at its floor, or its pages would be reset for ever.
                    let sql = "SELECT COALESCE((SELECT id FROM journal_room WHERE room = $1 ORDER BY id DESC LIMIT 1), 0) AS last,
                                      COALESCE((SELECT id FROM journal_floor WHERE room = $1), 0) AS floor";
                    let rows = db.rows(sql, values![room.to_string()]).await?;
                    let (last, floor): (i64, i64) = match rows.first() {
                        Some(row) => (row.try_get_by_index(0)?, row.try_get_by_index(1)?),
                        None => (0, 0),
                    };
                    let head = last.max(floor);
                    state.rooms.insert(*room, head);
                    head
                }
            };
            heads.push(head);
        }
        Ok(heads)
    }
}

impl State {
    async fn catch_up(&mut self, db: &ReadDb, head: i64) -> Result<()> {
        if self.rooms.len() > REMEMBERED {
            self.rooms.clear();
        }
        if self.rooms.is_empty() {
            self.position = self.position.max(head);
            return Ok(());
        }
        if self.position < head {
            let sql = "SELECT room, id FROM journal_floor WHERE id > $1 ORDER BY id LIMIT 100000";
            for row in &db.rows(sql, values![self.position]).await? {
                self.raise(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            }
        }
        while self.position < head {
            let sql = "SELECT room, id FROM journal_room WHERE id > $1 AND id <= $2 ORDER BY id LIMIT 5000";
            let rows = db.rows(sql, values![self.position, head]).await?;
            let full = rows.len() == 5000;
            for row in &rows {
                let (room, id): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
                self.position = self.position.max(id);
                self.raise(room, id);
            }
            if !full {
                self.position = head;
            }
        }
        Ok(())
    }

    fn raise(&mut self, room: String, id: i64) {
        if let Some(known) = room.parse().ok().and_then(|room| self.rooms.get_mut(&room)) {
            *known = (*known).max(id);
        }
    }
}
