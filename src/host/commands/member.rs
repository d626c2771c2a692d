//! `plenary member`: what Members ask for by letter.

use std::path::Path;

use super::{Said, load, open};
use crate::people::account::export;
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
