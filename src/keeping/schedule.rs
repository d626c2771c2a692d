//! Backups by the clock: one a day at the host's hour, the last few kept, and every success and failure remembered, so
//! that whoever asks whether all is well is told.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{NaiveTime, TimeZone};
use chrono_tz::Tz;
use sea_orm::FromQueryResult;

use super::kinds::Keeping;
use super::{Fault, Made, back_up};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Act, MaybeId, ReadDb, Reads, Tx};
use crate::people::MemberId;
use crate::values;

/// How often it is looked whether the hour has come.
const LOOK: Duration = Duration::from_secs(30);
/// How long after a failure it is tried again.
const AGAIN: chrono::Duration = chrono::Duration::hours(1);
/// After how long one that never ended is held for dead.
const DEAD: chrono::Duration = chrono::Duration::hours(6);
/// How long it is remembered which backups were made.
const REMEMBERED: chrono::Duration = chrono::Duration::days(400);

/// When, where to and how many: the settings' words.
#[derive(Clone)]
pub struct Schedule {
    /// The folder of the backups.
    pub folder: PathBuf,
    /// The hour, on the wall of the site's zone.
    pub at: NaiveTime,
    /// How many are kept.
    pub keep: usize,
}

/// A backup that was made by the clock, or was not.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Run {
    pub due_at: Instant,
    pub began_at: Instant,
    pub ended_at: Option<Instant>,
    pub file: Option<String>,
    pub bytes: Option<i64>,
    pub error: Option<String>,
}

impl Run {
    /// Whether a file came of it that opened.
    pub fn is_made(&self) -> bool {
        self.ended_at.is_some() && self.error.is_none()
    }
}

/// The last backups by the clock, the latest first.
pub async fn last_runs(db: &impl Reads, amount: u64) -> Result<Vec<Run>> {
    let sql = format!("SELECT due_at, began_at, ended_at, file, bytes, error FROM backup ORDER BY due_at DESC LIMIT {amount}");
    db.all(&sql, vec![]).await
}

/// The last moment, up to now, at which a backup was due.
pub fn due(now: Instant, at: NaiveTime, zone: Tz) -> Instant {
    let today = now.date_in(zone);
    let moments = [Some(today), today.pred_opt()].into_iter().flatten().map(|date| {
        let wall = date.and_time(at);
        // An hour that the clock skips is taken as the next; of one that comes twice, the first.
        let moment = zone.from_local_datetime(&wall).earliest().or_else(|| zone.from_local_datetime(&(wall + chrono::Duration::hours(1))).earliest());
        moment.map(|moment| Instant::from_utc(moment.to_utc()))
    });
    moments.flatten().find(|moment| *moment <= now).unwrap_or(now)
}

/// Makes them until the program stops; does nothing where no folder is set.
pub async fn run(site: Site) {
    let Some(schedule) = site.settings.backup_schedule() else { return };
    loop {
        tokio::select! {
            () = site.stop.cancelled() => return,
            // Cut off in the middle, what was written so far goes.
            made = make_due(&site, &schedule) => match made {
                Ok(_) => {}
                Err(error) => tracing::error!("backup: {error}"),
            },
        }
        tokio::select! {
            () = site.stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Makes the backup that is due, unless it is made or under way; what came of it.
pub async fn make_due(site: &Site, schedule: &Schedule) -> Result<Option<Run>> {
    let now = site.now();
    let due_at = due(now, schedule.at, site.network().await?.settings.zone);
    let known: Option<Run> = last_runs(&site.db, 1).await?.into_iter().next();
    if known.is_some_and(|run| run.due_at >= due_at && run.is_made()) {
        return Ok(None);
    }
    if !site.note(Begin { due_at }).await? {
        return Ok(None);
    }
    make_begun(site, schedule, due_at, now).await.map(Some)
}

/// Makes one that was begun, and remembers what came of it.
async fn make_begun(site: &Site, schedule: &Schedule, due_at: Instant, now: Instant) -> Result<Run> {
    let outcome = make(site, schedule, now).await;
    let mut run = Run { due_at, began_at: now, ended_at: Some(site.now()), file: None, bytes: None, error: None };
    match outcome {
        Ok((name, made)) => {
            tracing::info!("backup: {} rows in {} bytes, {}", made.rows, made.bytes, schedule.folder.join(&name).display());
            (run.file, run.bytes) = (Some(name), i64::try_from(made.bytes).ok());
        }
        Err(fault) => {
            tracing::error!("backup: {fault}");
            run.error = Some(fault.to_string());
        }
    }
    site.note(End(run.clone())).await?;
    Ok(run)
}

/// The next moment at which one is due.
pub fn next(now: Instant, at: NaiveTime, zone: Tz) -> Instant {
    // A day of the wall clock is 23 to 25 hours long.
    let tomorrow = due(now.plus(chrono::Duration::hours(25)), at, zone);
    let later_today = due(now.plus(chrono::Duration::hours(23)), at, zone);
    if later_today > now { later_today } else { tomorrow }
}

/// Begins one now, though none is due, and makes it in the background.
///
/// # Errors
/// A conflict where no folder is set, or one is being made.
pub async fn ask(site: &Site, by: MemberId) -> Result<()> {
    let Some(schedule) = site.settings.backup_schedule() else { return Err(Error::conflict("wrong-backup-nowhere")) };
    let now = site.now();
    site.write(Ask { by, due_at: now }).await?;
    let making = site.clone();
    site.tasks.spawn(async move {
        if let Err(error) = make_begun(&making, &schedule, now, now).await {
            tracing::error!("backup: {error}");
        }
    });
    Ok(())
}

/// An admin asks for one.
struct Ask {
    by: MemberId,
    due_at: Instant,
}

impl Act for Ask {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let underway = "SELECT due_at FROM backup WHERE ended_at IS NULL AND began_at > $1 LIMIT 1";
        if tx.value::<i64>(underway, values![tx.now().minus(DEAD)]).await?.is_some() || !(Begin { due_at: self.due_at }).run(tx).await? {
            return Err(Error::conflict("wrong-backup-underway"));
        }
        tx.record(Some(self.by.0), &Keeping::BackupAsked { due: self.due_at.micros() }).await.map(|_| ())
    }
}

async fn make(site: &Site, schedule: &Schedule, now: Instant) -> Result<(String, Made), Fault> {
    let seal = site.settings.backup_seal().map_err(Fault::Disk)?;
    let failed = |e: std::io::Error| Fault::Disk(format!("PLENARY_BACKUP_DIR: {}: {e}", schedule.folder.display()));
    std::fs::create_dir_all(&schedule.folder).map_err(failed)?;
    let name = format!("{}.{}", now.utc().format("plenary-%Y-%m-%dT%H%M%SZ"), seal.ending());
    // A connection of its own: the site's readers are not made to wait.
    let db = ReadDb::open(&site.settings.database_url).await?;
    let made = back_up(&db, &site.settings.data, &schedule.folder.join(&name), &seal, now).await?;
    keep_last(&schedule.folder, schedule.keep).map_err(failed)?;
    Ok((name, made))
}

/// Removes what the schedule made before the last `keep`, and what a program that was killed left; nothing else.
fn keep_last(folder: &Path, keep: usize) -> std::io::Result<()> {
    let mut made = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ours(&name) {
            made.push(name);
        } else if name.strip_prefix('.').is_some_and(|name| name.starts_with("plenary-") && name.ends_with(".part")) {
            std::fs::remove_file(entry.path())?;
        }
    }
    made.sort();
    for name in made.iter().rev().skip(keep) {
        std::fs::remove_file(folder.join(name))?;
    }
    Ok(())
}

/// Whether the schedule gave this name: `plenary-2026-11-25T023000Z.tar.gz`, or with `.age`.
fn is_ours(name: &str) -> bool {
    let shape = name.strip_suffix(".age").unwrap_or(name).strip_suffix(".tar.gz");
    shape.is_some_and(|shape| chrono::NaiveDateTime::parse_from_str(shape, "plenary-%Y-%m-%dT%H%M%SZ").is_ok())
}

/// Takes the moment, unless another node has it, or it failed just now.
struct Begin {
    due_at: Instant,
}

impl Act for Begin {
    type Answer = bool;

    async fn run(&self, tx: &Tx) -> Result<bool> {
        let sql = "INSERT INTO backup (due_at, began_at) VALUES ($1, $2)
            ON CONFLICT (due_at) DO UPDATE SET began_at = excluded.began_at, ended_at = NULL, error = NULL
            WHERE (backup.error IS NOT NULL AND backup.ended_at < $3) OR (backup.ended_at IS NULL AND backup.began_at < $4)";
        let taken = tx.write(sql, values![self.due_at, tx.now(), tx.now().minus(AGAIN), tx.now().minus(DEAD)]).await?;
        tx.write("DELETE FROM backup WHERE due_at < $1", values![tx.now().minus(REMEMBERED)]).await?;
        Ok(taken == 1)
    }
}

struct End(Run);

impl Act for End {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let run = &self.0;
        let sql = "UPDATE backup SET ended_at = $2, file = $3, bytes = $4, error = $5 WHERE due_at = $1";
        tx.write(sql, values![run.due_at, tx.now(), run.file.clone(), MaybeId(run.bytes), run.error.clone()]).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::from_utc(text.parse().unwrap())
    }

    #[test]
    fn due_is_the_last_time_the_wall_clock_showed_the_hour() {
        let half_past_two = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        let vienna = chrono_tz::Europe::Vienna;
        for (now, expected) in [
            ("2026-11-25T01:30:00Z", "2026-11-25T01:30:00Z"),
            ("2026-11-25T01:29:59Z", "2026-11-24T01:30:00Z"),
            ("2026-11-25T23:59:00Z", "2026-11-25T01:30:00Z"),
            // 2:30 does not exist on 28 March 2027: 3:30 in summer time.
            ("2027-03-28T05:00:00Z", "2027-03-28T01:30:00Z"),
            // and comes twice on 31 October 2027: the first.
            ("2027-10-31T05:00:00Z", "2027-10-31T00:30:00Z"),
        ] {
            assert_eq!(due(at(now), half_past_two, vienna), at(expected), "{now}");
            let next = next(at(now), half_past_two, vienna);
            assert!(next > at(now) && due(next, half_past_two, vienna) == next, "{now}: {next:?}");
            assert!(next.since(at(now)) <= chrono::Duration::hours(25), "{now}: {next:?}");
        }
    }

    #[test]
    fn only_what_the_schedule_named_is_ever_removed() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "plenary-2026-11-21T023000Z.tar.gz",
            "plenary-2026-11-22T023000Z.tar.gz.age",
            "plenary-2026-11-23T023000Z.tar.gz",
            "plenary-before-the-upgrade.tar.gz",
            "2026-11-01.tar.gz",
            ".plenary-2026-11-20T023000Z.tar.gz.99.part",
        ];
        for name in names {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        keep_last(folder.path(), 2).unwrap();
        let left: Vec<&str> = names.into_iter().filter(|name| folder.path().join(name).exists()).collect();
        assert_eq!(left, names[1..5]);
    }
}
