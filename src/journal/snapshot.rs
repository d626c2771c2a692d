//! One instant of all rows: what a backup and a check of the whole read, beside a site that goes on writing.

use futures_util::{Stream, StreamExt};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, QueryResult, Statement, StreamTrait, TransactionOptions,
    TransactionTrait, Value,
};

use super::{ReadDb, Reads};
use crate::error::{Error, Result};

/// A transaction that reads, and sees the rows as they were when it began.
pub struct Snapshot(DatabaseTransaction);

impl Snapshot {
    /// Takes the instant: a read transaction of the write-ahead log, or REPEATABLE READ.
    pub(super) async fn take(db: &sea_orm::DatabaseConnection) -> Result<Self> {
        let options = match db.get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..Default::default()
            },
            _ => TransactionOptions::default(),
        };
        let snapshot = Self(db.begin_with_options(options).await?);
        // Both databases take their instant with the first statement, not with BEGIN.
        let first = snapshot.rows("SELECT name FROM migration LIMIT 1", vec![]).await;
        match first {
            // "no such table: migration", "relation "migration" does not exist"
            Err(error) if error.to_string().contains("migration") => Err(Error::Unavailable("there is no site in this database".into())),
            Err(error) => Err(error),
            Ok(_) => Ok(snapshot),
        }
    }

    /// The rows of a statement one by one, however many.
    pub async fn stream<'a>(&'a self, sql: &str) -> Result<impl Stream<Item = Result<QueryResult>> + Send + 'a> {
        let rows = self.0.stream_raw(Statement::from_string(self.backend(), sql)).await?;
        Ok(rows.map(|row| Ok(row?)))
    }
}

impl Reads for Snapshot {
    async fn rows(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>> {
        Ok(self.0.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?)
    }

    fn backend(&self) -> DbBackend {
        ConnectionTrait::get_database_backend(&self.0)
    }
}

impl ReadDb {
    /// One instant of all rows. It holds one connection of the pool until it is dropped.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away or holds no site.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        Snapshot::take(&self.0).await
    }
}
