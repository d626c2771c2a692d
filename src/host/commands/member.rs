//! `plenary member`: what Members ask for by letter.

use std::path::Path;

use super::{Said, load, open};
use crate::people::account::{erase, export, not_last_admin};
use crate::people;

/// Writes all that the site keeps of a Member into a file.
pub async fn member_export(settings: Option<&Path>, handle: &str, to: &Path) -> Said {
    if to.exists() {
        return Err(format!("{} is there already, and nothing is overwritten.", to.display()));
    }
    let site = open(load(settings)?).await?;
    let account = people::account_by_handle(&site.db, handle).await.map_err(|e| e.to_string())?;
    let account = account.ok_or_else(|| format!("Nobody here has the handle {handle}."))?;
    let bytes = export::write(&site, account.id, to).await.map_err(|e| e.to_string())?;
    println!("{}: {bytes} bytes, a page to read and JSON for programs.", to.display());
    site.close().await;
    Ok(())
}

/// Erases a Member at once, beside whatever runs.
pub async fn member_erase(settings: Option<&Path>, handle: &str, words: bool, is_meant: bool) -> Said {
    if !is_meant {
        return Err(format!("This erases {handle} for ever. Say it again with --yes; and with --words if their words shall go, too."));
    }
    let site = open(load(settings)?).await?;
    let account = people::account_by_handle(&site.db, handle).await.map_err(|e| e.to_string())?;
    let account = account.ok_or_else(|| format!("Nobody here has the handle {handle}."))?;
    if not_last_admin(&site.db, account.id).await.is_err() {
        return Err(format!("{handle} is the last admin: make somebody else one first."));
    }
    erase(&site, account.id, words).await.map_err(|e| e.to_string())?;
    println!("Erased. Backups from before hold them until they are removed.");
    site.close().await;
    Ok(())
}
