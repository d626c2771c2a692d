//! Whether there is room: for what the site holds once more, and for the next backup.

use std::path::{Path, PathBuf};

use super::{Check, Line, Looked};
use crate::error::Say;
use crate::keeping::last_runs;

/// A gigabyte, as disks are sold.
const GIGABYTE: u64 = 1_000_000_000;
/// The least that has to be free on any disk that is written to.
const LEAST: u64 = GIGABYTE;
/// A megabyte: sizes are told in these.
const MEGABYTE: u64 = 1_000_000;

pub async fn look(at: &Looked<'_>) -> Line {
    let check = Check::Disk;
    let data = at.settings.data.clone();
    let held = tokio::task::spawn_blocking(move || size_of(&data)).await.unwrap_or_default();
    let mut places: Vec<(PathBuf, u64)> = vec![(at.settings.data.clone(), held)];
    if let Some(schedule) = at.settings.backup_schedule() {
        let last = last_runs(at.db, 10).await.ok().and_then(|runs| runs.iter().find_map(|run| run.bytes)).unwrap_or(0);
        places.push((schedule.folder, u64::try_from(last).unwrap_or(0)));
    }
    let mut least = u64::MAX;
    for (folder, needed) in places {
        let needed = needed.max(LEAST);
        match free_in(&folder) {
            Err(why) => return Line::unknown(check, Say::new("well-disk-unseen").with("folder", folder.display()).with("why", why)),
            Ok(free) if free < needed => {
                let says = Say::new("well-disk-full").with("folder", folder.display()).with("free", free / MEGABYTE).with("needed", needed / MEGABYTE);
                return Line::wrong(check, says, "well-disk-do");
            }
            Ok(free) => least = least.min(free),
        }
    }
    Line::well(check, Say::new("well-disk").with("free", least / MEGABYTE))
}

/// Bytes that may still be written where a folder is, or where it will be made.
///
/// # Errors
/// Why it could not be looked, in the system's words.
#[cfg(unix)]
pub fn free_in(folder: &Path) -> Result<u64, String> {
    let there = folder.ancestors().find(|path| path.exists()).unwrap_or_else(|| Path::new("."));
    let found = rustix::fs::statvfs(there).map_err(|e| e.to_string())?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

/// Elsewhere nobody has asked yet.
#[cfg(not(unix))]
pub fn free_in(_folder: &Path) -> Result<u64, String> {
    Err("this system cannot be asked".into())
}

/// Bytes of all files in a folder, those of its folders too; links are not followed.
pub fn size_of(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(found) if found.is_dir() => size_of(&entry.path()),
        Ok(found) => found.len(),
        Err(_) => 0,
    });
    sizes.fold(0, u64::saturating_add)
}
