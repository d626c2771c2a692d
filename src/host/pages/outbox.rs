//! The outbox for admins: what waits and what was refused, with the server's words; never what a mail says.

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use crate::error::Result;
use crate::mail::{self, DropMail, Queued, RetryMail};
use crate::web::{Answer, Context, Page, Wrongs, html, redirect, wrong_form};

/// Mails on one page.
const PAGE: usize = 50;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    before: String,
}

#[derive(Template)]
#[template(path = "host/outbox.html")]
struct OutboxPage {
    page: Page,
    mails: Vec<Queued>,
    next: Option<i64>,
    wrongs: Wrongs,
}

async fn draw(context: &Context, asked: &Asked, wrongs: Wrongs) -> Result<OutboxPage> {
    let page = context.page(&[]).await?;
    let mut mails = mail::queued(&context.site.db, asked.before.parse().unwrap_or(i64::MAX), PAGE as u64 + 1).await?;
    let next = (mails.len() > PAGE).then(|| mails.truncate(PAGE)).and_then(|()| mails.last().map(|mail| mail.id));
    Ok(OutboxPage { page, mails, next, wrongs })
}

/// The list (GET /admin/outbox).
pub async fn list(context: Context, Query(asked): Query<Asked>) -> Answer {
    html(&draw(&context, &asked, Wrongs::default()).await?)
}

/// Has a mail tried again (POST /admin/outbox/{id}/retry).
pub async fn retry(context: Context, Path(mail): Path<i64>) -> Answer {
    let by = context.member()?.id;
    after(&context, context.site.write(RetryMail { by, mail }).await).await
}

/// Gives a mail up (POST /admin/outbox/{id}/drop).
pub async fn give_up(context: Context, Path(mail): Path<i64>) -> Answer {
    let by = context.member()?.id;
    after(&context, context.site.write(DropMail { by, mail }).await).await
}

async fn after(context: &Context, done: Result<()>) -> Answer {
    match done {
        Ok(()) => Ok(redirect("/admin/outbox")),
        Err(error) => wrong_form(&draw(context, &Asked::default(), Wrongs::of(error)?).await?),
    }
}
