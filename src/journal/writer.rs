//! The writer: one task that owns the only writing connection and commits waiting acts in groups.
//!
//! An fsync costs up to milliseconds, so acts that wait share one transaction. An act that fails before it wrote
//! gets its error; one that fails after writing rolls the group back, the others run again as one group, and it
//! last, alone (a SAVEPOINT around each would cost half the speed).

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionOptions, TransactionTrait};
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::TaskTracker;

use super::act::AnyAnswer;
use super::database::{open_writer, was_lost};
use super::tables::Table;
use super::{Act, Boxed, Bus, Pulse, Tx, crash_at};
use crate::clock::Clock;
use crate::error::{Error, Result};

/// Acts that share one transaction at most.
const GROUP: usize = 64;
/// Acts that may wait before a sender waits too.
const QUEUE: usize = 1024;
/// The advisory lock that makes one writer of the whole cluster work at a time (PostgreSQL).
pub const CLUSTER_LOCK: i64 = 0x0050_4c45_4e41_5259; // "PLENARY"
/// Quiet after which the write-ahead log is folded back into the file (SQLite).
const IDLE: Duration = Duration::from_secs(2);

/// How long a connection that is given up may take to end.
const CLOSING: Duration = Duration::from_secs(5);

tokio::task_local! {
    static WRITING: ();
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// A change others could see: needs an entry.
    Write,
    /// The machine's own books: may not touch journaled tables.
    Note,
}

struct Waiting {
    act: Arc<dyn Boxed>,
    mode: Mode,
    answer: oneshot::Sender<Result<AnyAnswer>>,
}

/// A handle on the writer task.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
    pulse: Arc<Pulse>,
}

struct Task {
    connection: DatabaseConnection,
    /// Where another connection is to be had.
    url: String,
    /// Whether a transaction did not end as it was told to: what the connection is in the middle of is then unknown.
    is_broken: bool,
    clock: Clock,
    bus: Bus,
    tables: &'static [&'static [Table]],
    pulse: Arc<Pulse>,
    /// Set after a failed commit whose outcome nobody can know (fsync): no further write until a restart.
    poisoned: AtomicBool,
}

impl Writer {
    pub(super) fn start(
        connection: DatabaseConnection,
        url: String,
        clock: Clock,
        bus: Bus,
        tables: &'static [&'static [Table]],
        tasks: &TaskTracker,
    ) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let pulse = Arc::new(Pulse::default());
        let task = Task { connection, url, is_broken: false, clock, bus, tables, pulse: pulse.clone(), poisoned: AtomicBool::new(false) };
        tasks.spawn(task.serve(waiting));
        Self { queue, pulse }
    }

    /// How it is doing.
    pub fn pulse(&self) -> &Pulse {
        &self.pulse
    }

    /// How many acts wait to be taken up.
    pub fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// Runs an act that changes what others could see. Dropping the future does not stop it.
    pub async fn write<A: Act>(&self, act: A) -> Result<A::Answer> {
        self.send(act, Mode::Write).await
    }

    /// Runs an act that keeps the machine's own books.
    pub async fn note<A: Act>(&self, act: A) -> Result<A::Answer> {
        self.send(act, Mode::Note).await
    }

    async fn send<A: Act>(&self, act: A, mode: Mode) -> Result<A::Answer> {
        if WRITING.try_with(|()| ()).is_ok() {
            return Err(Error::bug("a write inside a write"));
        }
        let (answer, answered) = oneshot::channel();
        let gone = || Error::Unavailable("the writer has stopped".into());
        self.queue.send(Waiting { act: Arc::new(act), mode, answer }).await.map_err(|_| gone())?;
        let answer = answered.await.map_err(|_| gone())??;
        let answer: Box<dyn Any> = answer;
        answer.downcast::<A::Answer>().map(|answer| *answer).map_err(|_| Error::bug("an answer of another type"))
    }
}

impl Task {
    async fn serve(mut self, mut waiting: mpsc::Receiver<Waiting>) {
        let mut idle = false;
        loop {
            let mut group = Vec::with_capacity(GROUP);
            match tokio::time::timeout(IDLE, waiting.recv_many(&mut group, GROUP)).await {
                Ok(0) => break,
                Ok(_) => {
                    idle = false;
                    WRITING.scope((), self.run(group)).await;
                }
                Err(_) if !idle => {
                    idle = true;
                    self.checkpoint("PASSIVE").await;
                }
                Err(_) => {}
            }
        }
        self.checkpoint("TRUNCATE").await;
    }

    /// Runs a group to its end: every act in it is answered.
    async fn run(&mut self, group: Vec<Waiting>) {
        let mut todo = vec![group];
        while let Some(group) = todo.pop() {
            if let Some((others, culprit)) = self.attempt(group).await {
                // Popped from the end: the others first, as one group in their order; the culprit last, alone.
                todo.insert(0, vec![culprit]);
                if !others.is_empty() {
                    todo.push(others);
                }
            }
        }
    }

    /// One transaction. Gives the group back, without the act that spoilt it, when it had to be rolled back.
    async fn attempt(&mut self, group: Vec<Waiting>) -> Option<(Vec<Waiting>, Waiting)> {
        if self.poisoned.load(Ordering::Relaxed) {
            answer_all(group, || Error::Unavailable("a write to disk failed; restart the program".into()));
            return None;
        }
        let tx = match self.begin().await {
            Ok(tx) => tx,
            Err(error) => {
                let text = error.to_string();
                self.pulse.refused(&text);
                answer_all(group, || Error::Unavailable(text.clone()));
                return None;
            }
        };
        let mut wrote = false;
        let alone = group.len() == 1;
        let mut answers: Vec<Result<AnyAnswer>> = Vec::with_capacity(group.len());
        for (at, waiting) in group.iter().enumerate() {
            tx.begin_act();
            let ran = AssertUnwindSafe(waiting.act.run_boxed(&tx)).catch_unwind().await;
            let ran = ran.unwrap_or_else(|_| Err(Error::bug("an act panicked")));
            let ran = ran.and_then(|answer| checked(&tx, waiting.mode).map(|()| answer));
            if let Err(Error::Unavailable(why)) = &ran {
                self.pulse.refused(why);
            }
            wrote |= tx.wrote();
            // A disk that fails may have ended the transaction (SQLite does): nothing more may run in it.
            let spoilt = ran.is_err() && (tx.wrote() || matches!(ran, Err(Error::Unavailable(_))));
            answers.push(ran);
            if !spoilt {
                continue;
            }
            self.is_broken |= !rolled_back(tx).await;
            if alone {
                deliver(group, answers);
                return None;
            }
            let mut others = group;
            let culprit = others.remove(at);
            return Some((others, culprit));
        }
        crash_at("before_commit");
        let last = tx.last_entry();
        let committed = match tx.into_inner() {
            Ok(txn) => txn.commit().await.map_err(Error::from),
            Err(error) => Err(error),
        };
        if let Err(error) = committed {
            let text = error.to_string();
            self.is_broken = true;
            self.pulse.refused(&text);
            if is_in_doubt(&text) {
                tracing::error!("a commit failed: {text}; no further write is taken");
                self.poisoned.store(true, Ordering::Relaxed);
            }
            answer_all(group, || Error::Unavailable(text.clone()));
            return None;
        }
        if wrote {
            self.pulse.committed(answers.iter().filter(|answer| answer.is_ok()).count());
        }
        crash_at("before_bus");
        if last > 0 {
            self.bus.ring(last);
        }
        crash_at("before_answer");
        deliver(group, answers);
        None
    }

    async fn begin(&mut self) -> Result<Tx> {
        if self.is_broken {
            // A transaction begun on it could lie within one that never ends: it would answer, and keep nothing.
            let _ = tokio::time::timeout(CLOSING, self.connection.close_by_ref()).await;
            self.connection = open_writer(&self.url).await?;
            self.is_broken = false;
        }
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(sea_orm::SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let txn = match self.connection.begin_with_options(options).await {
            // Nothing has been done yet: a new connection begins as well.
            Err(error) if was_lost(&error) => self.connection.begin_with_options(options).await?,
            begun => begun?,
        };
        if self.connection.get_database_backend() == DbBackend::Postgres {
            let lock = format!("SELECT pg_advisory_xact_lock({CLUSTER_LOCK})");
            txn.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
        }
        Ok(Tx::new(txn, self.tables, self.clock.now()))
    }

    async fn checkpoint(&self, how: &str) {
        if self.connection.get_database_backend() == DbBackend::Sqlite {
            let sql = format!("PRAGMA wal_checkpoint({how})");
            if let Err(error) = self.connection.execute_unprepared(&sql).await {
                tracing::warn!("checkpoint: {error}");
            }
        }
    }
}

/// Whether nobody can know what of the last commits is on disk: an fsync failed (SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC),
/// or SQLite names no closer reason. A write that failed for want of room was not committed, and that is certain.
fn is_in_doubt(text: &str) -> bool {
    text.contains("disk I/O error") && ["(code: 10)", "(code: 1034)", "(code: 1290)"].iter().any(|code| text.contains(code))
}

/// No journaled change without its entry, and no journaled change in the books.
fn checked(tx: &Tx, mode: Mode) -> Result<()> {
    match mode {
        Mode::Write if tx.wrote_journaled() && !tx.recorded() => Err(Error::bug("a journaled change without its entry")),
        Mode::Note if tx.wrote_journaled() => Err(Error::bug("a journaled change in the books")),
        _ => Ok(()),
    }
}

/// Rolls back; whether that went well.
async fn rolled_back(tx: Tx) -> bool {
    let done = match tx.into_inner() {
        Ok(txn) => txn.rollback().await.map_err(Error::from),
        Err(error) => Err(error),
    };
    if let Err(error) = &done {
        tracing::error!("rollback: {error}");
    }
    done.is_ok()
}

fn deliver(group: Vec<Waiting>, answers: Vec<Result<AnyAnswer>>) {
    for (waiting, answer) in group.into_iter().zip(answers) {
        // Whoever asked may be gone (a closed tab); what was done is done.
        let _ = waiting.answer.send(answer);
    }
}

fn answer_all(group: Vec<Waiting>, error: impl Fn() -> Error) {
    for waiting in group {
        let _ = waiting.answer.send(Err(error()));
    }
}
