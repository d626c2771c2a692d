//! The bus in one process: "there is something after number N", and messages that are never replayed.
//!
//! Losing a bus message delays, never loses: readers look at the journal, not at the bus.

use tokio::sync::{broadcast, watch};

use super::Room;

/// Ephemeral messages that may wait for one listener before it loses the oldest.
const EPHEMERAL: usize = 1024;

/// Something that is only true for a moment: typing, presence.
#[derive(Clone, Debug)]
pub struct Ephemeral {
    pub room: Room,
    /// The connection it came from, which does not hear it back.
    pub from: u64,
    pub json: String,
}

#[derive(Clone)]
pub struct Bus {
    head: watch::Sender<i64>,
    ephemeral: broadcast::Sender<Ephemeral>,
}

impl Bus {
    pub fn new(head: i64) -> Self {
        Self { head: watch::Sender::new(head), ephemeral: broadcast::Sender::new(EPHEMERAL) }
    }

    /// Says that entries up to `number` are committed.
    pub fn ring(&self, number: i64) {
        self.head.send_if_modified(|head| {
            let newer = number > *head;
            *head = (*head).max(number);
            newer
        });
    }

    /// The highest number this node knows to be committed.
    pub fn head(&self) -> i64 {
        *self.head.borrow()
    }

    pub fn listen(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }

    pub fn tell(&self, message: Ephemeral) {
        let _ = self.ephemeral.send(message);
    }

    pub fn overhear(&self) -> broadcast::Receiver<Ephemeral> {
        self.ephemeral.subscribe()
    }
}
