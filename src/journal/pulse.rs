//! How the writer is doing, for those who look after the site.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Act, Tx};
use crate::error::Result;
use crate::values;

/// What the writer has done since the start, and what keeps it from writing now.
#[derive(Default)]
pub struct Pulse {
    acts: AtomicU64,
    groups: AtomicU64,
    trouble: Mutex<Option<String>>,
}

impl Pulse {
    /// Acts that were committed.
    pub fn acts(&self) -> u64 {
        self.acts.load(Ordering::Relaxed)
    }

    /// Transactions that committed them.
    pub fn groups(&self) -> u64 {
        self.groups.load(Ordering::Relaxed)
    }

    /// Why the last transaction could not be written, in the database's words; `None` when it could.
    pub fn trouble(&self) -> Option<String> {
        self.trouble.lock().map(|trouble| trouble.clone()).unwrap_or_default()
    }

    pub(super) fn committed(&self, acts: usize) {
        self.acts.fetch_add(acts as u64, Ordering::Relaxed);
        self.groups.fetch_add(1, Ordering::Relaxed);
        self.tell(None);
    }

    pub(super) fn refused(&self, why: &str) {
        self.tell(Some(why.to_owned()));
    }

    /// Says it once in the log when it changes.
    fn tell(&self, now: Option<String>) {
        let Ok(mut trouble) = self.trouble.lock() else { return };
        match (&*trouble, &now) {
            (None, Some(why)) => tracing::error!("nothing can be written: {why}"),
            (Some(_), None) => tracing::info!("writing goes on"),
            _ => {}
        }
        *trouble = now;
    }
}

/// Writes something that changes nothing: whether writing is possible.
pub struct Probe;

impl Act for Probe {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        tx.write("INSERT INTO reader (name, position) VALUES ('probe', 0) ON CONFLICT (name) DO NOTHING", values![]).await?;
        tx.write("DELETE FROM reader WHERE name = 'probe'", values![]).await?;
        Ok(())
    }
}
