//! The statements of `forum::Reply`, run bare: through the product's own driver, and through rusqlite.
//!
//! The SQL is `src/forum/acts/reply.rs`, `src/journal/once.rs` and `src/journal/tx.rs` word for word; a bench that drifts
//! from them compares nothing, so [`rows`] counts the rows that both sides left.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::params;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, Value,
};

use crate::Said;

const TARGET: &str = "SELECT t.space, s.layer, s.may_reply, t.slug, t.language, t.closed_at, p.path AS parent_path, p.deleted_at AS parent_deleted,
                m.id AS stands
         FROM topic t JOIN space s ON s.id = t.space
         LEFT JOIN post p ON p.topic = t.id AND p.number = $2
         LEFT JOIN member m ON m.id = $3 AND m.confirmed_at IS NOT NULL AND m.suspended_at IS NULL AND m.erased_at IS NULL
         WHERE t.id = $1";
const ALREADY: &str = "SELECT answer FROM form_key WHERE author = $1 AND digest = $2";
const COUNT: &str = "UPDATE topic SET posts = posts + 1, last_post_at = $2, last_post_by = $3 WHERE id = $1 RETURNING posts";
const INSERT: &str = "INSERT INTO post (topic, number, parent, path, author, speaks_for, language, source, html, created_at, version)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) RETURNING id";
const DONE: &str = "INSERT INTO form_key (author, digest, answer, at) VALUES ($1, $2, $3, $4)";
const RECORD: &str = "INSERT INTO journal (at, actor, kind, about, more) VALUES ($1, $2, $3, $4, $5) RETURNING id";
const ROOMS: &str = "INSERT INTO journal_room (room, id) VALUES ($2, $1), ($3, $1)";

/// What one Post needs.
#[derive(Clone, Debug)]
pub struct Write {
    pub topic: i64,
    /// The number of the Post it answers.
    pub parent: i64,
    pub by: i64,
    pub digest: String,
    pub source: String,
    pub html: String,
}

impl Write {
    fn more(&self, post: i64, space: i64) -> String {
        format!("{{\"parent\":{},\"post\":{post},\"space\":{space},\"topic\":{}}}", self.parent, self.topic)
    }
}

/// One connection as the writer's own is opened (`src/journal/database.rs`).
pub struct Bare(DatabaseConnection);

impl Bare {
    pub async fn open(path: &Path) -> Said<Self> {
        let mut options = ConnectOptions::new(format!("sqlite:{}?mode=rw", path.display()));
        options.sqlx_logging(false).test_before_acquire(false).record_stmt_in_spans(false).max_connections(1).min_connections(1);
        options.map_sqlx_sqlite_opts(|o| {
            o.busy_timeout(Duration::from_secs(10))
                .foreign_keys(true)
                .statement_cache_capacity(256)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .pragma("wal_autocheckpoint", "8000")
                .pragma("secure_delete", "on")
        });
        Ok(Self(sea_orm::Database::connect(options).await?))
    }

    /// Runs the writes in groups of these sizes, each one transaction; seconds.
    pub async fn run(&self, writes: &[Write], groups: &[usize]) -> Said<f64> {
        let began = Instant::now();
        let mut rest = writes.iter();
        for size in groups {
            let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
            let txn = self.0.begin_with_options(options).await?;
            let now = now();
            for write in rest.by_ref().take(*size) {
                reply(&txn, write, now).await?;
            }
            txn.commit().await?;
        }
        Ok(began.elapsed().as_secs_f64())
    }
}

fn now() -> i64 {
    plenary::clock::Clock::System.now().micros()
}

fn statement(sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}

async fn reply(txn: &DatabaseTransaction, write: &Write, now: i64) -> Said<()> {
    let target = txn.query_all_raw(statement(TARGET, vec![write.topic.into(), write.parent.into(), write.by.into()])).await?;
    let target = target.first().ok_or("no Topic")?;
    let (space, language, above): (i64, String, String) = (target.try_get_by_index(0)?, target.try_get_by_index(4)?, target.try_get_by_index(6)?);
    txn.query_all_raw(statement(ALREADY, vec![write.by.into(), write.digest.clone().into()])).await?;
    let counted = txn.query_all_raw(statement(COUNT, vec![write.topic.into(), now.into(), write.by.into()])).await?;
    let number: i64 = counted.first().ok_or("no number")?.try_get_by_index(0)?;
    let values = vec![
        write.topic.into(),
        number.into(),
        write.parent.into(),
        plenary::forum::path_of(&above, number).into(),
        write.by.into(),
        1i64.into(),
        language.into(),
        write.source.clone().into(),
        write.html.clone().into(),
        now.into(),
    ];
    let post: i64 = txn.query_one_raw(statement(INSERT, values)).await?.ok_or("no id")?.try_get_by_index(0)?;
    txn.execute_raw(statement(DONE, vec![write.by.into(), write.digest.clone().into(), post.into(), now.into()])).await?;
    let values = vec![now.into(), write.by.into(), "forum.post_added".into(), post.into(), write.more(post, space).into()];
    let entry: i64 = txn.query_one_raw(statement(RECORD, values)).await?.ok_or("no entry")?.try_get_by_index(0)?;
    let values = vec![entry.into(), format!("topic:{}", write.topic).into(), format!("space:{space}").into()];
    txn.execute_raw(statement(ROOMS, values)).await?;
    Ok(())
}

/// The same through rusqlite, which has no thread and no future between itself and SQLite.
pub struct Rusqlite {
    connection: rusqlite::Connection,
    /// SQLite numbers `$2` by where it comes first, sqlx by its digit; `?2` is the second to both.
    sql: [String; 7],
}

impl Rusqlite {
    pub fn open(path: &Path) -> Said<Self> {
        let connection = rusqlite::Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 8000; PRAGMA secure_delete = ON;",
        )?;
        let sql = [TARGET, ALREADY, COUNT, INSERT, DONE, RECORD, ROOMS].map(|sql| sql.replace('$', "?"));
        Ok(Self { connection, sql })
    }

    pub fn run(&mut self, writes: &[Write], groups: &[usize]) -> Said<f64> {
        let began = Instant::now();
        let mut rest = writes.iter();
        for size in groups {
            let txn = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let now = now();
            for write in rest.by_ref().take(*size) {
                reply_by_rusqlite(&txn, &self.sql, write, now)?;
            }
            txn.commit()?;
        }
        Ok(began.elapsed().as_secs_f64())
    }
}

fn reply_by_rusqlite(txn: &rusqlite::Transaction, sql: &[String; 7], write: &Write, now: i64) -> rusqlite::Result<()> {
    let [target, already, count, insert, done, record, rooms] = sql;
    let found = params![write.topic, write.parent, write.by];
    let (space, language, above): (i64, String, String) =
        txn.prepare_cached(target)?.query_row(found, |row| Ok((row.get(0)?, row.get(4)?, row.get(6)?)))?;
    txn.prepare_cached(already)?.query(params![write.by, write.digest])?.next()?;
    let number: i64 = txn.prepare_cached(count)?.query_row(params![write.topic, now, write.by], |row| row.get(0))?;
    let path = plenary::forum::path_of(&above, number);
    let values = params![write.topic, number, write.parent, path, write.by, 1, language, write.source, write.html, now];
    let post: i64 = txn.prepare_cached(insert)?.query_row(values, |row| row.get(0))?;
    txn.prepare_cached(done)?.execute(params![write.by, write.digest, post, now])?;
    let values = params![now, write.by, "forum.post_added", post, write.more(post, space)];
    let entry: i64 = txn.prepare_cached(record)?.query_row(values, |row| row.get(0))?;
    txn.prepare_cached(rooms)?.execute(params![entry, format!("topic:{}", write.topic), format!("space:{space}")])?;
    Ok(())
}

/// How many rows of each kind there are: Posts, form keys, entries of Posts, Rooms of those entries.
pub fn rows(path: &Path) -> Said<[i64; 4]> {
    let connection = rusqlite::Connection::open(path)?;
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    Ok([
        count("SELECT count(*) FROM post")?,
        count("SELECT count(*) FROM form_key")?,
        count("SELECT count(*) FROM journal WHERE kind = 'forum.post_added'")?,
        count("SELECT count(*) FROM journal_room r JOIN journal j ON j.id = r.id WHERE j.kind = 'forum.post_added'")?,
    ])
}
