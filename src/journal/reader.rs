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
/// How long after the bus rang a reader waits, so that entries which come close together share a look and a transaction.
const GATHER: Duration = Duration::from_millis(50);

/// Entries after `position`, in order, at most `limit`.
pub async fn read_after(db: &impl Reads, position: i64, limit: u64) -> Result<Vec<Entry>> {
    let sql = format!("SELECT id, at, actor, kind, about, more FROM journal WHERE id > $1 ORDER BY id LIMIT {limit}");
    db.all(&sql, values![position]).await
}

/// How far a reader is.
#[derive(Clone, Debug, sea_orm::FromQueryResult)]
pub struct Standing {
    pub name: String,
    pub position: i64,
}

/// All readers with their positions; one that has nothing to do keeps its own when all is quiet.
pub async fn reader_standings(db: &impl Reads) -> Result<Vec<Standing>> {
    db.all("SELECT name, position FROM reader ORDER BY name LIMIT 100", vec![]).await
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

    /// Whether there is nothing to do: then the position need not move at once, for reading the same again does nothing.
    fn is_empty(&self) -> bool {
        false
    }
}

/// Makes a step and the reader's new position one act.
struct Advance<S> {
    name: &'static str,
    from: i64,
    to: i64,
    step: S,
}

impl<S: Step> Act for Advance<S> {
    /// Whether the position was still where it was thought to be.
    type Answer = bool;

    async fn run(&self, tx: &Tx) -> Result<bool> {
        let moved = tx
            .write(
                "UPDATE reader SET position = $1 WHERE name = $2 AND position = $3",
                values![self.to, self.name, self.from],
            )
            .await?;
        // Another node was first: what it did is done, this does nothing.
        if moved == 1 {
            self.step.run(tx).await?;
        }
        Ok(moved == 1)
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
    let mut place = Place::default();
    let mut is_quiet = false;
    loop {
        match read_on(&reader, &db, &writer, &mut place, is_quiet).await {
            Ok(()) => {}
            Err(error) => {
                tracing::warn!("reader {}: {error}", R::NAME);
                place = Place::default();
            }
        }
        is_quiet = tokio::select! {
            () = stop.cancelled() => return,
            _ = rings.changed() => false,
            () = tokio::time::sleep(LOOK) => true,
        };
        if !is_quiet {
            tokio::time::sleep(GATHER).await;
        }
    }
}

/// Reads everything there is and keeps the position; used by tests and by the seed.
pub async fn catch_up<R: Reading>(reader: &R, db: &ReadDb, writer: &Writer) -> Result<()> {
    read_on(reader, db, writer, &mut Place::default(), true).await
}

/// How far a reader is.
#[derive(Default)]
struct Place {
    /// The stored position, as it was last seen; unknown at first.
    stored: Option<i64>,
    /// How far this program has read beyond it, over entries that asked for nothing: a transaction for each of those would
    /// halve the pace of posting. It is stored with the next that asks for something, or when all is quiet.
    read: i64,
}

/// Reads everything there is.
async fn read_on<R: Reading>(reader: &R, db: &ReadDb, writer: &Writer, place: &mut Place, is_quiet: bool) -> Result<()> {
    loop {
        let stored = match place.stored {
            Some(stored) => stored,
            None => position(db, writer, R::NAME, 0).await?,
        };
        place.stored = Some(stored);
        place.read = place.read.max(stored);
        let entries = read_after(db, place.read, BATCH).await?;
        let is_last = (entries.len() as u64) < BATCH;
        let to = entries.last().map_or(place.read, |entry| entry.id);
        let step = reader.prepare(entries).await?;
        if step.is_empty() && !(is_quiet && is_last && to > stored) {
            place.read = to;
        } else if writer.write(Advance { name: R::NAME, from: stored, to, step }).await? {
            *place = Place { stored: Some(to), read: to };
        } else {
            // Another node was first: what is after its position is read again.
            *place = Place::default();
            continue;
        }
        if is_last {
            return Ok(());
        }
    }
}
