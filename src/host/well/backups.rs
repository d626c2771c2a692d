//! Whether there is a backup of last night, and whether it opened.

use chrono::Duration;

use super::{Check, Line, Looked, unread};
use crate::error::Say;
use crate::keeping::last_runs;

/// After how long a backup is old: one night was left out.
const OLD: Duration = Duration::hours(36);

pub async fn look(at: &Looked<'_>) -> Line {
    let check = Check::Backups;
    let Some(schedule) = at.settings.backup_schedule() else { return Line::wrong(check, "well-backups-none", "well-backups-none-do") };
    let runs = match last_runs(at.db, 10).await {
        Ok(runs) => runs,
        Err(error) => return unread(check, &error),
    };
    let Some(latest) = runs.first() else { return Line::unknown(check, "well-backups-first") };
    if let Some(error) = &latest.error {
        return Line::wrong(check, Say::new("well-backups-failed").with("why", error), "well-backups-failed-do");
    }
    let Some(made) = runs.iter().find(|run| run.is_made()) else { return Line::unknown(check, "well-backups-first") };
    let hours = at.now.since(made.due_at).num_hours();
    if at.now.since(made.due_at) > OLD {
        return Line::wrong(check, Say::new("well-backups-old").with("n", hours), "well-backups-old-do");
    }
    let name = made.file.clone().unwrap_or_default();
    match std::fs::metadata(schedule.folder.join(&name)) {
        Ok(file) if i64::try_from(file.len()).ok() == made.bytes => Line::well(check, Say::new("well-backups").with("file", name)),
        Ok(_) => Line::wrong(check, Say::new("well-backups-changed").with("file", name), "well-backups-gone-do"),
        Err(error) => Line::wrong(check, Say::new("well-backups-gone").with("file", name).with("why", error), "well-backups-gone-do"),
    }
}
