//! `plenary admin`: accounts from the terminal, for without SMTP the mailbox hides the links that sign in.

use std::path::Path;

use super::{Said, load, open};
use crate::app::Site;
use crate::people::{self, AddMember, AskLink, Language, LinkPurpose, MemberId, NewLink, Role};

/// Prints a link that signs a Member in.
pub async fn admin_link(settings: Option<&Path>, handle: &str) -> Said {
    let site = open(load(settings)?).await?;
    let account = people::account_by_handle(&site.db, handle).await.map_err(|e| e.to_string())?;
    let account = account.ok_or_else(|| format!("Nobody here has the handle {handle}."))?;
    println!("{}", link(&site, account.id).await.map_err(|e| e.to_string())?);
    site.close().await;
    Ok(())
}

/// Makes an admin and prints a link that signs them in.
pub async fn admin_create(settings: Option<&Path>, name: &str, email: &str) -> Said {
    let site = open(load(settings)?).await?;
    let zone = site.network().await.map_err(|e| e.to_string())?.settings.zone;
    let act = AddMember {
        handle: None,
        name: name.into(),
        email: email.into(),
        password_hash: None,
        language: Language::En,
        zone,
        about: String::new(),
        role: Role::Admin,
        is_practitioner: true,
        organisation: None,
    };
    let member = site.write(act).await.map_err(|e| e.to_string())?;
    println!("{}", link(&site, member).await.map_err(|e| e.to_string())?);
    site.close().await;
    Ok(())
}

/// A fresh sign-in link for a Member.
pub async fn link(site: &Site, member: MemberId) -> crate::Result<String> {
    let link = NewLink::new(LinkPurpose::SignIn);
    let address = format!("{}/sign-in/{}", site.settings.base_url, link.token);
    site.note(AskLink { member: Some(member), link, mail: None }).await?;
    Ok(address)
}
