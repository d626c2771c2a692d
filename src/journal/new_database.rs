//! A database that is being made from a backup: empty before, whole after, and nothing in between, for all of it is one
//! transaction. The writer and the journal begin when it is opened as a site.

use std::path::Path;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Statement, TransactionTrait, Value};

use super::writer::CLUSTER_LOCK;
use super::{Reads, database, migrate};
use crate::error::{Error, Result};

/// An empty database with a transaction that fills it. Dropped without [`NewDatabase::commit`] it stays empty.
pub struct NewDatabase(DatabaseTransaction);

impl NewDatabase {
    /// A new SQLite file. It has no journal of its own: what fails is thrown away with its file.
    pub async fn sqlite(path: &Path) -> Result<Self> {
        let mut options = database::options(&format!("sqlite:{}?mode=rwc", path.display()));
        options.max_connections(1).min_connections(1);
        // Foreign keys are looked at when all rows are there.
        options.map_sqlx_sqlite_opts(|o| o.foreign_keys(false).journal_mode(SqliteJournalMode::Off).synchronous(SqliteSynchronous::Off));
        Self::begin(options).await
    }

    /// A database that is forgotten with this value.
    pub async fn in_memory() -> Result<Self> {
        let mut options = database::options("sqlite::memory:");
        options.max_connections(1).min_connections(1);
        Self::begin(options).await
    }

    /// A PostgreSQL database; no other program of the cluster writes or migrates meanwhile.
    pub async fn postgres(url: &str) -> Result<Self> {
        let mut options = database::options(url);
        options.max_connections(1);
        let new = Self::begin(options).await?;
        new.run(&format!("SELECT pg_advisory_xact_lock({CLUSTER_LOCK})")).await?;
        Ok(new)
    }

    async fn begin(options: sea_orm::ConnectOptions) -> Result<Self> {
        let connection = sea_orm::Database::connect(options).await.map_err(|e| Error::Unavailable(e.to_string()))?;
        Ok(Self(connection.begin().await?))
    }

    /// Makes the schema as these migrations left it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] with words when one is not known to this program.
    pub async fn make_schema(&self, migrations: &[String]) -> Result<()> {
        self.run(&migrate::history(self.backend())).await?;
        for name in migrations {
            let sql = migrate::text(name, self.backend())?;
            self.run(&sql).await?;
            migrate::note(&self.0, name, &sql).await?;
        }
        Ok(())
    }

    /// Runs one or more statements without values.
    pub async fn run(&self, sql: &str) -> Result<()> {
        self.0.execute_unprepared(sql).await?;
        Ok(())
    }

    /// Runs a statement that changes rows; how many.
    pub async fn write(&self, sql: &str, values: Vec<Value>) -> Result<u64> {
        Ok(self.0.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?.rows_affected())
    }

    /// Now it is a database.
    pub async fn commit(self) -> Result<()> {
        Ok(self.0.commit().await?)
    }
}

impl Reads for NewDatabase {
    async fn rows(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>> {
        Ok(self.0.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?)
    }

    fn backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }
}
