//! What waits: one list, the newest first, each with why.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, Uri, header::REFERER};

use crate::clock::Instant;
use crate::error::Result;
use crate::journal::Room;
use crate::limits::NOTICES;
use crate::notify::live::NoticeTemplate;
use crate::notify::{MarkNoticesRead, queries};
use crate::web::{Answer, Context, Fill, Fragment, Page, html, redirect};

#[derive(Template)]
#[template(path = "notify/waiting.html")]
struct WaitingPage {
    page: Page,
    notices: String,
}

/// The list (GET /waiting). Opening it marks nothing.
pub async fn list(context: Context) -> Answer {
    let page = context.page(&[Room::Site]).await?;
    html(&WaitingPage { page, notices: rows(&context, NOTICES).await? })
}

/// The rows of the newest notices that wait for the reader, at most so many.
pub async fn rows(context: &Context, most: usize) -> Result<String> {
    let words = context.words();
    let fill = Fill { reader: &context.reader, words, unread: &|_| true };
    let shown = queries::shown_first(&context.site, &context.reader, Instant::from_micros(0), most).await?;
    shown.iter().map(|shown| Ok(Fragment::parse(&NoticeTemplate { words, shown }.render()?).fill(&fill))).collect()
}

/// The list that a form was sent from: home's short one, or the whole.
fn list_of(headers: &HeaderMap) -> &'static str {
    let from = headers.get(REFERER).and_then(|value| value.to_str().ok()).and_then(|from| from.parse::<Uri>().ok());
    if from.is_some_and(|from| from.path() == "/") { "/" } else { "/waiting" }
}

/// Goes to the thing, which no longer waits then (POST /waiting/{id}).
pub async fn open(context: Context, Path(notice): Path<i64>) -> Answer {
    let by = context.member()?.id;
    let owned = queries::owned(&context.site.db, by, notice).await?;
    let shown = queries::describe(&context.site, &context.reader, owned).await?;
    let href = shown.map_or("/waiting".to_owned(), |shown| shown.described.href);
    context.site.write(MarkNoticesRead { by, notice: Some(notice) }).await?;
    Ok(redirect(&href))
}

/// Marks one as read (POST /waiting/{id}/read).
pub async fn mark(context: Context, Path(notice): Path<i64>, headers: HeaderMap) -> Answer {
    let by = context.member()?.id;
    queries::owned(&context.site.db, by, notice).await?;
    context.site.write(MarkNoticesRead { by, notice: Some(notice) }).await?;
    Ok(redirect(list_of(&headers)))
}

/// Marks all as read (POST /waiting/read).
pub async fn mark_all(context: Context) -> Answer {
    let by = context.member()?.id;
    context.site.write(MarkNoticesRead { by, notice: None }).await?;
    Ok(redirect("/waiting"))
}
