//! Restoring: a backup is read to its end before anything is touched; then rows go into one transaction and files into
//! a folder beside their place; and only when all is there does either become the site.

mod place;
mod rows;

use std::path::Path;

use tokio::sync::mpsc;

use self::place::Place;
use self::rows::Rows;
use super::format::Head;
use super::{Fault, Keys, Piece, read};
use crate::journal::{NewDatabase, known_migrations};

/// Parts on their way from the file to the database.
const ON_THE_WAY: usize = 4;

/// What a restore brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub rows: u64,
    pub files: usize,
    /// When the backup was made, RFC 3339.
    pub made_at: String,
    /// Whether it holds the site's secret; else `PLENARY_SECRET` was set, and has to be set again.
    pub has_secret: bool,
}

enum Part {
    Rows(String, Vec<u8>),
    End,
}

/// Makes a site in an empty folder and an empty database of a backup, under a new epoch named `epoch`.
///
/// # Errors
/// [`Fault`] in words; then folder and database are as they were.
pub async fn restore(file: &Path, keys: &Keys, data: &Path, database_url: &str, epoch: &str) -> Result<Restored, Fault> {
    let (head, sums) = {
        let (file, keys) = (file.to_owned(), keys.clone());
        tokio::task::spawn_blocking(move || read(&file, &keys, &mut |_| Ok(()))).await.map_err(Fault::disk)??
    };
    let known = known_migrations();
    if let Some(newer) = head.migrations.iter().find(|name| !known.contains(name)) {
        return Err(Fault::Newer(format!("it has the migration {newer}, which this program does not know")));
    }
    let place = Place::take(data, database_url)?;
    let database = match place.database() {
        Some(path) => NewDatabase::sqlite(path).await?,
        None => NewDatabase::postgres(database_url).await?,
    };
    let rows = Rows::begin(database, head.clone()).await?;
    let made_at = head.made_at.clone();
    let (parts, coming) = mpsc::channel(ON_THE_WAY);
    let reading = {
        let (file, keys, files) = (file.to_owned(), keys.clone(), place.files());
        tokio::task::spawn_blocking(move || read_again(&file, &keys, &head, &parts, &files))
    };
    let filled = rows.fill(coming).await;
    // A database that refuses is the cause of a part that could not be sent.
    let counted = match (filled, reading.await.map_err(Fault::disk)?) {
        (Err(Some(fault)), _) | (_, Err(fault)) => return Err(fault),
        (Err(None), Ok(())) => return Err(Fault::Cut),
        (Ok(rows), Ok(())) => rows,
    };
    if counted.count() != sums.rows() {
        return Err(Fault::changed(format!("{} rows were promised, {} came", sums.rows(), counted.count())));
    }
    let database = counted.end(epoch).await?;
    place.settle(database).await?;
    let has_secret = sums.entries.iter().any(|entry| super::format::file_of(&entry.name) == Some(super::files::SECRET));
    Ok(Restored { rows: sums.rows(), files: sums.files(), made_at, has_secret })
}

fn read_again(file: &Path, keys: &Keys, known: &Head, parts: &mpsc::Sender<Part>, files: &Path) -> Result<(), Fault> {
    let gone = || Fault::Disk("the database takes no more rows".into());
    read(file, keys, &mut |piece| match piece {
        Piece::Head(head) if head == known => Ok(()),
        Piece::Head(_) => Err(Fault::changed("it changed while it was read")),
        Piece::Rows(table, lines) => parts.blocking_send(Part::Rows(table.to_owned(), lines)).map_err(|_| gone()),
        Piece::File(name, content) => place::keep(&files.join(name), content),
    })?;
    parts.blocking_send(Part::End).map_err(|_| gone())
}
