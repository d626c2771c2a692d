//! Readers of the journal, each with a position of its own. One that was down catches up; one that runs twice
//! changes nothing, because what it does and its new position are one transaction.

use std::future::Future;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Act, Bus, Entry, ReadDb, Reads, Tx, Writer};
use crate::error::Result;
use crate::values;

/// Entries handed to a reader at once.
const BATCH: u64 = 500;
/// How often the journal is looked at though the bus was silent (another node may have written).
const LOOK: Duration = Duration::from_secs(1);

/// Entries after `position`, in order, at most `limit`.
pub async fn read_after(db: &impl Reads, position: i64, limit: u64) -> Result<Vec<Entry>> {
    let sql = format!("SELECT id, at, actor, kind, about, more FROM journal WHERE id > $1 ORDER BY id LIMIT {limit}");
    db.all(&sql, values![position]).await
}

/// A reader with a stored position.
pub trait Reading: Send + Sync + 'static {
    /// The name its position is kept under.
    const NAME: &'static str;

    /// Does, inside the transaction that moves the position, what these entries ask for.
    /// Whatever is slow or random has to be prepared in `prepare`.
    fn prepare(&self, entries: Vec<Entry>) -> impl Future<Output = Result<Self::Prepared>> + Send;

    type Prepared: Step;
}

/// What a reader does with a batch, repeatable.
pub trait Step: Send + Sync + 'static {
    fn run(&self, tx: &Tx) -> impl Future<Output = Result<()>> + Send;
}

/// Makes a step and the reader's new position one act.
struct Advance<S> {
    name: &'static str,
    from: i64,
    to: i64,
    step: S,
}

impl<S: Step> Act for Advance<S> {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let moved = tx
            .write(
                "UPDATE reader SET position = $1 WHERE name = $2 AND position = $3",
                values![self.to, self.name, self.from],
            )
            .await?;
        // Another node was first: what it did is done, this does nothing.
        if moved == 1 { self.step.run(tx).await } else { Ok(()) }
    }
}

struct Begin(&'static str, i64);

impl Act for Begin {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let sql = "INSERT INTO reader (name, position) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        tx.write(sql, values![self.0, self.1]).await.map(|_| ())
    }
}

/// The position of a reader; a new one begins at `start`.
pub async fn position(db: &ReadDb, writer: &Writer, name: &'static str, start: i64) -> Result<i64> {
    let sql = "SELECT position FROM reader WHERE name = $1";
    if let Some(position) = db.value(sql, values![name]).await? {
        return Ok(position);
    }
    writer.note(Begin(name, start)).await?;
    Ok(start)
}

/// Reads on until `stop`; errors are logged and tried again.
pub async fn follow<R: Reading>(reader: R, db: ReadDb, writer: Writer, bus: Bus, stop: CancellationToken) {
    let mut rings = bus.listen();
    loop {
        match catch_up(&reader, &db, &writer).await {
            Ok(()) => {}
            Err(error) => tracing::warn!("reader {}: {error}", R::NAME),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            _ = rings.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Reads everything there is; used by `follow`, by tests and by the seed.
pub async fn catch_up<R: Reading>(reader: &R, db: &ReadDb, writer: &Writer) -> Result<()> {
    loop {
        let from = position(db, writer, R::NAME, 0).await?;
        let entries = read_after(db, from, BATCH).await?;
        let Some(last) = entries.last() else { return Ok(()) };
        let to = last.id;
        let step = reader.prepare(entries).await?;
        writer.write(Advance { name: R::NAME, from, to, step }).await?;
    }
}
