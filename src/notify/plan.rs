//! The plan of digests: when a stored moment has come, the row of that local date, the outbox row and the next moment are
//! written in one transaction. Whoever comes second, on this node or another, finds the moment moved.

use std::time::Duration;

use chrono::NaiveDate;
use sea_orm::FromQueryResult;

use super::choice::choice_of;
use super::digest::{KIND, make};
use super::schedule::{Due, Moment, TOO_FAR};
use crate::app::Site;
use crate::clock::{Instant, maybe};
use crate::error::Result;
use crate::journal::{Act, Reads, Tx};
use crate::mail::{self, Outgoing};
use crate::people::MemberId;
use crate::values;

/// How often it is looked whether a moment has come.
const LOOK: Duration = Duration::from_secs(1);
/// Members planned for at once.
const BATCH: u64 = 100;
/// How long one whose digest could not be made waits for the next attempt.
const AGAIN: chrono::Duration = chrono::Duration::minutes(10);

#[derive(FromQueryResult)]
struct Planned {
    member: MemberId,
    next_at: Instant,
    next_date: String,
    zone: String,
    last_date: Option<String>,
    since: Instant,
}

/// Runs until the program stops.
pub async fn run(site: Site) {
    loop {
        if let Err(error) = plan_due(&site).await {
            tracing::warn!("digests: {error}");
        }
        tokio::select! {
            () = site.stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Plans every digest whose moment has come.
pub async fn plan_due(site: &Site) -> Result<()> {
    // Left behind by a clock that ran ahead and was set back.
    let far = "SELECT member FROM digest_plan WHERE next_at > $1 ORDER BY next_at DESC LIMIT 1000";
    for member in site.db.column::<MemberId>(far, values![site.now().plus(TOO_FAR)]).await? {
        site.note(Replan(member)).await?;
    }
    loop {
        let sql = format!("SELECT member, next_at, next_date, zone, last_date, since FROM digest_plan WHERE next_at <= $1 ORDER BY next_at, member LIMIT {BATCH}");
        let due: Vec<Planned> = site.db.all(&sql, values![site.now()]).await?;
        if due.is_empty() || site.stop.is_cancelled() {
            return Ok(());
        }
        for planned in due {
            let made = match prepare(site, &planned).await {
                Ok(made) => made,
                // One whose digest cannot be made must not hold up all others.
                Err(error) => {
                    tracing::error!("the digest of member {}: {error}", planned.member);
                    let date = planned.next_date.parse().unwrap_or_default();
                    Plan::moved(&planned, Some(Moment { at: site.now().plus(AGAIN), date }))
                }
            };
            site.note(made).await?;
        }
    }
}

struct Replan(MemberId);

impl Act for Replan {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        super::acts::replan(tx, self.0, false).await
    }
}

/// What happens to one Member's plan.
struct Plan {
    member: MemberId,
    /// The moment this was prepared for: if it moved meanwhile, somebody else was first.
    expected: Instant,
    next: Option<Moment>,
    /// The local date that this digest is for, since when it tells, and its mail if there is anything to tell.
    made: Option<(NaiveDate, Instant, Option<Box<Outgoing>>)>,
}

impl Plan {
    fn moved(planned: &Planned, next: Option<Moment>) -> Self {
        Self { member: planned.member, expected: planned.next_at, next, made: None }
    }
}

async fn prepare(site: &Site, planned: &Planned) -> Result<Plan> {
    let now = site.now();
    let Some(rule) = choice_of(&site.db, planned.member).await?.rule() else { return Ok(Plan::moved(planned, None)) };
    let zone: chrono_tz::Tz = planned.zone.parse().unwrap_or(chrono_tz::UTC);
    let last = super::acts::date(planned.last_date.as_deref());
    let date = planned.next_date.parse().unwrap_or_else(|_| now.date_in(zone));
    let date = match rule.due(zone, now, date, last) {
        Due::Wait(moment) => return Ok(Plan::moved(planned, Some(moment))),
        Due::Now(date) => date,
    };
    // A moment of tomorrow must not be due today by a clock that jumped back: since never lies ahead.
    let since = planned.since.min(now);
    let dedupe = format!("{KIND}:{}:{date}", planned.member);
    let message = make(site, planned.member, since, &date.to_string()).await?;
    let mail = message.map(|message| Box::new(Outgoing { dedupe, member: Some(planned.member), kind: KIND, message, is_secret: false, send_at: None }));
    Ok(Plan { member: planned.member, expected: planned.next_at, next: rule.next(zone, now, Some(date)), made: Some((date, since, mail)) })
}

impl Act for Plan {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (next_at, next_date) = (maybe(self.next.map(|next| next.at)), self.next.map(|next| next.date.to_string()));
        let moved = tx
            .write(
                "UPDATE digest_plan SET next_at = $3, next_date = $4 WHERE member = $1 AND next_at = $2",
                values![self.member, self.expected, next_at, next_date],
            )
            .await?;
        let Some((date, since, mail)) = self.made.as_ref().filter(|_| moved == 1) else { return Ok(()) };
        tx.write("UPDATE digest_plan SET last_date = $2 WHERE member = $1", values![self.member, date.to_string()]).await?;
        let Some(mail) = mail else { return Ok(()) };
        let row = "INSERT INTO digest (member, local_date, planned_at, since) VALUES ($1, $2, $3, $4) ON CONFLICT (member, local_date) DO NOTHING";
        if tx.write(row, values![self.member, date.to_string(), tx.now(), *since]).await? == 1 {
            tx.write("UPDATE digest_plan SET since = $2 WHERE member = $1", values![self.member, tx.now()]).await?;
            mail::queue(tx, mail).await?;
        }
        Ok(())
    }
}
