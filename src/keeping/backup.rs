//! Making a backup of a site that goes on running: one instant of its rows, then its files, written beside the name it
//! will have, opened again from its first byte to its last, and only then given that name.

use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use futures_util::{StreamExt, pin_mut};
use tokio::sync::mpsc;

use super::format::{FORMAT, Head, PART, Sums, VERSION};
use super::seal::{Keys, Seal, Sealed};
use super::{ArchiveWriter, Fault, files, read, schema};
use crate::clock::Instant;
use crate::journal::{ReadDb, Snapshot};

/// Parts on their way from the database to the file: the memory a backup takes, in megabytes.
const ON_THE_WAY: usize = 4;

/// A backup that was made and opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    pub rows: u64,
    pub files: usize,
    /// Bytes of the file.
    pub bytes: u64,
}

enum Part {
    Rows(String, Vec<u8>),
    /// All rows came; without it the file is given up.
    End,
}

/// Writes a backup of the database and of the data folder's files to `target`, which must not be there yet.
///
/// Rows are one instant. Files are taken after it: a file is written before its row, never changed, and removed at the
/// earliest a day after its row, so that both together are that instant, too (`docs/decisions/0006-backups.md`).
///
/// # Errors
/// [`Fault`] in words; then there is no file.
pub async fn back_up(db: &ReadDb, data: &Path, target: &Path, seal: &Seal, now: Instant) -> Result<Made, Fault> {
    if target.exists() {
        return Err(Fault::Disk(format!("{} is there already, and a backup overwrites nothing", target.display())));
    }
    let snapshot = db.snapshot().await?;
    let shapes = schema::shapes(&snapshot).await?;
    let head = Head {
        format: FORMAT.into(),
        version: VERSION,
        program: env!("CARGO_PKG_VERSION").into(),
        made_at: now.utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        migrations: schema::migrations(&snapshot).await?,
        tables: shapes.iter().map(|shape| shape.head.clone()).collect(),
    };
    let unfinished = Unfinished::beside(target)?;
    let (parts, coming) = mpsc::channel(ON_THE_WAY);
    let writing = {
        let (unfinished, data, seal) = (unfinished.0.clone(), data.to_owned(), seal.clone());
        tokio::task::spawn_blocking(move || write(&unfinished, &head, coming, &data, &seal))
    };
    let sent = send(&snapshot, &shapes, &parts).await;
    drop(parts);
    let written = writing.await.map_err(Fault::disk)?;
    // What stopped the writing is the cause of a part that could not be sent.
    let (sums, keys) = match (sent, written) {
        (Err(Some(fault)), _) => return Err(fault),
        (_, written) => written?,
    };
    drop(snapshot);
    let target = target.to_owned();
    tokio::task::spawn_blocking(move || settle(unfinished, &target, &sums, &keys)).await.map_err(Fault::disk)?
}

/// Sends every table in parts; `Err(None)` when nobody takes them any more.
async fn send(snapshot: &Snapshot, shapes: &[schema::Shape], parts: &mpsc::Sender<Part>) -> Result<(), Option<Fault>> {
    for shape in shapes {
        let rows = snapshot.stream(&shape.select()).await.map_err(|e| Some(e.into()))?;
        pin_mut!(rows);
        let mut lines = Vec::with_capacity(PART);
        while let Some(row) = rows.next().await {
            let row = row.map_err(|e| Some(e.into()))?;
            shape.line(&row, &mut lines).map_err(|e| Some(e.into()))?;
            if lines.len() >= PART {
                let full = std::mem::replace(&mut lines, Vec::with_capacity(PART));
                parts.send(Part::Rows(shape.head.name.clone(), full)).await.map_err(|_| None)?;
            }
        }
        if !lines.is_empty() {
            parts.send(Part::Rows(shape.head.name.clone(), lines)).await.map_err(|_| None)?;
        }
    }
    parts.send(Part::End).await.map_err(|_| None)
}

fn write(path: &Path, head: &Head, mut coming: mpsc::Receiver<Part>, data: &Path, seal: &Seal) -> Result<(Sums, Keys), Fault> {
    let failed = |e: std::io::Error| Fault::Disk(format!("{}: {e}", path.display()));
    let file = OpenOptions::new().write(true).open(path).map_err(failed)?;
    let (sealed, keys) = seal.begin(BufWriter::with_capacity(1 << 16, file))?;
    let mut archive = ArchiveWriter::new(sealed, head)?;
    loop {
        match coming.blocking_recv() {
            Some(Part::Rows(table, lines)) => archive.rows(&table, &lines)?,
            Some(Part::End) => break,
            None => return Err(Fault::Disk("the rows broke off".into())),
        }
    }
    for (name, path) in files::all(data)? {
        let file = File::open(&path).map_err(|e| Fault::Disk(format!("{}: {e}", path.display())))?;
        let bytes = file.metadata().map_err(Fault::disk)?.len();
        archive.file(&name, bytes, file)?;
    }
    let (sealed, sums): (Sealed, Sums) = archive.finish()?;
    sealed.finish().and_then(|file| file.sync_all()).map_err(failed)?;
    Ok((sums, keys))
}

/// Opens what was written, compares it with what was meant, and gives it its name.
fn settle(unfinished: Unfinished, target: &Path, meant: &Sums, keys: &Keys) -> Result<Made, Fault> {
    let (_, found) = read(&unfinished.0, keys, &mut |_| Ok(())).map_err(|fault| Fault::Disk(format!("what was written does not open: {fault}")))?;
    if found != *meant {
        return Err(Fault::Disk("what was written opens as something else".into()));
    }
    let bytes = std::fs::metadata(&unfinished.0).map_err(Fault::disk)?.len();
    std::fs::rename(&unfinished.0, target).map_err(|e| Fault::Disk(format!("{}: {e}", target.display())))?;
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(Fault::disk)?;
    }
    Ok(Made { rows: meant.rows(), files: meant.files(), bytes })
}

/// A file that goes unless it is given its name.
struct Unfinished(PathBuf);

impl Unfinished {
    /// A new file beside `target`, for its owner alone.
    fn beside(target: &Path) -> Result<Self, Fault> {
        let name = target.file_name().ok_or_else(|| Fault::Disk(format!("{} is no name for a file", target.display())))?;
        let path = target.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).map_err(|e| Fault::Disk(format!("{}: {e}", path.display())))?;
        Ok(Self(path))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
