//! A Topic's page: the tree, entered anywhere at the same cost, and the reply to it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::scrub::Scrub;
use crate::error::{Error, Result};
use crate::forum::live::StateTemplate;
use crate::forum::posts::{context_of, fragments};
use crate::forum::rules::{PAGE, allows, checked_text, drawn_under};
use crate::forum::{self, MarkRead, PostPlace, Reply, Topic, TopicId};
use crate::journal::{FormKey, Room};
use crate::secret;
use crate::web::{Answer, cache, Context, Fill, Form, Fragment, Page, Words, Wrongs, html, redirect, render_markdown, wrong_form};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct At {
    /// The Post to show: its permalink.
    post: Option<i64>,
    /// The Post to begin with.
    from: Option<i64>,
}

#[derive(Template)]
#[template(path = "forum/topic.html")]
struct TopicPage {
    page: Page,
    topic: Topic,
    state: String,
    opening: String,
    tree: String,
    /// The paths of the first and the last Post shown; empty where the page begins or ends with the Topic.
    first: String,
    last: String,
    earlier: Option<String>,
    later: Option<String>,
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
        Some(version) => Ok(cache::keep(version, headers, page.render()?)),
        None => html(&page),
    }
}

async fn draw(context: &Context, id: TopicId, at: At, form: ReplyForm, wrongs: Wrongs) -> Result<TopicPage> {
    // The numbers first, then the rows: taken later they would be a gap.
    let page = context.page(&[Room::Topic(id.0)]).await?;
    let (site, reader, words) = (&context.site, &context.reader, context.words());
    let topic = forum::topic(&site.db, reader, id).await?;
    let window = window(context, &topic, at).await?;
    let mut wanted = window.posts.clone();
    wanted.extend(window.around.iter().cloned());
    wanted.push(window.opening.clone());
    let fragments = fragments(site, words, &wanted).await?;
    let read = forum::read_set(&site.db, reader, id).await?;
    let signed_in = reader.member.is_some();
    let unread = |number: i64| signed_in && !read.contains(number);
    let fill = Fill { reader, words, unread: &unread };
    let filled = |place: &PostPlace| fragments.get(&place.id).map(|fragment| fragment.fill(&fill)).unwrap_or_default();
    let state = StateTemplate { words, replies: (topic.posts - 1).max(0), last_post_at: topic.last_post_at }.render()?;
    let shown = window.posts.iter().chain(std::iter::once(&window.opening));
    let mut unread_numbers: Vec<i64> = shown.filter(|place| unread(place.number) && place.author != reader.id()).map(|place| place.number).collect();
    unread_numbers.sort_unstable();
    let may_reply = allows(reader, topic.place(), topic.may_reply).is_ok() && (topic.closed_at.is_none() || reader.moderates(topic.space.0));
    let href = topic.href();
    Ok(TopicPage {
        state: Fragment::parse(&state).fill(&fill),
        opening: filled(&window.opening),
        tree: tree(&window, words, &filled),
        first: if window.earlier.is_some() { window.posts.first().map(|place| place.path.clone()).unwrap_or_default() } else { String::new() },
        last: if window.later.is_some() { window.posts.last().map(|place| place.path.clone()).unwrap_or_default() } else { String::new() },
        earlier: window.earlier.map(|number| format!("{href}?from={number}#p{number}")),
        later: window.later.map(|number| format!("{href}?from={number}#p{number}")),
        unread: unread_numbers,
        scrub: Scrub::of(&topic, window.posts.first(), window.earlier.is_some(), &unread),
        page,
        topic,
        may_reply,
        form: ReplyForm { key: secret::token(), ..form },
        wrongs,
    })
}

/// The part of the tree on one page.
struct Window {
    opening: PostPlace,
    posts: Vec<PostPlace>,
    /// Posts that the first one stands under, named so that the lists have a place.
    around: Vec<PostPlace>,
    earlier: Option<i64>,
    later: Option<i64>,
}

async fn window(context: &Context, topic: &Topic, at: At) -> Result<Window> {
    let db = &context.site.db;
    let wanted = at.from.or(at.post.filter(|_| topic.posts > PAGE as i64));
    let mut numbers = vec![1];
    numbers.extend(wanted);
    let places = forum::places_of(db, topic.id, &numbers).await?;
    let opening = places.iter().find(|place| place.number == 1).cloned().ok_or(Error::NotFound)?;
    let start = match wanted.filter(|number| *number > 1) {
        Some(number) => places.into_iter().find(|place| place.number == number).ok_or(Error::NotFound)?.path,
        None => forum::path_of("", 2).chars().map(|_| '0').collect(),
    };
    let mut posts = forum::places_from(db, topic.id, &start, PAGE + 1).await?;
    posts.retain(|place| place.number != 1);
    let later = if posts.len() > PAGE { posts.pop().map(|place| place.number) } else { None };
    let Some(first) = posts.first() else { return Ok(Window { opening, posts, around: Vec::new(), earlier: None, later }) };
    let around = forum::places_of(db, topic.id, &context_of(first)).await?;
    let earlier = if wanted.is_some() { forum::page_before(db, topic.id, &first.path).await?.filter(|number| *number > 1).or(Some(2)) } else { None };
    let earlier = earlier.filter(|number| *number != first.number);
    Ok(Window { opening, posts, around, earlier, later })
}

/// Nests the Posts, which come in the order of the tree, into one another's lists.
fn tree(window: &Window, words: Words, filled: &dyn Fn(&PostPlace) -> String) -> String {
    const CLOSED: &str = "</ol></details></li>";
    let mut html = String::new();
    let mut open: Vec<i64> = Vec::new();
    let context = window.around.iter().map(|place| (place, true));
    for (place, is_context) in context.chain(window.posts.iter().map(|place| (place, false))) {
        let list = drawn_under(&place.path);
        while open.last().is_some_and(|number| *number != list) {
            open.pop();
            html.push_str(CLOSED);
        }
        let number = place.number;
        if is_context {
            html.push_str(&format!("<li class=\"post context\" data-key=\"{}\"><a class=\"meta\" href=\"?post={number}#p{number}\">#{number} …</a><details class=\"branch\" id=\"b{number}\" open><summary><span>{}</span></summary><ol class=\"replies\" id=\"r{number}\" data-keep>", place.path, words.t1("post-branch", "number", number)));
        } else {
            let text = filled(place);
            html.push_str(text.trim_end().strip_suffix(CLOSED).unwrap_or(&text));
        }
        open.push(number);
    }
    open.iter().for_each(|_| html.push_str(CLOSED));
    html
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
    let posted = match checked(&context, id, &form) {
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
            wrong_form(&draw(&context, id, At::default(), form, wrongs).await?)
        }
    }
}

pub(super) fn checked(context: &Context, topic: TopicId, form: &ReplyForm) -> Result<Reply> {
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
        rendered: render_markdown(&source),
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
