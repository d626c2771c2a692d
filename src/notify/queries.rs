//! What waits for a Member: read from their notices, and from the domains what of it still does.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use sea_orm::FromQueryResult;

use super::{Described, Tells};
use crate::app::{Site, TELLERS};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Reads, Room};
use crate::limits::NOTICES;
use crate::people::{MemberId, Reader};
use crate::values;
use crate::web::{Remembered, Words};

/// A notice as it is kept.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Notice {
    pub id: i64,
    pub domain: String,
    pub reason: String,
    pub thing: String,
    pub at: Instant,
}

/// A notice and how it reads to its reader now.
#[derive(Clone, Debug)]
pub struct Shown {
    pub notice: Notice,
    pub described: Described,
}

const NOTICE: &str = "SELECT id, domain, reason, thing, at FROM notification";

/// The domain with this name.
pub fn teller(domain: &str) -> Option<&'static dyn Tells> {
    TELLERS.iter().copied().find(|teller| teller.domain() == domain)
}

/// Unread notices of each Member. Only their own Room moves them; what of them still waits is looked at each time.
static UNREAD: LazyLock<Remembered<MemberId, Arc<Vec<Notice>>>> =
    LazyLock::new(|| Remembered::new(100_000, |notices: &Arc<Vec<Notice>>| 1 + u32::try_from(notices.len()).unwrap_or(u32::MAX - 1)));

/// How many things wait for a Member: what they may see now and have not read, not what was once counted. No query where
/// nothing is unread, else one for each domain that has something; at most a hundred.
pub async fn waiting(site: &Site, reader: &Reader) -> Result<i64> {
    let Some(member) = reader.id() else { return Ok(0) };
    let look_up = async { Ok(Arc::new(unread(&site.db, member, Instant::from_micros(0)).await?)) };
    let notices = UNREAD.of(site, &[Room::Member(member.0)], member, look_up).await?;
    if notices.is_empty() {
        return Ok(0);
    }
    Ok(i64::try_from(still_waiting(site, reader, notices.to_vec()).await?.len()).unwrap_or(i64::MAX))
}

/// Unread notices since a moment, the newest first.
async fn unread(db: &impl Reads, member: MemberId, since: Instant) -> Result<Vec<Notice>> {
    let sql = format!("{NOTICE} WHERE member = $1 AND read_at IS NULL AND at > $2 ORDER BY id DESC LIMIT {NOTICES}");
    db.all(&sql, values![member, since]).await
}

/// Those that still wait, in their order.
async fn still_waiting(site: &Site, reader: &Reader, notices: Vec<Notice>) -> Result<Vec<Notice>> {
    let mut things: HashMap<&str, Vec<String>> = HashMap::new();
    for notice in &notices {
        things.entry(&notice.domain).or_default().push(notice.thing.clone());
    }
    let mut waiting: HashSet<(String, String)> = HashSet::new();
    for (domain, things) in things {
        let Some(teller) = teller(domain) else { continue };
        waiting.extend(teller.still_wait(site, reader, &things).await?.into_iter().map(|thing| (domain.to_owned(), thing)));
    }
    Ok(notices.into_iter().filter(|notice| waiting.contains(&(notice.domain.clone(), notice.thing.clone()))).collect())
}

/// What waits since a moment, with its words.
pub async fn shown(site: &Site, reader: &Reader, since: Instant) -> Result<Vec<Shown>> {
    shown_first(site, reader, since, NOTICES).await
}

/// The newest of what waits since a moment, at most so many.
pub async fn shown_first(site: &Site, reader: &Reader, since: Instant, most: usize) -> Result<Vec<Shown>> {
    let Some(member) = reader.id() else { return Ok(Vec::new()) };
    let notices = unread(&site.db, member, since).await?;
    let mut shown = Vec::new();
    for notice in still_waiting(site, reader, notices).await?.into_iter().take(most) {
        shown.extend(describe(site, reader, notice).await?);
    }
    Ok(shown)
}

/// A notice of this Member, waiting or not.
pub async fn owned(db: &impl Reads, member: MemberId, id: i64) -> Result<Notice> {
    db.one(&format!("{NOTICE} WHERE id = $1 AND member = $2"), values![id, member]).await?.ok_or(Error::NotFound)
}

/// One notice of this reader that still waits.
pub async fn one(site: &Site, reader: &Reader, id: i64) -> Result<Option<Shown>> {
    let sql = format!("{NOTICE} WHERE id = $1 AND member = $2 AND read_at IS NULL");
    waits(site, reader, site.db.one(&sql, values![id, reader.id().map_or(0, |id| id.0)]).await?).await
}

/// The notice of a thing, if it still waits.
pub async fn of_thing(site: &Site, reader: &Reader, domain: &str, thing: &str) -> Result<Option<Shown>> {
    let sql = format!("{NOTICE} WHERE member = $1 AND domain = $2 AND thing = $3 AND read_at IS NULL");
    waits(site, reader, site.db.one(&sql, values![reader.id().map_or(0, |id| id.0), domain, thing]).await?).await
}

async fn waits(site: &Site, reader: &Reader, notice: Option<Notice>) -> Result<Option<Shown>> {
    let Some(notice) = notice else { return Ok(None) };
    match still_waiting(site, reader, vec![notice]).await?.pop() {
        Some(notice) => describe(site, reader, notice).await,
        None => Ok(None),
    }
}

pub async fn describe(site: &Site, reader: &Reader, notice: Notice) -> Result<Option<Shown>> {
    let Some(teller) = teller(&notice.domain) else { return Ok(None) };
    Ok(teller.describe(site, reader, &notice.thing).await?.map(|described| Shown { notice, described }))
}

impl Shown {
    /// Why it waits, in words: "Joan Batlle answered you".
    pub fn why(&self, words: impl Borrow<Words>) -> String {
        let values = [("who", self.described.who.clone()), ("title", self.described.title.clone())];
        words.borrow().with(&format!("notice-{}", self.notice.reason), &values)
    }

    /// Sorts the newest first when sorted upwards.
    pub fn key(&self) -> String {
        format!("{:016x}", i64::MAX - self.notice.id)
    }
}
