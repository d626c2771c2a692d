//! The list of Spaces, one Space with its Topics, and starting a Topic.

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use crate::{boards, workshops};
use crate::error::{Error, Result};
use crate::forum::live::RowTemplate;
use crate::forum::rules::{allows, may_manage, checked_text, checked_title, clean_tags};
use crate::forum::{self, Space, SpaceId, StartTopic, TopicRow};
use crate::journal::{FormKey, Room};
use crate::secret;
use crate::web::{Answer, Context, Fill, Form, Fragment, Page, Wrongs, html, redirect, wrong_form};

/// Topics on one page of a list.
const PAGE: usize = 30;

#[derive(Template)]
#[template(path = "forum/spaces.html")]
struct SpacesPage {
    page: Page,
    spaces: Vec<Space>,
    archived: Vec<Space>,
}

/// The Spaces one may see (GET /spaces).
pub async fn list(context: Context) -> Answer {
    let db = &context.site.db;
    let page = context.page(&forum::heard(db, &context.reader).await?).await?;
    html(&SpacesPage { page, spaces: forum::spaces(db, &context.reader).await?, archived: forum::archived(db, &context.reader).await? })
}

#[derive(Deserialize)]
#[serde(default)]
pub struct After {
    at: i64,
    id: i64,
}

impl Default for After {
    fn default() -> Self {
        Self { at: i64::MAX, id: i64::MAX }
    }
}

#[derive(Template)]
#[template(path = "forum/space.html")]
struct SpacePage {
    page: Page,
    space: Space,
    rows: String,
    may_start: bool,
    next: Option<String>,
    /// The Space's open Boards, drawn.
    boards: String,
    may_schedule: bool,
    /// Dialogues.
    may_open: bool,
    may_manage: bool,
    /// The next Workshops here, as a short list.
    workshops: String,
}

/// A Space and its Topics (GET /spaces/{id}).
pub async fn show(context: Context, Path(id): Path<SpaceId>, Query(after): Query<After>) -> Answer {
    let page = context.page(&[Room::Space(id.0)]).await?;
    let db = &context.site.db;
    let space = forum::space(db, &context.reader, id).await?;
    let after = forum::After { at: after.at, id: after.id };
    let mut topics = forum::topics_of(db, &context.reader, id, after, PAGE as u64 + 1).await?;
    let next = (topics.len() > PAGE).then(|| topics.truncate(PAGE)).and_then(|()| topics.last());
    let next = next.map(|last| format!("/spaces/{id}?at={}&id={}", last.last_post_at.micros(), last.id));
    let may_start = allows(&context.reader, space.place(), space.may_start).is_ok();
    let boards = boards::rows(context.words(), &boards::boards_of(db, id).await?)?;
    let may_schedule = workshops::may_schedule(&context.reader, &space).is_ok();
    let workshops = workshops::pages::next(&context, Some(id.0)).await?;
    let may_open = allows(&context.reader, space.place(), space.may_open).is_ok();
    let may_manage = may_manage(&context.reader, space.place()).is_ok();
    html(&SpacePage { boards, may_schedule, may_open, may_manage, workshops, rows: rows(&context, &topics)?, page, space, may_start, next })
}

/// Lines of a list of Topics, each the fragment that the live line sends, with what is unread laid over.
pub fn rows(context: &Context, topics: &[TopicRow]) -> Result<String> {
    let words = context.words();
    let signed_in = context.reader.member.is_some();
    topics
        .iter()
        .map(|row| {
            let unread = signed_in && row.unread() > 0;
            let fill = Fill { reader: &context.reader, words, unread: &|_| unread };
            let text = RowTemplate { words, row, number: 0, none: None }.render()?;
            Ok(Fragment::parse(&text).fill(&fill))
        })
        .collect()
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TopicForm {
    title: String,
    body: String,
    tags: String,
    key: String,
    /// Which button: `preview` shows, anything else posts.
    r#do: String,
}

#[derive(Template)]
#[template(path = "forum/new_topic.html")]
struct NewTopicPage {
    page: Page,
    space: Space,
    form: TopicForm,
    wrongs: Wrongs,
    preview: Option<String>,
}

/// The form of a new Topic (GET /spaces/{id}/topics/new).
pub async fn new_topic(context: Context, Path(id): Path<SpaceId>) -> Answer {
    let page = context.page(&[]).await?;
    let space = forum::space(&context.site.db, &context.reader, id).await?;
    allows(&context.reader, space.place(), space.may_start)?;
    let form = TopicForm { key: secret::token(), ..Default::default() };
    html(&NewTopicPage { page, space, form, wrongs: Wrongs::default(), preview: None })
}

/// Starts a Topic (POST /spaces/{id}/topics), or shows how it will look.
pub async fn start(context: Context, Path(id): Path<SpaceId>, Form(form): Form<TopicForm>) -> Answer {
    let space = forum::space(&context.site.db, &context.reader, id).await?;
    if form.r#do == "preview" {
        let page = context.page(&[]).await?;
        let preview = Some(context.render(&form.body).await?.0);
        return html(&NewTopicPage { page, space, form, wrongs: Wrongs::default(), preview });
    }
    let started = match checked(&context, &space, &form).await {
        Ok(act) => context.site.write(act).await,
        Err(error) => Err(error),
    };
    match started {
        Ok((_, href)) => Ok(redirect(&href)),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            let page = context.page(&[]).await?;
            wrong_form(&NewTopicPage { page, space, form, wrongs, preview: None })
        }
    }
}

async fn checked(context: &Context, space: &Space, form: &TopicForm) -> Result<StartTopic> {
    context.count_write()?;
    let mut wrongs = Wrongs::default();
    let title = wrongs.take(checked_title(&form.title));
    let source = wrongs.take(checked_text(&form.body));
    let (Some(title), Some(source)) = (title, source) else { return Err(Error::Invalid(wrongs.0)) };
    Ok(StartTopic {
        by: (*context.reader).clone(),
        space: space.id,
        tags: clean_tags(&form.tags),
        language: context.reader.language.word().into(),
        rendered: context.render(&source).await?,
        key: FormKey::of(&form.key, &["topic", &space.id.to_string(), &title, &source]),
        title,
        source,
    })
}
