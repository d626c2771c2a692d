//! How much the site holds, what room is left, and its backups.

use askama::Template;
use sea_orm::DbBackend;

use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::host::well::{free_in, size_of};
use crate::journal::{self, Reads};
use crate::keeping::{self, Run};
use crate::web::{Answer, Context, Page, Wrongs, html, redirect, wrong_form};

/// Backups listed.
const RUNS: u64 = 30;

#[derive(Template)]
#[template(path = "host/storage.html")]
struct StoragePage {
    page: Page,
    /// Bytes of the database, as the database says or as its files are.
    database: i64,
    /// Bytes of the data folder, the files of an SQLite database included.
    folder: i64,
    /// Bytes that are free there; unknown where the system cannot be asked.
    free: Option<i64>,
    /// How many things have happened.
    entries: i64,
    /// Where the clock's backups go, how many are kept, and when the next is due.
    schedule: Option<(String, usize, Instant)>,
    runs: Vec<Run>,
    wrongs: Wrongs,
}

impl StoragePage {
    fn size(&self, bytes: &i64) -> String {
        self.page.words.size(*bytes)
    }
}

async fn draw(context: &Context, wrongs: Wrongs) -> Result<StoragePage> {
    let page = context.page(&[]).await?;
    let (site, db) = (&context.site, &context.site.db);
    let (data, whole) = (site.settings.data.clone(), |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX));
    let free = free_in(&data).ok().map(whole);
    let folder = whole(tokio::task::spawn_blocking(move || size_of(&data)).await.map_err(Error::bug)?);
    let sql = match db.backend() {
        DbBackend::Postgres => "SELECT pg_database_size(current_database())",
        _ => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    };
    let database = db.value(sql, vec![]).await?.unwrap_or(0);
    let schedule = site.settings.backup_schedule();
    let schedule = schedule.map(|plan| (plan.folder.display().to_string(), plan.keep, keeping::schedule::next(site.now(), plan.at, site.settings.site_zone)));
    Ok(StoragePage { page, database, folder, free, entries: journal::head(db).await?, schedule, runs: keeping::last_runs(db, RUNS).await?, wrongs })
}

/// The page (GET /admin/storage).
pub async fn storage(context: Context) -> Answer {
    html(&draw(&context, Wrongs::default()).await?)
}

/// Makes a backup now, in the background (POST /admin/storage/backup).
pub async fn back_up(context: Context) -> Answer {
    let by = context.member()?.id;
    match keeping::schedule::ask(&context.site, by).await {
        Ok(()) => Ok(redirect("/admin/storage")),
        Err(error) => wrong_form(&draw(&context, Wrongs::of(error)?).await?),
    }
}
