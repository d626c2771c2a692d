//! The forum on the live line: Topics and the lists of Spaces.

use askama::Template;

use super::kinds::Forum;
use super::posts::{fragment, view};
use super::{PostId, TopicId, TopicRow, place_of_space, place_of_topic, topic_for, topic_row};
use crate::app::Site;
use crate::error::Result;
use crate::journal::{Entry, Kind, Room};
use crate::live::{BoxFuture, Domain, Door, Drawn, State};
use crate::people::rights::may_read;
use crate::web::{Fragment, Words, slots};

/// The forum's part in the live line.
pub struct Live;

impl Domain for Live {
    fn owns(&self, room: Room) -> bool {
        matches!(room, Room::Topic(_) | Room::Space(_))
    }

    fn door<'a>(&'a self, site: &'a Site, room: Room) -> BoxFuture<'a, Result<Door>> {
        Box::pin(async move {
            let place = match room {
                Room::Topic(id) => place_of_topic(&site.db, id).await?,
                Room::Space(id) => place_of_space(&site.db, id).await?,
                _ => None,
            };
            Ok(match place {
                Some(place) => Box::new(move |reader: &_| may_read(reader, place)) as Door,
                None => Box::new(|_: &_| false),
            })
        })
    }

    fn things(&self, entry: &Entry, room: Room) -> Vec<String> {
        let Some(kind) = Forum::of(entry) else { return Vec::new() };
        match (room, kind) {
            (Room::Topic(_), Forum::PostAdded { post, topic, .. }) => vec![format!("post:{post}"), format!("topic-state:{topic}")],
            (Room::Topic(_), Forum::PostEdited { post, .. } | Forum::PostDeleted { post, .. } | Forum::PostRestored { post, .. }) => {
                vec![format!("post:{post}")]
            }
            // Lists across Spaces have to hear of one more.
            (Room::Site, Forum::SpaceAdded { .. } | Forum::SpaceChanged { .. }) => vec!["lists:".into()],
            (Room::Space(_), Forum::SpacePeopleChanged { .. }) => vec!["people:".into()],
            // Its own page, and the lists of those who see it though it is private.
            (Room::Space(_), Forum::SpaceChanged { space, .. }) => vec!["lists:".into(), format!("space:{space}")],
            // Read on another device: lists mark it so.
            (Room::Member(_), Forum::TopicRead { topic, .. }) => vec![format!("read:{topic}")],
            (Room::Member(_), Forum::SpacePeopleChanged { .. }) => vec!["rights:".into()],
            (Room::Space(_), Forum::PostAdded { topic, .. } | Forum::TopicStarted { topic, .. }) => vec![format!("topic-row:{topic}")],
            _ => Vec::new(),
        }
    }

    fn draw<'a>(&'a self, site: &'a Site, _room: Room, thing: &'a str, words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move {
            let Some((kind, id)) = thing.split_once(':') else { return Ok(None) };
            let id: i64 = id.parse().unwrap_or_default();
            match kind {
                "lists" => Ok(Some(Drawn::each_anew("[data-across]"))),
                "space" => Ok(Some(Drawn::anew(format!("space-{id}"), ""))),
                "people" => Ok(Some(Drawn::anew("people", ""))),
                "read" => Ok(Some(Drawn::anew(format!("t{id}"), ""))),
                "rights" => Ok(Some(Drawn::anew("main", ""))),
                "post" => draw_post(site, PostId(id), words).await,
                "topic-state" => draw_state(site, TopicId(id), words).await,
                "topic-row" => draw_row(site, TopicId(id), words).await,
                _ => Ok(None),
            }
        })
    }
}

async fn draw_post(site: &Site, id: PostId, words: Words) -> Result<Option<Drawn>> {
    let Some(post) = view(&site.db, id).await? else { return Ok(None) };
    let list = (!post.is_opening()).then(|| post.list());
    let say = (post.version == 1).then(|| post.announcement(words));
    let state = State::Put { fragment: fragment(words, &post)?, list, key: post.path.clone(), say };
    Ok(Some(Drawn { id: format!("p{}", post.number), state }))
}

#[derive(Template)]
#[template(path = "forum/_state.html")]
pub(super) struct StateTemplate {
    pub words: Words,
    pub replies: i64,
    pub last_post_at: crate::clock::Instant,
}

async fn draw_state(site: &Site, id: TopicId, words: Words) -> Result<Option<Drawn>> {
    let Some(topic) = topic_for(&site.db, words.0, id).await? else { return Ok(None) };
    let text = StateTemplate { words, replies: (topic.posts - 1).max(0), last_post_at: topic.last_post_at }.render()?;
    Ok(Some(Drawn { id: "topic-state".into(), state: State::Put { fragment: Fragment::parse(&text), list: None, key: String::new(), say: None } }))
}

#[derive(Template)]
#[template(path = "forum/_topic_row.html")]
pub(super) struct RowTemplate<'a> {
    pub words: Words,
    pub row: &'a TopicRow,
    /// The mark is about the whole Topic (no number of a Post), whoever wrote last.
    pub number: i64,
    pub none: Option<crate::people::MemberId>,
}

async fn draw_row(site: &Site, id: TopicId, words: Words) -> Result<Option<Drawn>> {
    let Some(row) = topic_row(&site.db, words.0, id).await? else { return Ok(None) };
    let text = RowTemplate { words, row: &row, number: 0, none: None }.render()?;
    let state = State::Put { fragment: Fragment::parse(&text), list: Some("topics".into()), key: row.key(), say: None };
    Ok(Some(Drawn { id: format!("t{id}"), state }))
}
