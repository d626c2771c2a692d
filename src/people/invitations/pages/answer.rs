//! What somebody who is invited sees: who invites, to what, and how to come. Looking changes nothing: mail scanners follow
//! links.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::limits::Counted;
use crate::mail::Address;
use crate::people::acts::check_password;
use crate::people::invitations::{Accept, JoinByMail, Open, RegisterInvited, described, opened};
use crate::people::names::clean_name;
use crate::people::pages::mailed::{gone_to, mail_again_to};
use crate::people::pages::mails::LinkMail;
use crate::people::pages::{WELCOME, program, signed_in};
use crate::people::{LinkPurpose, NewLink, Register, account_by_email, check_new_account, fold_email};
use crate::secret;
use crate::web::{Answer, Context, Failure, Form, Page, Wrongs, html, html_with, redirect, wrong_form};
use crate::workshops::Letterhead;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct JoinForm {
    name: String,
    email: String,
    password: String,
    zone: String,
}

#[derive(Template)]
#[template(path = "people/invitations/answer.html")]
struct AnswerPage {
    page: Page,
    open: Open,
    /// What it gives, each by its name.
    into: Vec<String>,
    token: String,
    /// Whether the address that it was mailed to has an account: then there is nothing to fill in.
    is_known: bool,
    form: JoinForm,
    wrongs: Wrongs,
}

async fn draw(context: &Context, token: &str, open: Open, form: JoinForm, wrongs: Wrongs) -> Result<AnswerPage> {
    let page = context.page(&[]).await?;
    let into = described(&context.site.db, context.reader.language, &open.offer).await?.parts(page.words);
    let is_known = is_known(context, &open).await?;
    Ok(AnswerPage { page, open, into, token: token.to_owned(), is_known, form, wrongs })
}

async fn is_known(context: &Context, open: &Open) -> Result<bool> {
    let Some(email) = &open.email else { return Ok(false) };
    Ok(account_by_email(&context.site.db, &fold_email(email)).await?.is_some_and(|account| account.confirmed_at.is_some()))
}

async fn found(context: &Context, token: &str) -> Result<Open> {
    opened(&context.site.db, token, context.reader.id(), context.site.now()).await
}

/// The invitation (GET /invitations/{token}).
pub async fn show(context: Context, Path(token): Path<String>) -> Answer {
    or_over(&context, offered(&context, &token).await).await
}

async fn offered(context: &Context, token: &str) -> Answer {
    let open = found(context, token).await?;
    let form = JoinForm { name: open.name.clone(), ..JoinForm::default() };
    html(&draw(context, token, open, form, Wrongs::default()).await?)
}

/// Accepts (POST /invitations/{token}): as the Member who is signed in; as whoever it was mailed to; as somebody new, whose
/// address is confirmed by mail first.
pub async fn accept(context: Context, headers: HeaderMap, Path(token): Path<String>, Form(form): Form<JoinForm>) -> Answer {
    or_over(&context, accepted(&context, &headers, &token, form).await).await
}

async fn accepted(context: &Context, headers: &HeaderMap, token: &str, form: JoinForm) -> Answer {
    let site = &context.site;
    if let Some(member) = &context.reader.member {
        let offer = site.write(Accept { by: member.id, token: token.to_owned(), head: Letterhead::of(site).await? }).await?;
        return Ok(redirect(&offer.leads_to()));
    }
    let open = found(context, token).await?;
    let joined = match &open.email {
        Some(_) => by_mail(context, headers, token, &open, &form).await,
        None => by_link(context, token, &form).await,
    };
    match joined {
        Ok(response) => Ok(response),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            let form = JoinForm { password: String::new(), ..form };
            wrong_form(&draw(context, token, open, form, wrongs).await?)
        }
    }
}

async fn by_mail(context: &Context, headers: &HeaderMap, token: &str, open: &Open, form: &JoinForm) -> Result<axum::response::Response> {
    let site = &context.site;
    site.limits.count(Counted::Register, context.peer)?;
    let is_known = is_known(context, open).await?;
    let (name, password_hash) = if is_known { (String::new(), None) } else { checked(context, form).await? };
    let session_token = secret::token();
    let act = JoinByMail {
        token: token.to_owned(),
        name,
        password_hash,
        language: context.reader.language,
        zone: form.zone.parse().unwrap_or(site.network().await?.settings.zone),
        session_token: session_token.clone(),
        program: program(headers),
        head: Letterhead::of(site).await?,
    };
    site.write(act).await?;
    let next = if is_known { open.offer.leads_to() } else { WELCOME.to_owned() };
    Ok(signed_in(site, &session_token, &next))
}

async fn checked(context: &Context, form: &JoinForm) -> Result<(String, Option<String>)> {
    let mut wrongs = Wrongs::default();
    let name = wrongs.take(clean_name("name", &form.name));
    wrongs.take(check_password("password", &form.password, true));
    let Some(name) = name.filter(|_| wrongs.is_empty()) else { return Err(Error::Invalid(wrongs.0)) };
    Ok((name, hashed(context, form).await?))
}

async fn hashed(context: &Context, form: &JoinForm) -> Result<Option<String>> {
    if form.password.is_empty() { Ok(None) } else { context.site.passwords.hash(form.password.clone()).await.map(Some) }
}

async fn by_link(context: &Context, token: &str, form: &JoinForm) -> Result<axum::response::Response> {
    let site = &context.site;
    site.limits.count(Counted::Register, context.peer)?;
    let (name, email) = check_new_account(&form.name, &form.email, &form.password)?;
    let password_hash = hashed(context, form).await?;
    let language = context.reader.language;
    let link = NewLink::new(LinkPurpose::Confirm);
    let to = Address { name: name.clone(), email: email.clone() };
    let confirmation = LinkMail::Confirm.write(site, None, to, language, &link.token).await?;
    let folded = fold_email(&email);
    let zone = form.zone.parse().unwrap_or(site.network().await?.settings.zone);
    let register = Register { name, email, password_hash, language, zone, confirmation, link };
    if site.write(RegisterInvited { token: token.to_owned(), register }).await?.is_none() {
        mail_again_to(site, &folded, &format!("/invitations/{token}")).await?;
    }
    Ok(gone_to(site, form.email.trim(), false))
}

#[derive(Template)]
#[template(path = "people/invitations/over.html")]
struct OverPage {
    page: Page,
}

/// What the page becomes where the invitation was withdrawn, has ended, was used, or never was one (410): a way on.
async fn or_over(context: &Context, done: Answer) -> Answer {
    match done {
        Err(Failure(Error::Gone)) => html_with(StatusCode::GONE, &OverPage { page: context.page(&[]).await? }),
        done => done,
    }
}
