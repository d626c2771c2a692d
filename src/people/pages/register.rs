//! Registering and confirming one's address.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use serde::Deserialize;

use super::mailed::{gone_to, mail_again, or_spent};
use super::mails::LinkMail;
use super::{WELCOME, program, signed_in};
use crate::error::Error;
use crate::limits::Counted;
use crate::mail::Address;
use crate::people::acts::{Confirm, FirstAdmin, LinkPurpose, NewLink, Register, check_new_account, link_member};
use crate::people::fold_email;
use crate::secret;
use crate::workshops::Letterhead;
use crate::web::{Answer, Context, Failure, Form, JOINING_COOKIE, Page, Wrongs, html, set_cookie, wrong_form};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RegisterForm {
    name: String,
    email: String,
    password: String,
    zone: String,
    /// The one-time link of the first admin.
    first: String,
}

#[derive(Template)]
#[template(path = "people/register.html")]
struct RegisterPage {
    page: Page,
    form: RegisterForm,
    wrongs: Wrongs,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct First {
    first: String,
}

/// The form (GET /register).
pub async fn form(context: Context, Query(First { first }): Query<First>) -> Answer {
    let page = context.page(&[]).await?;
    html(&RegisterPage { page, form: RegisterForm { first, ..Default::default() }, wrongs: Wrongs::default() })
}

/// Registers (POST /register). A known address gets another mail and the same answer.
pub async fn send(context: Context, headers: HeaderMap, Form(form): Form<RegisterForm>) -> Answer {
    let site = &context.site;
    let done = async {
        site.limits.count(Counted::Register, context.peer)?;
        let (name, email) = check_new_account(&form.name, &form.email, &form.password)?;
        let zone = form.zone.parse().unwrap_or(site.network().await?.settings.zone);
        let language = context.reader.language;
        let password_hash = if form.password.is_empty() { None } else { Some(site.passwords.hash(form.password.clone()).await?) };
        if !form.first.is_empty() {
            let member = site.write(FirstAdmin { token: form.first.clone(), name, email, password_hash, language, zone }).await?;
            return Ok(Some(member));
        }
        let link = NewLink::new(LinkPurpose::Confirm);
        let to = Address { name: name.clone(), email: email.clone() };
        let confirmation = LinkMail::Confirm.write(site, None, to, language, &link.token).await?;
        let folded = fold_email(&email);
        if site.write(Register { name, email, password_hash, language, zone, confirmation, link }).await?.is_none() {
            mail_again(site, &folded).await?;
        }
        Ok::<_, Error>(None)
    }
    .await;
    match done {
        Ok(Some(member)) => {
            let session_token = secret::token();
            site.write(crate::people::SignIn { member, session_token: session_token.clone(), program: program(&headers) }).await?;
            Ok(signed_in(site, &session_token, "/setup"))
        }
        Ok(None) => Ok(gone_to(site, form.email.trim(), false)),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            let page = context.page(&[]).await?;
            wrong_form(&RegisterPage { page, form, wrongs })
        }
    }
}

#[derive(Template)]
#[template(path = "people/link.html")]
pub(super) struct LinkPage {
    pub page: Page,
    pub title: String,
    pub what: String,
    pub action: String,
    pub button: String,
    pub next: String,
}

/// What the link of the mail opens: a page with a button, for mail scanners follow links (GET /confirm/{token}).
pub async fn confirm_form(context: Context, Path(token): Path<String>) -> Answer {
    or_spent(&context, LinkPurpose::Confirm, offer(&context, &token).await).await
}

async fn offer(context: &Context, token: &str) -> Answer {
    link_member(&context.site.db, token, LinkPurpose::Confirm, context.site.now()).await?;
    let page = context.page(&[]).await?;
    let (title, what, button) = (page.t("confirm-title"), page.t("confirm-what"), page.t("confirm-button"));
    html(&LinkPage { page, title, what, action: format!("/confirm/{token}"), button, next: String::new() })
}

/// Confirms (POST /confirm/{token}) and signs in.
pub async fn confirm(context: Context, Path(token): Path<String>, headers: HeaderMap) -> Answer {
    let site = &context.site;
    let session_token = secret::token();
    let confirmed = site.write(Confirm { token, session_token: session_token.clone(), program: program(&headers), head: Letterhead::of(site).await? }).await;
    let welcome = confirmed.map_err(Failure::from).map(|_| {
        let mut response = signed_in(site, &session_token, WELCOME);
        response.headers_mut().append(header::SET_COOKIE, set_cookie(site, JOINING_COOKIE, "", 0));
        response
    });
    or_spent(&context, LinkPurpose::Confirm, welcome).await
}
