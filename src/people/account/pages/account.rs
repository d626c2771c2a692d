//! Address and safety: the address, and what was done with the account.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;

use super::address::AddressForm;
use crate::error::Result;
use crate::journal::Room;
use crate::people::account::acts::{AddressChange, EndOtherSessions, pending};
use crate::people::account::events::{EventRow, events_of};
use crate::people::address_of;
use crate::web::{Answer, Context, Page, Wrongs, html, redirect};

#[derive(Template)]
#[template(path = "people/account.html")]
pub struct AccountPage {
    page: Page,
    form: AddressForm,
    wrongs: Wrongs,
    saved: String,
    email: String,
    pending: Option<AddressChange>,
    events: Vec<EventRow>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Shown {
    saved: String,
}

pub(super) async fn page(context: &Context, form: AddressForm, wrongs: Wrongs, saved: &str) -> Result<AccountPage> {
    let (site, member) = (&context.site, context.member()?.id);
    let page = context.page(&[Room::Member(member.0)]).await?;
    let email = address_of(&site.db, member).await?.map(|(_, email)| email).unwrap_or_default();
    let (pending, events) = (pending(&site.db, member, site.now()).await?, events_of(&site.db, member).await?);
    Ok(AccountPage { page, form, wrongs, saved: saved.to_owned(), email, pending, events })
}

/// The page (GET /settings/account).
pub async fn show(context: Context, Query(shown): Query<Shown>) -> Answer {
    html(&page(&context, AddressForm::default(), Wrongs::default(), &shown.saved).await?)
}

/// Ends every other session (POST /settings/sessions/end-others).
pub async fn end_others(context: Context) -> Answer {
    let by = context.member()?.id;
    context.site.write(EndOtherSessions { by, keep: context.reader.session }).await?;
    Ok(redirect("/settings#sessions"))
}
