//! The planner: reminders a day and an hour ahead, and whatever one act could not tell everybody at once.

use std::time::Duration;

use super::mails::{Letter, Letterhead, REMINDER, send, tell_changed};
use super::{Ahead, MAILS_AT_ONCE, Standing, WorkshopId};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Act, Reads, Tx};
use crate::live::BoxFuture;
use crate::mail::{Fresh, Message, Planned};
use crate::people::MemberId;
use crate::values;

/// How often the plan is looked at.
const LOOK: Duration = Duration::from_secs(20);
/// Who registered so shortly before a reminder has just had a mail.
const FRESH: chrono::Duration = chrono::Duration::minutes(30);
/// Workshops planned in one look.
const AT_ONCE: u64 = 50;

/// Runs until the program stops.
pub async fn run(site: Site) {
    let mut tick = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            () = site.stop.cancelled() => return,
            _ = tick.tick() => {}
        }
        if let Err(error) = plan(&site).await {
            tracing::warn!("workshops: {error}");
        }
    }
}

/// Plans what is due now. Two nodes, or two looks, plan it once.
pub async fn plan(site: &Site) -> Result<()> {
    let (now, head) = (site.now(), Letterhead::of(site).await?);
    for ahead in Ahead::ALL.iter().copied() {
        for (workshop, starts_at) in due(site, ahead, now).await? {
            site.note(Remind { workshop, ahead, starts_at, head: head.clone() }).await?;
        }
    }
    for workshop in behind(site, now).await? {
        site.note(TellBehind { workshop, head: head.clone() }).await?;
    }
    Ok(())
}

/// Workshops whose reminder is due. One whose hour has passed while nobody looked is told as long as it makes sense: a
/// day's until two hours before, an hour's until the start.
async fn due(site: &Site, ahead: Ahead, now: Instant) -> Result<Vec<(WorkshopId, Instant)>> {
    let least = match ahead {
        Ahead::Day => now.plus(chrono::Duration::hours(2)),
        Ahead::Hour => now,
    };
    let most = now.plus(ahead.span());
    let sql = format!(
        "SELECT w.id, w.starts_at FROM workshop w
         WHERE w.starts_at > $1 AND w.starts_at <= $2 AND w.cancelled_at IS NULL AND NOT EXISTS
               (SELECT 1 FROM workshop_reminder d WHERE d.workshop = w.id AND d.ahead = $3 AND d.starts_at = w.starts_at AND d.is_done = TRUE)
         ORDER BY w.starts_at, w.id LIMIT {AT_ONCE}"
    );
    let rows = site.db.rows(&sql, values![least, most, ahead]).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// Workshops with somebody whose calendar has not heard of the last change.
async fn behind(site: &Site, now: Instant) -> Result<Vec<WorkshopId>> {
    let sql = format!(
        "SELECT w.id FROM workshop w WHERE w.ends_at >= $1 AND EXISTS
               (SELECT 1 FROM invitation i WHERE i.workshop = w.id AND i.method = 'REQUEST' AND i.sequence < w.told_sequence)
         ORDER BY w.ends_at, w.id LIMIT {AT_ONCE}"
    );
    site.db.column(&sql, values![now]).await
}

/// Reminds everybody registered of one Workshop.
struct Remind {
    workshop: WorkshopId,
    ahead: Ahead,
    starts_at: Instant,
    head: Letterhead,
}

impl Act for Remind {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let still = "SELECT id FROM workshop WHERE id = $1 AND starts_at = $2 AND cancelled_at IS NULL";
        if tx.value::<i64>(still, values![self.workshop, self.starts_at]).await?.is_none() {
            return Ok(());
        }
        let book = "SELECT told FROM workshop_reminder WHERE workshop = $1 AND ahead = $2 AND starts_at = $3";
        let told: i64 = tx.value(book, values![self.workshop, self.ahead, self.starts_at]).await?.unwrap_or(0);
        let fresh = self.starts_at.minus(self.ahead.span()).minus(FRESH);
        let sql = format!(
            "SELECT id, member FROM registration WHERE workshop = $1 AND standing = $2 AND joined_at < $3 AND id > $4 ORDER BY id LIMIT {}",
            MAILS_AT_ONCE + 1
        );
        let rows = tx.rows(&sql, values![self.workshop, Standing::Registered, fresh, told]).await?;
        let mut last = told;
        for row in rows.iter().take(MAILS_AT_ONCE) {
            last = row.try_get_by_index(0)?;
            let member: MemberId = row.try_get_by_index(1)?;
            send(tx, &self.head, self.workshop, member, Letter::Reminder(self.ahead)).await?;
        }
        let is_done = rows.len() <= MAILS_AT_ONCE;
        tx.write(
            "INSERT INTO workshop_reminder (workshop, ahead, starts_at, told, is_done) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (workshop, ahead, starts_at) DO UPDATE SET told = excluded.told, is_done = excluded.is_done",
            values![self.workshop, self.ahead, self.starts_at, last, is_done],
        )
        .await
        .map(|_| ())
    }
}

/// Tells some more of those who have not heard of the last change.
struct TellBehind {
    workshop: WorkshopId,
    head: Letterhead,
}

impl Act for TellBehind {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let rows = tx.rows("SELECT told_sequence, cancelled_at FROM workshop WHERE id = $1", values![self.workshop]).await?;
        let Some(row) = rows.first() else { return Ok(()) };
        let is_cancelled = row.try_get_by_index::<Option<i64>>(1)?.is_some();
        let letter = if is_cancelled { Letter::Cancelled } else { Letter::Moved };
        tell_changed(tx, &self.head, self.workshop, row.try_get_by_index(0)?, letter, MAILS_AT_ONCE).await.map(|_| ())
    }
}

/// Reminders are looked at again when they are sent: whoever left meanwhile, or whose Workshop was moved, gets none.
pub struct Mails;

impl Fresh for Mails {
    fn kinds(&self) -> &'static [&'static str] {
        &[REMINDER]
    }

    fn again<'a>(&'a self, site: &'a Site, planned: &'a Planned) -> BoxFuture<'a, Result<Option<Message>>> {
        Box::pin(async move {
            // workshop:7:day:5:0:1795597200000000 (see mails::send): the Workshop first, the start it is for last.
            let mut parts = planned.dedupe.split(':').filter_map(|part| part.parse::<i64>().ok());
            let (Some(workshop), Some(starts_at), Some(member)) = (parts.next(), parts.next_back(), planned.member) else { return Ok(None) };
            let sql = "SELECT w.id FROM workshop w JOIN registration r ON r.workshop = w.id AND r.member = $2 AND r.standing = 'registered'
                       WHERE w.id = $1 AND w.starts_at = $3 AND w.starts_at > $4 AND w.cancelled_at IS NULL";
            let still = site.db.value::<i64>(sql, values![workshop, member, starts_at, site.now()]).await?;
            Ok(still.map(|_| planned.message.clone()))
        })
    }
}
