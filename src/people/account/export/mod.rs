//! All of a Member's data in one file: a page that a person reads, and JSON that a program does. What belongs to it is
//! what the tables declare ([`crate::app::TABLES`]), so that no table can be forgotten.

mod file;
mod gather;
mod page;

use std::path::Path;

pub use page::COLUMNS;

use crate::app::Site;
use crate::error::{Error, Result};
use crate::journal::{ReadDb, Reads};
use crate::live::BoxFuture;
use crate::people::{Language, MemberId, Reader};
use crate::values;
use crate::web::Words;

/// Writes the file of a Member, beside the name it will have until it is whole; its size in bytes.
///
/// # Errors
/// [`Error::NotFound`] for nobody, [`Error::Unavailable`] when the disk does not take it; then there is no file.
pub fn write<'a>(site: &'a Site, member: MemberId, path: &'a Path) -> BoxFuture<'a, Result<u64>> {
    Box::pin(make(site, member, path))
}

async fn make(site: &Site, member: MemberId, path: &Path) -> Result<u64> {
    let sql = "SELECT handle, name, language, zone FROM member WHERE id = $1 AND erased_at IS NULL";
    let rows = site.db.rows(sql, values![member]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let (handle, name, zone): (String, String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(3)?);
    let language: Language = row.try_get_by_index(2)?;
    let zone = zone.parse().unwrap_or(site.network().await?.settings.zone);
    // Titles of what they may see now; whoever may not act sees what everybody sees.
    let reader = match site.people.member(&site.db, &site.bus, member).await? {
        Some(member) => Reader::of(member, None),
        None => Reader::visitor(language, zone),
    };
    // A connection of its own: the site's readers are not made to wait.
    let db = ReadDb::open(&site.settings.database_url).await?;
    let snapshot = db.snapshot().await?;
    let tables = gather::gather(&snapshot, member).await?;
    let about = page::About { words: Words(language), zone, name, site_name: site.network().await?.name(language).to_owned(), base_url: site.settings.base_url.clone(), made_at: site.now() };
    let html = page::page(&snapshot, &reader, &about, &tables).await?;
    drop(snapshot);
    let json = gather::json(&about.site_name, &about.base_url, &handle, about.made_at, tables);
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || file::write(&path, &html, &json)).await.map_err(Error::bug)?
}
