//! The two ways to a database: a pool that can only read, and the one connection the writer owns.
//!
//! Statements are written once, with `$1`, `$2` …, which SQLite and PostgreSQL both understand.

use std::future::Future;
use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, FromQueryResult, QueryResult, Statement, TryGetable, Value,
};

use crate::error::{Error, Result};

/// Connections that read at once. SQLite readers are not blocked by the writer (WAL).
const READERS: u32 = 4;
/// How long to wait for a connection of the pool before saying that the database is away.
const ACQUIRE: Duration = Duration::from_secs(5);

/// Anything that can be asked: the read pool, or a transaction under way.
pub trait Reads: Send + Sync {
    /// The rows that a statement gives. Every statement has a bound (LIMIT, or a key that is unique).
    fn rows(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Result<Vec<QueryResult>>> + Send;

    fn backend(&self) -> DbBackend;

    fn all<T: FromQueryResult + Send>(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Result<Vec<T>>> + Send {
        async move { self.rows(sql, values).await?.iter().map(|row| Ok(T::from_query_result(row, "")?)).collect() }
    }

    fn one<T: FromQueryResult + Send>(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Result<Option<T>>> + Send {
        async move { Ok(self.all(sql, values).await?.into_iter().next()) }
    }

    /// The first column of the rows.
    fn column<T: TryGetable + Send>(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Result<Vec<T>>> + Send {
        async move { self.rows(sql, values).await?.iter().map(|row| Ok(row.try_get_by_index::<T>(0)?)).collect() }
    }

    /// The first column of the first row.
    fn value<T: TryGetable + Send>(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Result<Option<T>>> + Send {
        async move { Ok(self.column(sql, values).await?.into_iter().next()) }
    }
}

/// An id that may be missing, for binding.
pub struct MaybeId(pub Option<i64>);

impl From<MaybeId> for Value {
    fn from(id: MaybeId) -> Value {
        Value::BigInt(id.0)
    }
}

/// A pool of connections that cannot write: the database itself refuses.
#[derive(Clone)]
pub struct ReadDb(pub(super) DatabaseConnection);

impl ReadDb {
    /// Opens `url` to read alone, beside the site or while it rests.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it is not there or cannot be opened, with the database's own words.
    pub async fn open(url: &str) -> Result<Self> {
        let opened = match url.strip_prefix("sqlite:") {
            Some(path) => sqlite(Path::new(path), true).await,
            None => sea_orm::Database::connect(postgres(url, true)).await,
        };
        Ok(Self(opened.map_err(|e| Error::Unavailable(e.to_string()))?))
    }
}

impl Reads for ReadDb {
    async fn rows(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>> {
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        // A database that was restarted leaves dead connections in the pool: each is dropped when it is found, and asking again
        // changes nothing.
        for _ in 0..READERS * 2 {
            match self.0.query_all_raw(statement.clone()).await {
                Err(error) if was_lost(&error) => {}
                rows => return Ok(rows?),
            }
        }
        Ok(self.0.query_all_raw(statement).await?)
    }

    fn backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }
}

/// Where the site's rows are: the address and both ways in.
pub struct Database {
    pub read: ReadDb,
    pub(super) write: DatabaseConnection,
    url: String,
}

impl Database {
    /// Opens `url` (`sqlite:PATH` or `postgres://…`); a SQLite file that is missing is made.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it cannot be opened, with the database's own words.
    pub async fn open(url: &str) -> Result<Self> {
        // The writer first: it makes the file and sets its mode.
        let write = open_writer(url).await?;
        Ok(Self { read: ReadDb::open(url).await?, write, url: url.to_owned() })
    }

    pub fn backend(&self) -> DbBackend {
        self.read.backend()
    }
}

/// Whether a statement failed because its connection had ended before: not because the database cannot be reached now.
pub(super) fn was_lost(error: &DbErr) -> bool {
    let text = error.to_string();
    ["terminating connection", "onnection reset", "Broken pipe", "unexpected end of file", "got 0 bytes at EOF"].iter().any(|sign| text.contains(sign))
}

/// The one connection that writes.
pub(super) async fn open_writer(url: &str) -> Result<DatabaseConnection> {
    let opened = match url.strip_prefix("sqlite:") {
        Some(path) => sqlite(Path::new(path), false).await,
        None => sea_orm::Database::connect(postgres(url, false)).await,
    };
    opened.map_err(|e| Error::Unavailable(e.to_string()))
}

fn postgres(url: &str, only_read: bool) -> ConnectOptions {
    let mut options = options(url);
    options.max_connections(if only_read { READERS * 2 } else { 1 });
    if only_read {
        options.map_sqlx_postgres_opts(|o| o.options([("default_transaction_read_only", "on")]));
    }
    options
}

pub(super) fn options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .test_before_acquire(false)
        .record_stmt_in_spans(false)
        .acquire_timeout(ACQUIRE)
        .connect_timeout(ACQUIRE);
    options
}

async fn sqlite(path: &Path, only_read: bool) -> Result<DatabaseConnection, sea_orm::DbErr> {
    let mode = if only_read { "ro" } else { "rwc" };
    let mut options = options(&format!("sqlite:{}?mode={mode}", path.display()));
    options.max_connections(if only_read { READERS } else { 1 }).min_connections(1);
    options.map_sqlx_sqlite_opts(move |o| {
        let o = o.busy_timeout(Duration::from_secs(10)).foreign_keys(true).statement_cache_capacity(256);
        // A reader cannot set the mode of the file; the writer has set it before.
        if only_read {
            return o.pragma("query_only", "on");
        }
        // FULL: NORMAL loses acknowledged commits in a power cut.
        o.journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("wal_autocheckpoint", "8000")
            .pragma("secure_delete", "on")
    });
    sea_orm::Database::connect(options).await
}

impl Database {
    /// Gives the writing connection to a writer task; what is left can only read.
    pub fn start(
        self,
        clock: crate::clock::Clock,
        bus: super::Bus,
        tables: &'static [&'static [super::Table]],
        tasks: &tokio_util::task::TaskTracker,
    ) -> (ReadDb, super::Writer) {
        let writer = super::Writer::start(self.write, self.url, clock, bus, tables, tasks);
        (self.read, writer)
    }
}
