//! The seed as a list of steps in the order of time, run some hundred to a write, with its progress kept beside them:
//! one that was interrupted goes on where it stopped, with the same dates.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::live::BoxFuture;
use crate::people::{MemberId, Reader, load_member};
use crate::values;

/// Rows that one write of the seed touches at most, about.
const ROWS: usize = 900;

/// One thing that somebody did, by the act that the site itself uses.
pub trait Step: Send + Sync {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>>;

    /// Rows it touches, about.
    fn rows(&self) -> usize {
        6
    }
}

/// A step and when it happened.
pub struct Timed {
    pub at: Instant,
    pub step: Box<dyn Step>,
}

impl Timed {
    pub fn new(at: Instant, step: impl Step + 'static) -> Self {
        Self { at, step: Box::new(step) }
    }
}

/// What the steps before have made: ids by a name of the seed's own, as `member:anna-moser`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Known {
    ids: BTreeMap<String, i64>,
    #[serde(skip)]
    readers: HashMap<String, Reader>,
}

impl Known {
    pub fn is(&mut self, kind: &str, key: &str, id: i64) {
        self.ids.insert(format!("{kind}:{key}"), id);
    }

    pub fn id(&self, kind: &str, key: &str) -> Result<i64> {
        let name = format!("{kind}:{key}");
        self.ids.get(&name).copied().ok_or_else(|| Error::bug(format!("the demo's texts name {name}, which is not there (yet)")))
    }

    /// A person as the site sees them, with their rights.
    pub async fn reader(&mut self, tx: &Tx, handle: &str) -> Result<Reader> {
        if let Some(reader) = self.readers.get(handle) {
            return Ok(reader.clone());
        }
        let id = MemberId(self.id("member", handle)?);
        let member = load_member(tx, id, tx.now()).await?.ok_or_else(|| Error::bug(format!("{handle} is no Member")))?;
        let reader = Reader::of(Arc::new(member), None);
        self.readers.insert(handle.to_owned(), reader.clone());
        Ok(reader)
    }
}

/// How far the seed has come; kept as the setting `demo_seeded`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Progress {
    /// The now that all dates are relative to.
    pub began: Instant,
    pub done: usize,
    pub steps: usize,
    known: Known,
}

impl Progress {
    pub fn new(began: Instant, steps: usize) -> Self {
        Self { began, done: 0, steps, known: Known::default() }
    }

    pub fn is_whole(&self) -> bool {
        self.done == self.steps
    }

    /// What an earlier start kept.
    pub async fn kept(db: &impl Reads) -> Result<Option<Self>> {
        let text: Option<String> = db.value("SELECT value FROM setting WHERE name = 'demo_seeded'", vec![]).await?;
        text.map(|text| serde_json::from_str(&text).map_err(Error::bug)).transpose()
    }
}

/// The next steps, and how far they bring the seed: one transaction.
pub struct NextSteps {
    pub steps: Arc<Vec<Timed>>,
    pub from: Progress,
}

impl Act for NextSteps {
    type Answer = Progress;

    async fn run(&self, tx: &Tx) -> Result<Progress> {
        let mut progress = self.from.clone();
        let mut rows = 0;
        for timed in self.steps.iter().skip(progress.done) {
            if rows > 0 && rows + timed.step.rows() > ROWS {
                break;
            }
            rows += timed.step.rows();
            timed.step.run(&tx.at(timed.at), &mut progress.known).await?;
            progress.done += 1;
        }
        let sql = "INSERT INTO setting (name, value) VALUES ('demo_seeded', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        tx.write(sql, values![serde_json::to_string(&progress).map_err(Error::bug)?]).await?;
        Ok(progress)
    }
}
