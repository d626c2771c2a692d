//! `plenary digest`: what the next digest of a Member would hold.

use std::path::Path;

use super::{Said, load, open};
use crate::notify::digest::{next_of, preview};
use crate::people;
use crate::web::Words;

/// Prints subject and text of what would be sent if it were made now.
pub async fn digest(settings: Option<&Path>, handle: &str) -> Said {
    let site = open(load(settings)?).await?;
    let account = people::account_by_handle(&site.db, handle).await.map_err(|e| e.to_string())?;
    let account = account.ok_or_else(|| format!("Nobody here has the handle {handle}."))?;
    let next = next_of(&site.db, account.id).await.map_err(|e| e.to_string())?.and_then(|next| next.next_at);
    let digest = preview(&site, account.id).await.map_err(|e| e.to_string())?;
    match next {
        Some(at) => eprintln!("Next: {}", Words(account.language).appointment(at, site.network().await.map_err(|e| e.to_string())?.settings.zone)),
        None => eprintln!("Next: none is planned."),
    }
    match digest {
        Some(digest) => println!("{}\n\n{}", digest.subject, digest.text),
        None => println!("Nothing that they have not read: no digest would be sent."),
    }
    site.close().await;
    Ok(())
}
