//! The journal: the one list of what happened, and the writer through which alone it grows.
//!
//! A change others could see runs in one transaction that checks the rule, writes the rows and appends its entry.
//! After the commit the bus rings; everything else reads from its own position. `journal` knows no domain.

mod act;
mod bus;
mod checks;
mod compact;
mod crash;
mod database;
mod entry;
mod epoch;
pub mod heads;
mod migrate;
mod new_database;
mod once;
mod pulse;
mod reader;
mod room;
mod snapshot;
mod tables;
mod tx;
mod writer;

pub use act::{Act, Boxed};
pub use bus::{Bus, Ephemeral};
pub use checks::{Checks, Other, Stored, Told};
pub use compact::{Compact, PASSING};
pub use crash::crash_at;
pub use database::{Database, MaybeId, ReadDb, Reads};
pub use entry::{Entry, Kind};
pub use epoch::{Epoch, head, settle as settle_epoch};
pub use heads::Heads;
pub use migrate::{migrate, names as known_migrations, pending};
pub use new_database::NewDatabase;
pub use once::FormKey;
pub use pulse::{Probe, Pulse};
pub use reader::{Reading, Standing, Step, catch_up, follow, read_after, reader_standings};
pub use room::Room;
pub use snapshot::Snapshot;
pub use tables::{Kept, OnErase, OnExport, TABLES, Table, Title};
pub use tx::Tx;
pub use writer::{CLUSTER_LOCK, Writer};

/// Values bound to a statement, in the order of `$1`, `$2` …
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$(sea_orm::Value::from($value)),*] };
}
