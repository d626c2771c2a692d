//! Compaction: entries that are only passing (who read what) go after a day. A Room that lost entries gets a floor, so
//! that a client from before is told to load anew rather than left with a gap.

use sea_orm::FromQueryResult;

use super::{Act, Reads, Tx};
use crate::clock::Instant;
use crate::error::Result;
use crate::values;

/// Entries dropped by one act at most.
const BATCH: usize = 300;
/// The kinds that only pass: who read what, who wrote or gave dots when. Each has its index in the migrations.
pub const PASSING: &[&str] = &["forum.topic_read", "boards.mine_changed"];

/// Drops passing entries from before a moment; answers whether there may be more.
pub struct Compact {
    pub before: Instant,
}

#[derive(FromQueryResult)]
struct Dropped {
    id: i64,
    room: String,
}

impl Act for Compact {
    type Answer = bool;

    async fn run(&self, tx: &Tx) -> Result<bool> {
        let mut ids: Vec<i64> = Vec::new();
        for kind in PASSING {
            let passing = format!("SELECT id FROM journal WHERE kind = '{kind}' AND at < $1 ORDER BY at, id LIMIT {}", BATCH - ids.len());
            ids.extend(tx.column::<i64>(&passing, values![self.before]).await?);
        }
        if ids.is_empty() {
            return Ok(false);
        }
        let list = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let dropped: Vec<Dropped> = tx.all(&format!("SELECT id, room FROM journal_room WHERE id IN ({list})"), vec![]).await?;
        for Dropped { id, room } in dropped {
            let floor = "INSERT INTO journal_floor (room, id) VALUES ($1, $2)
                ON CONFLICT (room) DO UPDATE SET id = CASE WHEN journal_floor.id > excluded.id THEN journal_floor.id ELSE excluded.id END";
            tx.write(floor, values![room, id]).await?;
        }
        tx.write(&format!("DELETE FROM journal_room WHERE id IN ({list})"), vec![]).await?;
        tx.write(&format!("DELETE FROM journal WHERE id IN ({list})"), vec![]).await?;
        Ok(ids.len() == BATCH)
    }
}
