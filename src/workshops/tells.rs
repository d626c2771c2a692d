//! What people are told of Workshops: a place from the waiting list, a cancellation, the minutes; and what lies ahead.

use super::kinds::Workshops;
use super::when::span;
use super::{Standing, Which, WorkshopId, WorkshopRow, members_standing, workshop, workshops, workshops_of};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Entry, Kind};
use crate::live::BoxFuture;
use crate::notify::{Described, DigestItem, Line, Telling};
use crate::people::{MemberId, Reader};
use crate::web::Words;

/// People told of one thing at most.
const MOST: u64 = 5_000;
/// How far ahead a digest looks.
const AHEAD: chrono::Duration = chrono::Duration::days(8);
/// Lines of a digest from here.
const LINES: u64 = 6;

/// The Workshops' part in what people are told.
pub struct Tells;

impl crate::notify::Tells for Tells {
    fn domain(&self) -> &'static str {
        Workshops::DOMAIN
    }

    fn told<'a>(&'a self, site: &'a Site, entry: &'a Entry) -> BoxFuture<'a, Result<Vec<Telling>>> {
        Box::pin(async move {
            let (reason, workshop, members) = match Workshops::of(entry) {
                Some(Workshops::Promoted { workshop, member, .. }) => ("workshop-promoted", workshop, vec![MemberId(member)]),
                Some(Workshops::Cancelled { workshop, .. }) => ("workshop-cancelled", workshop, people(site, workshop, true).await?),
                Some(Workshops::MinutesPublished { workshop, .. }) => ("workshop-minutes", workshop, people(site, workshop, false).await?),
                _ => return Ok(Vec::new()),
            };
            let thing = format!("{}:{workshop}", reason.trim_start_matches("workshop-"));
            let others = members.into_iter().filter(|member| Some(member.0) != entry.actor);
            Ok(others.map(|member| Telling { member, reason, thing: thing.clone() }).collect())
        })
    }

    fn has_mailed(&self, reason: &str) -> bool {
        reason != "workshop-minutes"
    }

    fn describe<'a>(&'a self, site: &'a Site, reader: &'a Reader, thing: &'a str) -> BoxFuture<'a, Result<Option<Described>>> {
        Box::pin(async move {
            let Some((kind, id)) = thing.split_once(':') else { return Ok(None) };
            let workshop = match workshop(&site.db, reader, WorkshopId(id.parse().unwrap_or_default())).await {
                Ok(workshop) => workshop,
                Err(Error::NotFound) => return Ok(None),
                Err(error) => return Err(error),
            };
            let href = workshop.topic_href().filter(|_| kind == "minutes").unwrap_or_else(|| workshop.href());
            let line = Line::Fact(span(Words(reader.language), workshop.starts_at, workshop.ends_at, reader.zone));
            Ok(Some(Described { href, who: String::new(), title: workshop.title, line }))
        })
    }

    fn digest<'a>(&'a self, site: &'a Site, reader: &'a Reader, since: Instant) -> BoxFuture<'a, Result<Vec<DigestItem>>> {
        Box::pin(async move {
            let Some(member) = reader.id() else { return Ok(Vec::new()) };
            let now = site.now();
            let near = |row: &WorkshopRow| row.starts_at <= now.plus(AHEAD) && row.starts_at >= now;
            let own = workshops_of(&site.db, reader, member, now, LINES).await?;
            let mut items: Vec<DigestItem> = own.iter().filter(|row| near(row)).map(|row| item(reader, row, "workshop-registered", 60.0)).collect();
            let open = workshops(&site.db, reader, Which::Ahead, None, now, None, LINES * 4).await?;
            let open = open.iter().filter(|row| near(row) && row.standing.is_none() && row.cancelled_at.is_none() && !row.is_full());
            // What was told in an earlier digest is not told again: it is as new as its scheduling.
            for row in open.take(LINES as usize) {
                if scheduled_at(site, row.id).await?.is_some_and(|at| at >= since) {
                    items.push(item(reader, row, "workshop-ahead", 15.0));
                }
            }
            Ok(items)
        })
    }
}

async fn scheduled_at(site: &Site, id: WorkshopId) -> Result<Option<Instant>> {
    use crate::journal::Reads;
    site.db.value("SELECT created_at FROM workshop WHERE id = $1", crate::values![id]).await
}

fn item(reader: &Reader, row: &WorkshopRow, reason: &'static str, weight: f64) -> DigestItem {
    let line = Line::Fact(span(Words(reader.language), row.starts_at, row.ends_at, reader.zone));
    let described = Described { href: row.href(), who: String::new(), title: row.title.clone(), line };
    DigestItem { reason, described, thing: format!("workshop:{}", row.id), at: row.starts_at, weight, note: row.space_title.clone() }
}

/// Those registered, and with `is_waiting_too` those who wait.
async fn people(site: &Site, workshop: i64, is_waiting_too: bool) -> Result<Vec<MemberId>> {
    let mut people = members_standing(&site.db, WorkshopId(workshop), Standing::Registered, MOST).await?;
    if is_waiting_too {
        people.extend(members_standing(&site.db, WorkshopId(workshop), Standing::Waiting, MOST).await?);
    }
    Ok(people)
}
