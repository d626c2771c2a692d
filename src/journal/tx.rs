//! The transaction as an act sees it: statements, the time, and `record`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, QueryResult, Statement, Value};

use super::tables::{Kept, Table, changed_by};
use super::{Kind, MaybeId, Reads};
use crate::clock::Instant;
use crate::error::{Error, Result};

/// A transaction under way on the writer task.
#[derive(Clone)]
pub struct Tx {
    inner: Arc<Inner>,
    now: Instant,
}

struct Inner {
    txn: DatabaseTransaction,
    tables: &'static [&'static [Table]],
    /// What the act at work has done so far; the writer clears it before each act.
    wrote: AtomicBool,
    wrote_journaled: AtomicBool,
    recorded: AtomicBool,
    /// Statements since the transaction began (a Post costs at most eight; a test counts).
    statements: AtomicU64,
    last_entry: AtomicI64,
}

impl Tx {
    pub(super) fn new(txn: DatabaseTransaction, tables: &'static [&'static [Table]], now: Instant) -> Self {
        let inner = Inner {
            txn,
            tables,
            wrote: AtomicBool::new(false),
            wrote_journaled: AtomicBool::new(false),
            recorded: AtomicBool::new(false),
            statements: AtomicU64::new(0),
            last_entry: AtomicI64::new(0),
        };
        Self { inner: Arc::new(inner), now }
    }

    /// The server's clock, the same for the whole act.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The same transaction at another time: the seed and imports tell of the past.
    pub fn at(&self, now: Instant) -> Self {
        Self { inner: self.inner.clone(), now }
    }

    /// Runs a statement that changes rows; how many.
    pub async fn write(&self, sql: &str, values: Vec<Value>) -> Result<u64> {
        self.mark(sql)?;
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        Ok(self.inner.txn.execute_raw(statement).await?.rows_affected())
    }

    /// Runs a statement that changes rows and RETURNS some.
    pub async fn write_returning<T: FromQueryResult>(&self, sql: &str, values: Vec<Value>) -> Result<Vec<T>> {
        self.mark(sql)?;
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        let rows = self.inner.txn.query_all_raw(statement).await?;
        rows.iter().map(|row| Ok(T::from_query_result(row, "")?)).collect()
    }

    /// Inserts one row; its new id. The statement ends with `RETURNING id`.
    pub async fn insert(&self, sql: &str, values: Vec<Value>) -> Result<i64> {
        self.mark(sql)?;
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        let row = self.inner.txn.query_one_raw(statement).await?;
        let row = row.ok_or_else(|| Error::bug("an insert that returned no id"))?;
        Ok(row.try_get_by_index(0)?)
    }

    /// Appends the entry that says what this act did; its number.
    pub async fn record<K: Kind>(&self, actor: Option<i64>, what: &K) -> Result<i64> {
        let (kind, more) = what.stored()?;
        self.inner.statements.fetch_add(2, Ordering::Relaxed);
        self.inner.wrote.store(true, Ordering::Relaxed);
        let statement = Statement::from_sql_and_values(
            self.backend(),
            "INSERT INTO journal (at, actor, kind, about, more) VALUES ($1, $2, $3, $4, $5) RETURNING id",
            [self.now.into(), MaybeId(actor).into(), kind.into(), what.about().into(), more.into()],
        );
        let row = self.inner.txn.query_one_raw(statement).await?;
        let id: i64 = row.ok_or_else(|| Error::bug("no entry number"))?.try_get_by_index(0)?;
        let rooms = what.rooms();
        if !rooms.is_empty() {
            let places: Vec<String> = (0..rooms.len()).map(|i| format!("(${}, $1)", i + 2)).collect();
            let sql = format!("INSERT INTO journal_room (room, id) VALUES {}", places.join(", "));
            let mut values = vec![Value::from(id)];
            values.extend(rooms.iter().map(|room| Value::from(room.to_string())));
            self.inner.txn.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        }
        self.inner.recorded.store(true, Ordering::Relaxed);
        self.inner.last_entry.store(id, Ordering::Relaxed);
        Ok(id)
    }

    /// Statements run since the transaction began.
    pub fn statements(&self) -> u64 {
        self.inner.statements.load(Ordering::Relaxed)
    }

    fn mark(&self, sql: &str) -> Result<()> {
        self.inner.statements.fetch_add(1, Ordering::Relaxed);
        self.inner.wrote.store(true, Ordering::Relaxed);
        let name = changed_by(sql).ok_or_else(|| Error::bug(format!("not a change: {sql}")))?;
        let table = self.inner.tables.iter().copied().flatten().find(|table| table.name == name);
        let table = table.ok_or_else(|| Error::bug(format!("the table {name} is not declared")))?;
        if table.kept == Kept::Journaled {
            self.inner.wrote_journaled.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    pub(super) fn begin_act(&self) {
        self.inner.wrote.store(false, Ordering::Relaxed);
        self.inner.wrote_journaled.store(false, Ordering::Relaxed);
        self.inner.recorded.store(false, Ordering::Relaxed);
    }

    pub(super) fn wrote(&self) -> bool {
        self.inner.wrote.load(Ordering::Relaxed)
    }

    pub(super) fn wrote_journaled(&self) -> bool {
        self.inner.wrote_journaled.load(Ordering::Relaxed)
    }

    pub(super) fn recorded(&self) -> bool {
        self.inner.recorded.load(Ordering::Relaxed)
    }

    pub(super) fn last_entry(&self) -> i64 {
        self.inner.last_entry.load(Ordering::Relaxed)
    }

    /// The transaction itself, for its end. An act that kept a clone of its `Tx` is a bug.
    pub(super) fn into_inner(self) -> Result<DatabaseTransaction> {
        let inner = Arc::try_unwrap(self.inner).map_err(|_| Error::bug("an act kept its transaction"))?;
        Ok(inner.txn)
    }
}

impl Reads for Tx {
    async fn rows(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>> {
        self.inner.statements.fetch_add(1, Ordering::Relaxed);
        if changed_by(sql).is_some() {
            return Err(Error::bug(format!("a change through a read: {sql}")));
        }
        let found = self.inner.txn.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await;
        if found.is_err() && self.backend() == DbBackend::Postgres {
            // A failed statement ends a PostgreSQL transaction: it counts as failed after writing.
            self.inner.wrote.store(true, Ordering::Relaxed);
        }
        Ok(found?)
    }

    fn backend(&self) -> DbBackend {
        self.inner.txn.get_database_backend()
    }
}
