//! Posts as fragments: rendered once per version and language, kept in memory, the same on pages and on the live line.

use std::collections::HashMap;
use std::sync::LazyLock;

use askama::Template;
use moka::sync::Cache;
use sea_orm::FromQueryResult;

use super::rules::{drawn_under, numbers_in};
use super::{PostId, PostPlace, TopicId, post_href};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Reads, Room};
use crate::people::{Level, MemberId};
use crate::values;
use crate::web::{Fragment, Words, slots};

/// Bytes of rendered Posts kept in memory.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// A Post, its version, the language of the words around it, and the site's own version (names may have changed).
type Key = (PostId, i64, Words, i64);

static CACHE: LazyLock<Cache<(String, Key), Fragment>> =
    LazyLock::new(|| Cache::builder().max_capacity(CACHE_BYTES).weigher(|_, fragment: &Fragment| fragment.weight()).build());

/// A Post as its template shows it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct PostView {
    pub id: PostId,
    pub topic: TopicId,
    pub slug: String,
    pub space: i64,
    pub number: i64,
    pub parent: Option<i64>,
    pub path: String,
    pub author: Option<MemberId>,
    pub author_name: Option<String>,
    pub handle: Option<String>,
    pub short_name: Option<String>,
    pub level: Option<Level>,
    pub language: String,
    pub html: String,
    pub created_at: Instant,
    pub edited_at: Option<Instant>,
    pub deleted_at: Option<Instant>,
    /// When its words went at their author's wish.
    pub erased_at: Option<Instant>,
    pub version: i64,
}

#[derive(Template)]
#[template(path = "forum/_post.html")]
struct PostTemplate<'a> {
    words: Words,
    post: &'a PostView,
}

impl PostView {
    pub fn href(&self) -> String {
        post_href(self.topic, &self.slug, self.number)
    }

    /// Where somebody without an account says that it should be looked at.
    pub fn report_href(&self) -> String {
        format!("/help?kind=report&about={}", crate::web::errors::encode(&self.href()))
    }

    pub fn is_opening(&self) -> bool {
        self.number == 1
    }

    /// Whether it is listed beside deeper Posts than it answers, so that it has to say whom it answers.
    pub fn is_flat(&self) -> bool {
        self.parent.is_some_and(|parent| parent != drawn_under(&self.path))
    }

    pub fn hue(&self) -> String {
        crate::web::face_hue(&self.author.map_or(0, |id| id.0))
    }

    /// The list it is drawn in.
    pub fn list(&self) -> String {
        format!("r{}", drawn_under(&self.path))
    }

    pub fn initials(&self) -> String {
        crate::people::initials(self.author_name.as_deref().unwrap_or("·"))
    }

    /// What a screen reader is told when it arrives.
    pub fn announcement(&self, words: Words) -> String {
        let name = self.author_name.clone().unwrap_or_else(|| words.t("former-member"));
        words.t2("post-announced", ("name", &name), ("text", &crate::web::markdown::excerpt(&self.html, 140)))
    }
}

const VIEW: &str = "SELECT p.id, p.topic, t.slug, t.space, p.number, p.parent, p.path, p.author, m.name AS author_name, m.handle,
           o.short_name, o.level, p.language, p.html, p.created_at, p.edited_at, p.deleted_at, p.erased_at, p.version
    FROM post p JOIN topic t ON t.id = p.topic
    LEFT JOIN member m ON m.id = p.author AND m.erased_at IS NULL
    LEFT JOIN organisation o ON o.id = p.speaks_for";

/// One Post's view, for the live line.
pub async fn view(db: &impl Reads, id: PostId) -> Result<Option<PostView>> {
    db.one(&format!("{VIEW} WHERE p.id = $1"), values![id]).await
}

/// A Post's fragment, not from the cache.
pub fn fragment(words: Words, post: &PostView) -> Result<Fragment> {
    Ok(Fragment::parse(&PostTemplate { words, post }.render()?))
}

/// The fragments of these Posts, from the cache; what is missing there is looked up in one query.
pub async fn fragments(site: &Site, words: Words, places: &[PostPlace]) -> Result<HashMap<PostId, Fragment>> {
    let head = site.heads.of(&site.db, &site.bus, &[Room::Site]).await?[0];
    let key = |place: &PostPlace| (site.epoch.name.clone(), (place.id, place.version, words, head));
    let mut found: HashMap<PostId, Fragment> = HashMap::new();
    let mut missing = Vec::new();
    for place in places {
        match CACHE.get(&key(place)) {
            Some(fragment) => drop(found.insert(place.id, fragment)),
            None => missing.push(place.id.to_string()),
        }
    }
    if missing.is_empty() {
        return Ok(found);
    }
    let views: Vec<PostView> = site.db.all(&format!("{VIEW} WHERE p.id IN ({})", missing.join(", ")), vec![]).await?;
    for view in views {
        let fragment = fragment(words, &view)?;
        CACHE.insert((site.epoch.name.clone(), (view.id, view.version, words, head)), fragment.clone());
        found.insert(view.id, fragment);
    }
    Ok(found)
}

/// The numbers of the Posts around a page's first one, from the root down, that have to be named so that its lists
/// have a place.
pub fn context_of(first: &PostPlace) -> Vec<i64> {
    let mut numbers = numbers_in(&first.path);
    numbers.pop();
    numbers.truncate(super::rules::NESTED);
    numbers
}
