//! Between registering and confirming: "check your mail", the mail once more, and where a spent link leads on.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;

use super::mails::LinkMail;
use crate::app::Site;
use crate::error::{Error, Result};
use crate::limits::Counted;
use crate::mail::Address;
use crate::people::acts::{LinkPurpose, NewLink, check_address};
use crate::people::{AskLink, account_by_email, fold_email};
use crate::web::{Answer, Context, Failure, Form, JOINING_COOKIE, Page, Wrongs, html, html_with, read_cookie, redirect, set_cookie, wrong_form};

/// Days that a browser remembers the address it registered with.
const REMEMBERED: i64 = 1;

#[derive(Template)]
#[template(path = "people/mailed.html")]
struct MailedPage {
    page: Page,
    email: String,
    is_again: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Not empty where the mail was asked for once more.
    again: String,
}

/// Where the mail went (GET /register/mailed). The same for every address, known or not; without one there is nothing to say.
pub async fn show(context: Context, headers: HeaderMap, Query(asked): Query<Asked>) -> Answer {
    if context.reader.member.is_some() {
        return Ok(redirect("/"));
    }
    let Some(email) = read_cookie(&headers, JOINING_COOKIE).filter(|email| !email.is_empty()) else { return Ok(redirect("/register")) };
    html(&MailedPage { page: context.page(&[]).await?, email, is_again: !asked.again.is_empty() })
}

/// Goes to that page. The address travels in a cookie: in an address bar it would stay in histories and logs.
pub(in crate::people) fn gone_to(site: &Site, email: &str, is_again: bool) -> axum::response::Response {
    let mut response = redirect(if is_again { "/register/mailed?again=yes" } else { "/register/mailed" });
    response.headers_mut().append(header::SET_COOKIE, set_cookie(site, JOINING_COOKIE, email, REMEMBERED));
    response
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AgainForm {
    email: String,
}

/// Mails the confirmation once more (POST /register/again). The same answer for every address; the mail goes out after it.
pub async fn again(context: Context, Form(AgainForm { email }): Form<AgainForm>) -> Answer {
    let site = context.site.clone();
    let address = match site.limits.count(Counted::MailAsked, context.peer).and_then(|()| check_address(&email)) {
        Ok(address) => address,
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            let page = context.page(&[]).await?;
            return wrong_form(&SpentPage { page, is_confirmation: true, email, wrongs });
        }
    };
    let response = gone_to(&site, &address, true);
    let tasks = site.tasks.clone();
    tasks.spawn(async move {
        if let Err(error) = mail_again(&site, &fold_email(&address)).await {
            tracing::error!("confirmation once more: {error}");
        }
    });
    Ok(response)
}

/// What an address gets that registers once more: its confirmation as long as that is missing, then a way in. Whether it
/// has an account is said by mail, never on the page.
pub(super) async fn mail_again(site: &Site, folded: &str) -> Result<()> {
    mail_again_to(site, folded, "").await
}

/// The same; the way in goes on to a path, unless that is empty.
pub(in crate::people) async fn mail_again_to(site: &Site, folded: &str, next: &str) -> Result<()> {
    let Some(account) = account_by_email(&site.db, folded).await? else { return Ok(()) };
    let (Some(email), None) = (account.email, account.suspended_at) else { return Ok(()) };
    let (purpose, mail) = match account.confirmed_at {
        None => (LinkPurpose::Confirm, LinkMail::Confirm),
        Some(_) => (LinkPurpose::SignIn, LinkMail::Known),
    };
    let link = NewLink::new(purpose);
    let to = Address { name: account.name, email };
    let next = if purpose == LinkPurpose::SignIn { next } else { "" };
    let mail = mail.write_to(site, Some(account.id), to, account.language, &link.token, next).await?;
    site.note(AskLink { member: Some(account.id), link, mail: Some(mail) }).await
}

#[derive(Template)]
#[template(path = "people/spent.html")]
struct SpentPage {
    page: Page,
    /// A link that confirms, or one that signs in.
    is_confirmation: bool,
    email: String,
    wrongs: Wrongs,
}

/// What the page of a link becomes where the link was used, has expired or never was one (410): a way on.
pub(super) async fn or_spent(context: &Context, purpose: LinkPurpose, done: Answer) -> Answer {
    match done {
        Err(Failure(Error::Gone)) => {
            let page = context.page(&[]).await?;
            let is_confirmation = purpose == LinkPurpose::Confirm;
            html_with(StatusCode::GONE, &SpentPage { page, is_confirmation, email: String::new(), wrongs: Wrongs::default() })
        }
        done => done,
    }
}
