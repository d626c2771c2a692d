//! What is done for accounts in the background: exports are made, and go after their week; accounts are erased
//! after theirs.

use std::path::PathBuf;
use std::time::Duration;

use super::acts::{BeginExport, DropExport, EndExport};
use super::erase::erase_due;
use super::export;
use super::queries::{ExportRow, is_export, next_export, old_exports};
use crate::app::Site;
use crate::error::{Error, Result};
use crate::limits;
use crate::mail::{Address, Outgoing};
use crate::people::pages::mails::ShortMail;
use crate::people::{Language, MemberId, address_of, language_of};

/// How often it is looked whether there is something to do.
const LOOK: Duration = Duration::from_secs(1);
/// How many looks until it is looked for what is to go.
const SWEEP: u32 = 60;
/// After how long an export that never ended is begun again.
pub(super) const DEAD: chrono::Duration = chrono::Duration::hours(1);

/// Works until the program stops.
pub async fn run(site: Site) {
    let mut looks = 0;
    loop {
        tokio::select! {
            () = site.stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        looks += 1;
        let worked = if looks % SWEEP == 0 { sweep(&site).await } else { work_once(&site).await };
        if let Err(error) = worked {
            tracing::warn!("accounts: {error}");
        }
    }
}

/// Does all that waits now.
pub async fn work_once(site: &Site) -> Result<()> {
    while let Some(export) = next_export(&site.db, site.now().minus(DEAD)).await? {
        make(site, &export).await?;
    }
    erase_due(site).await
}

/// Where exports lie: beside the files that a backup keeps, not among them, so that nobody's data outlives its week.
pub(super) fn folder(site: &Site) -> PathBuf {
    site.settings.data.join("exports")
}

async fn make(site: &Site, row: &ExportRow) -> Result<()> {
    if !site.write(BeginExport { id: row.id, member: row.member }).await? {
        return Ok(());
    }
    let name = format!("{}-{}.zip", row.id, crate::secret::token());
    let path = folder(site).join(&name);
    let made = export::write(site, row.member, &path).await;
    let mail = if made.is_ok() { ready_mail(site, row.member, row.id).await? } else { None };
    let made = made.map(|bytes| (name, bytes)).map_err(|error| {
        tracing::error!("export {}: {error}", row.id);
        error.to_string()
    });
    if !site.write(EndExport { id: row.id, member: row.member, made, mail }).await? {
        // Erased meanwhile.
        remove(&path)?;
    }
    Ok(())
}

async fn ready_mail(site: &Site, member: MemberId, id: i64) -> Result<Option<Outgoing>> {
    let Some((name, email)) = address_of(&site.db, member).await? else { return Ok(None) };
    let language = language_of(&site.db, member).await?.unwrap_or(Language::En);
    let mail = ShortMail { key: "mail-export", path: "/settings/data".into(), told: Vec::new(), dedupe: format!("export:{id}"), is_secret: false };
    mail.write(site, Some(member), Address { name, email }, language).await.map(Some)
}

/// Removes what is over: files first, then their rows; and files that no row knows.
pub async fn sweep(site: &Site) -> Result<()> {
    for export in old_exports(&site.db, site.now().minus(limits::EXPORT_KEPT)).await? {
        if let Some(file) = &export.file {
            remove(&folder(site).join(file))?;
        }
        site.write(DropExport { id: export.id, member: export.member }).await?;
    }
    let Ok(files) = std::fs::read_dir(folder(site)) else { return Ok(()) };
    for file in files.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        // One that is being written has another ending.
        if name.ends_with(".zip") && !is_export(&site.db, &name).await? {
            remove(&file.path())?;
        }
    }
    Ok(())
}

fn remove(path: &std::path::Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::Unavailable(format!("{}: {error}", path.display()))),
        _ => Ok(()),
    }
}
