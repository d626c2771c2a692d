//! Choosing what to be mailed, and what that means for the next digest.

use chrono::NaiveDate;
use sea_orm::FromQueryResult;

use crate::clock::{Instant, maybe};
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::limits;
use crate::notify::choice::{Choice, choice_of};
use crate::notify::kinds::Notify;
use crate::people::MemberId;
use crate::values;

/// Saves what a Member wants to be mailed. By their own settings, or by whoever holds a link of one of their mails.
pub struct SetMailChoice {
    pub member: MemberId,
    pub choice: Choice,
}

impl Act for SetMailChoice {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let known = "SELECT id FROM member WHERE id = $1 AND erased_at IS NULL";
        if tx.value::<i64>(known, values![self.member]).await?.is_none() {
            return Err(Error::NotFound);
        }
        if choice_of(tx, self.member).await? == self.choice {
            return Ok(());
        }
        let Choice { kind, weekday, hour, immediate } = self.choice;
        tx.write(
            "INSERT INTO digest_setting (member, kind, weekday, hour, immediate) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (member) DO UPDATE SET kind = excluded.kind, weekday = excluded.weekday, hour = excluded.hour, immediate = excluded.immediate",
            values![self.member, kind, weekday, hour, immediate],
        )
        .await?;
        tx.record(Some(self.member.0), &Notify::MailChosen { member: self.member.0 }).await?;
        // At once, so that the page one is sent to names the right day; the reader would do the same.
        replan(tx, self.member, true).await
    }
}

#[derive(FromQueryResult)]
struct Planned {
    next_at: Option<Instant>,
    next_date: Option<String>,
    zone: String,
    last_date: Option<String>,
}

/// Brings a Member's next digest in line with their choice and zone. Repeatable: what is in line stays as it is.
/// `is_chosen`: they chose another day or hour, so what is due by the old one does not come now.
pub async fn replan(tx: &Tx, member: MemberId, is_chosen: bool) -> Result<()> {
    let standing = "SELECT zone FROM member WHERE id = $1 AND confirmed_at IS NOT NULL AND erased_at IS NULL";
    let Some(zone_name) = tx.value::<String>(standing, values![member]).await? else { return Ok(()) };
    let zone: chrono_tz::Tz = zone_name.parse().unwrap_or(chrono_tz::UTC);
    let rule = choice_of(tx, member).await?.rule();
    let planned: Option<Planned> = tx.one("SELECT next_at, next_date, zone, last_date FROM digest_plan WHERE member = $1", values![member]).await?;
    let now = tx.now();
    let last = planned.as_ref().and_then(|planned| date(planned.last_date.as_deref()));
    let next = match (&planned, rule) {
        (_, None) => None,
        (Some(planned), Some(rule)) if !is_chosen => match (planned.next_at, date(planned.next_date.as_deref())) {
            (Some(at), Some(_)) if planned.zone == zone_name && at.since(now) <= crate::notify::schedule::TOO_FAR => return Ok(()),
            (Some(at), Some(date)) if planned.zone != zone_name && at.since(now) <= crate::notify::schedule::TOO_FAR => rule.moved(date, zone, now, last),
            _ => rule.next(zone, now, last),
        },
        (_, Some(rule)) => rule.next(zone, now, last),
    };
    tx.write(
        "INSERT INTO digest_plan (member, next_at, next_date, zone, since) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (member) DO UPDATE SET next_at = excluded.next_at, next_date = excluded.next_date, zone = excluded.zone",
        values![member, maybe(next.map(|next| next.at)), next.map(|next| next.date.to_string()), zone_name, now.minus(limits::DIGEST_FIRST)],
    )
    .await
    .map(|_| ())
}

/// A stored local date.
pub fn date(text: Option<&str>) -> Option<NaiveDate> {
    text?.parse().ok()
}
