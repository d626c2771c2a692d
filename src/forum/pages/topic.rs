//! A Topic's page: the tree, entered anywhere at the same cost, and the reply to it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::scrub::Scrub;
use super::shown::{Shown, read_of, shown};
use crate::error::{Error, Result};
use crate::forum::rules::{allows, checked_text};
use crate::forum::{MarkRead, Reply, TopicId};
use crate::journal::{FormKey, Room};
use crate::secret;
use crate::web::{Answer, Context, Fill, Form, Page, Piece, Wrongs, cache, redirect};

#[derive(Clone, Copy, Debug, Deserialize, Default, PartialEq, Eq, Hash)]
#[serde(default)]
pub struct At {
    /// The Post to show: its permalink.
    pub(super) post: Option<i64>,
    /// The Post to begin with.
    pub(super) from: Option<i64>,
}

#[derive(Template)]
#[template(path = "forum/topic.html")]
struct TopicPage {
    page: Page,
    shown: Arc<Shown>,
    state: String,
    opening: String,
    /// Kept compressed; the template writes where it goes.
    tree: Arc<Piece>,
    unread: Vec<i64>,
    scrub: Option<Scrub>,
    may_reply: bool,
    form: ReplyForm,
    wrongs: Wrongs,
}

/// The Topic (GET /topics/{id} and /topics/{id}/{slug}; the slug is decoration).
pub async fn show(context: Context, Path(id): Path<TopicId>, Query(at): Query<At>, headers: HeaderMap) -> Answer {
    page_at(&context, id, at, &headers).await
}

/// The same with its readable address; an old slug finds it, too.
pub async fn show_slug(context: Context, Path((id, _)): Path<(TopicId, String)>, Query(at): Query<At>, headers: HeaderMap) -> Answer {
    page_at(&context, id, at, &headers).await
}

async fn page_at(context: &Context, id: TopicId, at: At, headers: &HeaderMap) -> Answer {
    let version = match cache::kept(context, headers, &[Room::Topic(id.0)]).await? {
        Ok(kept) => return Ok(kept),
        Err(version) => version,
    };
    let page = draw(context, id, at, ReplyForm::default(), Wrongs::default()).await?;
    // Without our modules nobody says what was on screen: then opening the page counts.
    if context.reader.member.is_some() && !context.has_script && !page.unread.is_empty() {
        let act = MarkRead { by: (*context.reader).clone(), topic: id, numbers: page.unread.clone() };
        context.site.write(act).await?;
    }
    match version {
        Some(version) => Ok(cache::keep(version, headers, page.tree.in_page(&page.render()?)?)),
        None => Ok(page.tree.answer(StatusCode::OK, &page.render()?, headers)?),
    }
}

async fn draw(context: &Context, id: TopicId, at: At, form: ReplyForm, wrongs: Wrongs) -> Result<TopicPage> {
    // The numbers first, then the rows: taken later they would be a gap.
    let page = context.page(&[Room::Topic(id.0)]).await?;
    let (reader, words) = (&context.reader, context.words());
    let shown = shown(context, id, at).await?;
    let read = read_of(context, id).await?;
    let signed_in = reader.member.is_some();
    let unread = |number: i64| signed_in && !read.contains(number);
    let fill = Fill { reader, words, unread: &unread };
    let mut unread_numbers: Vec<i64> = shown.posts.iter().filter(|(number, author)| unread(*number) && *author != reader.id()).map(|(number, _)| *number).collect();
    unread_numbers.sort_unstable();
    let topic = &shown.topic;
    let may_reply = allows(reader, topic.place(), topic.may_reply).is_ok() && (topic.closed_at.is_none() || reader.moderates(topic.space.0));
    Ok(TopicPage {
        state: shown.state.fill(&fill),
        opening: shown.opening.fill(&fill),
        tree: shown.tree(&fill)?,
        unread: unread_numbers,
        scrub: Scrub::of(topic.posts, shown.here, signed_in.then_some(&*read)),
        page,
        shown,
        may_reply,
        form: ReplyForm { key: secret::token(), ..form },
        wrongs,
    })
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReplyForm {
    pub body: String,
    pub parent: String,
    pub key: String,
    /// Which button: `preview` shows, anything else posts.
    pub r#do: String,
}

/// Answers a Topic or one of its Posts (POST /topics/{id}/posts).
pub async fn reply(context: Context, Path(id): Path<TopicId>, headers: HeaderMap, Form(form): Form<ReplyForm>) -> Answer {
    if form.r#do == "preview" {
        return super::post::preview(&context, id, form).await;
    }
    let posted = match checked(&context, id, &form).await {
        Ok(act) => context.site.write(act).await,
        Err(error) => Err(error),
    };
    match posted {
        // The composer's module asks where it went; a browser is sent there.
        Ok(posted) if headers.contains_key("x-plenary") => Ok((StatusCode::CREATED, axum::Json(serde_json::json!({ "number": posted.number, "href": posted.href }))).into_response()),
        Ok(posted) => Ok(redirect(&posted.href)),
        Err(error) if headers.contains_key("x-plenary") => {
            let wrongs = Wrongs::of(error)?;
            let words: Vec<String> = wrongs.0.iter().map(|wrong| context.words().say(&wrong.say)).collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, axum::Json(serde_json::json!({ "wrong": words.join(" ") }))).into_response())
        }
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            let page = draw(&context, id, At::default(), form, wrongs).await?;
            Ok(page.tree.answer(StatusCode::UNPROCESSABLE_ENTITY, &page.render()?, &headers)?)
        }
    }
}

pub(super) async fn checked(context: &Context, topic: TopicId, form: &ReplyForm) -> Result<Reply> {
    context.member()?;
    context.count_write()?;
    let source = checked_text(&form.body).map_err(|wrong| Error::Invalid(vec![wrong]))?;
    let parent = match form.parent.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Error::NotFound)?),
    };
    Ok(Reply {
        by: (*context.reader).clone(),
        topic,
        parent,
        rendered: context.render(&source).await?,
        key: FormKey::of(&form.key, &["post", &topic.to_string(), &form.parent, &source]),
        source,
    })
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct ReadForm {
    /// Numbers with commas between.
    numbers: String,
}

/// Says which Posts were on screen (POST /topics/{id}/read).
pub async fn read(context: Context, Path(topic): Path<TopicId>, Form(form): Form<ReadForm>) -> Answer {
    context.member()?;
    let numbers = form.numbers.split(',').filter_map(|number| number.trim().parse().ok()).take(500).collect();
    context.site.write(MarkRead { by: (*context.reader).clone(), topic, numbers }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
