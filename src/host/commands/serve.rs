//! `plenary serve`.

use std::path::Path;

use super::{Said, load, open, until_stopped};
use crate::app::Site;
use crate::journal::Reads;
use crate::people::{AskLink, LinkPurpose, NewLink};

/// Serves the site; an empty one prints a one-time link that makes the first admin.
pub async fn serve(settings: Option<&Path>) -> Said {
    let settings = load(settings)?;
    let listen = settings.listen;
    let site = open(settings).await?;
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(|e| format!("PLENARY_LISTEN: {listen}: {e}"))?;
    if let Some(address) = site.settings.metrics_listen {
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|e| format!("PLENARY_METRICS_LISTEN: {address}: {e}"))?;
        crate::host::serve_metrics(&site, listener);
    }
    site.run();
    let running = crate::host::serve(&site, listener).map_err(|e| e.to_string())?;
    println!("Plenary is at {} (listening on {})", site.settings.base_url, running.address);
    if let Some(link) = first_admin(&site).await.map_err(|e| e.to_string())? {
        println!("Nobody is here yet. This link makes the first admin, once, within a day:\n  {link}");
    }
    until_stopped(site, running).await
}

async fn first_admin(site: &Site) -> crate::Result<Option<String>> {
    if site.db.value::<i64>("SELECT id FROM member LIMIT 1", vec![]).await?.is_some() {
        return Ok(None);
    }
    let link = NewLink::new(LinkPurpose::FirstAdmin);
    let address = format!("{}/register?first={}", site.settings.base_url, link.token);
    site.note(AskLink { member: None, link, mail: None }).await?;
    Ok(Some(address))
}
