//! Another address: the form, and what its two links open.

use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use serde::Deserialize;

use super::{account, prove};
use crate::error::{Error, Result};
use crate::limits::Counted;
use crate::mail::{Address, Outgoing};
use crate::people::account::acts::{AddressChange, AskAddress, ConfirmAddress, UndoAddress, to_confirm, to_undo};
use crate::people::acts::check_address;
use crate::people::pages::mails::ShortMail;
use crate::people::pages::program;
use crate::people::{Language, MemberId, language_of};
use crate::secret;
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    pub email: String,
}

/// Asks for another address (POST /settings/address), after a step-up. The mail goes to the new one.
pub async fn ask(context: Context, Form(form): Form<AddressForm>) -> Answer {
    if let Some(prove) = prove::needed(&context, "/settings/account").await? {
        return Ok(prove);
    }
    match asked(&context, &form).await {
        Ok(()) => Ok(redirect("/settings/account#address")),
        Err(error) => wrong_form(&account::page(&context, form, Wrongs::of(error)?, "").await?),
    }
}

async fn asked(context: &Context, form: &AddressForm) -> Result<()> {
    let (site, member) = (&context.site, context.member()?);
    let email = check_address(&form.email)?;
    site.limits.count(Counted::MailAsked, context.peer)?;
    let token = secret::token();
    let mail = ShortMail { key: "mail-address", path: format!("/address/{token}"), told: Vec::new(), dedupe: format!("address:{}", secret::hashed(&token)), is_secret: true };
    let mail = mail.write(site, Some(member.id), Address { name: member.name.clone(), email: email.clone() }, member.language).await?;
    site.write(AskAddress { by: member.id, session: context.reader.session, email, token, mail }).await
}

#[derive(Template)]
#[template(path = "people/link.html")]
struct LinkPage {
    page: Page,
    title: String,
    what: String,
    action: String,
    button: String,
    next: String,
}

/// What the link to the new address opens: a page with a button (GET /address/{token}).
pub async fn confirm_form(context: Context, Path(token): Path<String>) -> Answer {
    let change = to_confirm(&context.site.db, &token, context.site.now()).await?;
    let page = context.page(&[]).await?;
    let what = page.t1("address-confirm-what", "email", &change.new_email);
    let (title, button) = (page.t("address-confirm-title"), page.t("address-confirm-button"));
    html(&LinkPage { page, title, what, action: format!("/address/{token}"), button, next: String::new() })
}

/// Makes it theirs (POST /address/{token}); both addresses are told.
pub async fn confirm(context: Context, Path(token): Path<String>, headers: HeaderMap) -> Answer {
    let change = to_confirm(&context.site.db, &token, context.site.now()).await?;
    let undo_token = secret::token();
    let mails = told(&context, &change, &undo_token).await?;
    context.site.write(ConfirmAddress { token, undo_token, program: program(&headers), mails }).await?;
    Ok(redirect("/settings/account?saved=address"))
}

async fn told(context: &Context, change: &AddressChange, undo_token: &str) -> Result<Vec<Outgoing>> {
    let site = &context.site;
    let language = language_of(&site.db, change.member).await?.unwrap_or(Language::En);
    let name = name_of(context, change.member).await?;
    let new = ("email", change.new_email.clone());
    let dedupe = |which: &str| format!("address-{which}:{}", change.id);
    let mut mails = Vec::new();
    if let Some(old) = &change.old_email {
        let mail = ShortMail { key: "mail-address-old", path: format!("/address/undo/{undo_token}"), told: vec![new.clone()], dedupe: dedupe("old"), is_secret: true };
        mails.push(mail.write(site, Some(change.member), Address { name: name.clone(), email: old.clone() }, language).await?);
    }
    let mail = ShortMail { key: "mail-address-new", path: "/settings/account".into(), told: vec![new], dedupe: dedupe("new"), is_secret: false };
    mails.push(mail.write(site, Some(change.member), Address { name, email: change.new_email.clone() }, language).await?);
    Ok(mails)
}

async fn name_of(context: &Context, member: MemberId) -> Result<String> {
    let site = &context.site;
    let member = site.people.member(&site.db, &site.bus, member).await?.ok_or(Error::Gone)?;
    Ok(member.name.clone())
}

/// What the link to the old address opens (GET /address/undo/{token}).
pub async fn undo_form(context: Context, Path(token): Path<String>) -> Answer {
    let change = to_undo(&context.site.db, &token, context.site.now()).await?;
    let page = context.page(&[]).await?;
    let what = page.t1("address-undo-what", "email", change.old_email.unwrap_or_default());
    let (title, button) = (page.t("address-undo-title"), page.t("address-undo-button"));
    html(&LinkPage { page, title, what, action: format!("/address/undo/{token}"), button, next: String::new() })
}

/// Takes it back (POST /address/undo/{token}): sessions end, the password goes; one signs in by a mailed link.
pub async fn undo(context: Context, Path(token): Path<String>, headers: HeaderMap) -> Answer {
    context.site.write(UndoAddress { token, program: program(&headers) }).await?;
    Ok(redirect("/sign-in"))
}
