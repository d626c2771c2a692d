//! What reads the forum.

use sea_orm::FromQueryResult;

use super::{May, PostId, ReadSet, SpaceId, TopicId};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{MaybeId, Reads, Room};
use crate::limits::SPACES_HEARD;
use crate::people::rights::{Layer, Place, readable, visible};
use crate::people::{Language, MemberId, Reader};
use crate::values;

/// The row of a Space `s` that has its words for a reader of the language `$1`: in it, else in the first of the network's
/// languages that there are words in (the main one before the others), else in whichever.
macro_rules! space_words {
    ($alias:literal) => {
        concat!(
            "JOIN space_text ", $alias, " ON ", $alias, ".space = s.id AND ", $alias, ".language =
            COALESCE((SELECT l.language FROM space_text l WHERE l.space = s.id AND l.language = $1),
                     (SELECT l.language FROM space_text l LEFT JOIN network_language n ON n.language = l.language
                      WHERE l.space = s.id ORDER BY COALESCE(n.position, 100), l.language LIMIT 1))"
        )
    };
}
pub(crate) use space_words;

/// A Space as lists and pages show it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Space {
    pub id: SpaceId,
    pub layer: Layer,
    pub language: String,
    pub may_start: May,
    pub may_reply: May,
    pub may_schedule: May,
    pub may_open: May,
    pub archived_at: Option<Instant>,
    pub title: String,
    pub purpose: String,
    /// The language of its title, where the reader's own is missing.
    pub title_language: String,
}

impl Space {
    pub fn place(&self) -> Place {
        Place { space: self.id.0, layer: self.layer }
    }
}

/// Title and purpose in the reader's language, else in the network's main one. In an archived Space nobody may
/// do what its rules would let them.
const SPACE: &str = concat!("SELECT s.id, s.layer, s.language, s.archived_at, t.title, t.purpose, t.language AS title_language,
        CASE WHEN s.archived_at IS NULL THEN s.may_start ELSE 'nobody' END AS may_start,
        CASE WHEN s.archived_at IS NULL THEN s.may_reply ELSE 'nobody' END AS may_reply,
        CASE WHEN s.archived_at IS NULL THEN s.may_schedule ELSE 'nobody' END AS may_schedule,
        CASE WHEN s.archived_at IS NULL THEN s.may_open ELSE 'nobody' END AS may_open
    FROM space s ", space_words!("t"));

/// The Spaces a reader may see, in their order; the archived ones are [`archived`].
pub async fn spaces(db: &impl Reads, reader: &Reader) -> Result<Vec<Space>> {
    let sql = format!("{SPACE} WHERE s.archived_at IS NULL AND {} ORDER BY s.position, s.id LIMIT 200", readable(reader, "s"));
    db.all(&sql, values![reader.language]).await
}

/// The archived Spaces that a reader may see.
pub async fn archived(db: &impl Reads, reader: &Reader) -> Result<Vec<Space>> {
    let sql = format!("{SPACE} WHERE s.archived_at IS NOT NULL AND {} ORDER BY s.position, s.id LIMIT 200", readable(reader, "s"));
    db.all(&sql, values![reader.language]).await
}

/// All Spaces in their order, for those who run the site: private ones too, by their titles.
pub async fn all_spaces(db: &impl Reads, reader: &Reader) -> Result<Vec<Space>> {
    db.all(&format!("{SPACE} ORDER BY s.position, s.id LIMIT 500"), values![reader.language]).await
}

/// The Rooms of a list across the Spaces that a reader may see: theirs, as far as one page listens.
pub async fn heard(db: &impl Reads, reader: &Reader) -> Result<Vec<Room>> {
    let sql = format!("SELECT s.id FROM space s WHERE {} ORDER BY (CASE WHEN s.archived_at IS NULL THEN 0 ELSE 1 END), s.position, s.id LIMIT {SPACES_HEARD}", readable(reader, "s"));
    let spaces: Vec<i64> = db.column(&sql, values![]).await?;
    Ok(spaces.into_iter().map(Room::Space).chain([Room::Site]).collect())
}

/// One Space, if the reader may see it.
pub async fn space(db: &impl Reads, reader: &Reader, id: SpaceId) -> Result<Space> {
    let space: Option<Space> = db.one(&format!("{SPACE} WHERE s.id = $2"), values![reader.language, id]).await?;
    let space = space.ok_or(Error::NotFound)?;
    visible(reader, space.place())?;
    Ok(space)
}

/// Where a Space is, for rights alone.
pub async fn place_of_space(db: &impl Reads, id: i64) -> Result<Option<Place>> {
    let layer: Option<Layer> = db.value("SELECT layer FROM space WHERE id = $1", values![id]).await?;
    Ok(layer.map(|layer| Place { space: id, layer }))
}

/// Where a Topic is, for rights alone.
pub async fn place_of_topic(db: &impl Reads, id: i64) -> Result<Option<Place>> {
    let rows = db.rows("SELECT s.id, s.layer FROM topic t JOIN space s ON s.id = t.space WHERE t.id = $1", values![id]).await?;
    rows.first().map(|row| Ok(Place { space: row.try_get_by_index(0)?, layer: row.try_get_by_index(1)? })).transpose()
}

/// A Topic with its Space.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Topic {
    pub id: TopicId,
    pub space: SpaceId,
    pub layer: Layer,
    pub may_reply: May,
    pub space_title: String,
    /// The language of that title.
    pub space_language: String,
    pub author: Option<MemberId>,
    pub title: String,
    pub slug: String,
    pub language: String,
    pub tags: String,
    pub created_at: Instant,
    pub posts: i64,
    pub last_post_at: Instant,
    pub closed_at: Option<Instant>,
}

impl Topic {
    pub fn place(&self) -> Place {
        Place { space: self.space.0, layer: self.layer }
    }

    pub fn href(&self) -> String {
        topic_href(self.id, &self.slug)
    }

    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.split(", ").filter(|tag| !tag.is_empty())
    }
}

/// `/topics/42/a-readable-slug`; the slug is decoration.
pub fn topic_href(id: TopicId, slug: &str) -> String {
    if slug.is_empty() { format!("/topics/{id}") } else { format!("/topics/{id}/{slug}") }
}

const TOPIC: &str = concat!("SELECT t.id, t.space, s.layer, CASE WHEN s.archived_at IS NULL THEN s.may_reply ELSE 'nobody' END AS may_reply, x.title AS space_title, x.language AS space_language, t.author, t.title, t.slug, t.language, t.tags,
           t.created_at, t.posts, t.last_post_at, t.closed_at
    FROM topic t JOIN space s ON s.id = t.space ", space_words!("x"));

/// One Topic, if the reader may see it.
pub async fn topic(db: &impl Reads, reader: &Reader, id: TopicId) -> Result<Topic> {
    let topic = topic_for(db, reader.language, id).await?.ok_or(Error::NotFound)?;
    visible(reader, topic.place())?;
    Ok(topic)
}

/// One Topic, whoever asks: for the live line, which has looked at the door.
pub async fn topic_for(db: &impl Reads, language: Language, id: TopicId) -> Result<Option<Topic>> {
    db.one(&format!("{TOPIC} WHERE t.id = $2"), values![language, id]).await
}

/// A line of a list of Topics.
#[derive(Clone, Debug, FromQueryResult)]
pub struct TopicRow {
    pub id: TopicId,
    pub title: String,
    pub slug: String,
    pub language: String,
    pub space: SpaceId,
    pub space_title: String,
    /// The language of that title.
    pub space_language: String,
    pub posts: i64,
    pub last_post_at: Instant,
    pub author: Option<MemberId>,
    pub author_name: Option<String>,
    pub closed_at: Option<Instant>,
    /// How many of its Posts the reader has read; `None` when they never opened it.
    pub amount: Option<i64>,
}

impl TopicRow {
    pub fn href(&self) -> String {
        topic_href(self.id, &self.slug)
    }

    pub fn replies(&self) -> i64 {
        (self.posts - 1).max(0)
    }

    pub fn unread(&self) -> i64 {
        (self.posts - self.amount.unwrap_or(0)).max(0)
    }

    /// Its place in a list that shows the latest first.
    pub fn key(&self) -> String {
        list_key(self.last_post_at, self.id)
    }
}

/// Sorts the latest first when sorted upwards.
pub fn list_key(at: Instant, id: TopicId) -> String {
    format!("{:016x}{:08x}", i64::MAX - at.micros(), u32::MAX as i64 - id.0)
}

const TOPIC_ROW: &str = concat!("SELECT t.id, t.title, t.slug, t.language, t.space, x.title AS space_title, x.language AS space_language, t.posts, t.last_post_at, t.author,
           m.name AS author_name, t.closed_at, r.amount
    FROM topic t JOIN space s ON s.id = t.space ", space_words!("x"), "
    LEFT JOIN member m ON m.id = t.author AND m.erased_at IS NULL
    LEFT JOIN topic_read r ON r.topic = t.id AND r.member = $2");

/// Where a list goes on: the last shown Topic's moment and id.
#[derive(Clone, Copy, Debug)]
pub struct After {
    pub at: i64,
    pub id: i64,
}

impl Default for After {
    fn default() -> Self {
        Self { at: i64::MAX, id: i64::MAX }
    }
}

/// The Topics of a Space, the latest first.
pub async fn topics_of(db: &impl Reads, reader: &Reader, space: SpaceId, after: After, limit: u64) -> Result<Vec<TopicRow>> {
    let sql = format!(
        "{TOPIC_ROW} WHERE t.space = $3 AND (t.last_post_at < $4 OR (t.last_post_at = $4 AND t.id < $5))
         ORDER BY t.last_post_at DESC, t.id DESC LIMIT {limit}"
    );
    db.all(&sql, values![reader.language, MaybeId(reader.id().map(|id| id.0)), space, after.at, after.id]).await
}

/// The Topics of all Spaces a reader may see, the latest first.
pub async fn topics(db: &impl Reads, reader: &Reader, after: After, limit: u64) -> Result<Vec<TopicRow>> {
    let sql = format!(
        "{TOPIC_ROW} WHERE {} AND (t.last_post_at < $3 OR (t.last_post_at = $3 AND t.id < $4))
         ORDER BY t.last_post_at DESC, t.id DESC LIMIT {limit}",
        readable(reader, "s")
    );
    db.all(&sql, values![reader.language, MaybeId(reader.id().map(|id| id.0)), after.at, after.id]).await
}

/// One line of a list, for the live line.
pub async fn topic_row(db: &impl Reads, language: Language, id: TopicId) -> Result<Option<TopicRow>> {
    db.one(&format!("{TOPIC_ROW} WHERE t.id = $3"), values![language, MaybeId(None), id]).await
}

/// What a reader has read of a Topic.
pub async fn read_set(db: &impl Reads, reader: &Reader, topic: TopicId) -> Result<ReadSet> {
    let Some(member) = reader.id() else { return Ok(ReadSet::default()) };
    let text: Option<String> = db.value("SELECT numbers FROM topic_read WHERE member = $1 AND topic = $2", values![member, topic]).await?;
    Ok(text.map(|text| ReadSet::parse(&text)).unwrap_or_default())
}

/// A Post's place and version: what a page asks first; the words come from the cache.
#[derive(Clone, Debug, FromQueryResult)]
pub struct PostPlace {
    pub id: PostId,
    pub number: i64,
    pub path: String,
    pub version: i64,
    pub author: Option<MemberId>,
    pub deleted_at: Option<Instant>,
}

const POST_PLACE: &str = "SELECT id, number, path, version, author, deleted_at FROM post";

/// Posts in the order of the tree from `path` on.
pub async fn places_from(db: &impl Reads, topic: TopicId, path: &str, limit: usize) -> Result<Vec<PostPlace>> {
    db.all(&format!("{POST_PLACE} WHERE topic = $1 AND path >= $2 ORDER BY path LIMIT {limit}"), values![topic, path]).await
}

/// Posts by their numbers.
pub async fn places_of(db: &impl Reads, topic: TopicId, numbers: &[i64]) -> Result<Vec<PostPlace>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let list: Vec<String> = numbers.iter().take(super::rules::PAGE).map(ToString::to_string).collect();
    db.all(&format!("{POST_PLACE} WHERE topic = $1 AND number IN ({}) ORDER BY path", list.join(", ")), values![topic]).await
}

/// The number of the Post that begins the page before `path`.
pub async fn page_before(db: &impl Reads, topic: TopicId, path: &str) -> Result<Option<i64>> {
    let sql = format!("SELECT number FROM post WHERE topic = $1 AND path < $2 ORDER BY path DESC LIMIT {}", super::rules::PAGE);
    let numbers: Vec<i64> = db.column(&sql, values![topic, path]).await?;
    Ok(numbers.last().copied())
}

/// One Post with all that its page, its editor and its rules need.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Post {
    pub id: PostId,
    pub topic: TopicId,
    pub number: i64,
    pub parent: Option<i64>,
    pub path: String,
    pub author: Option<MemberId>,
    pub source: String,
    pub html: String,
    pub created_at: Instant,
    pub deleted_at: Option<Instant>,
    pub deleted_by: Option<MemberId>,
    pub version: i64,
    pub space: SpaceId,
    pub layer: Layer,
    pub slug: String,
    pub title: String,
    pub closed_at: Option<Instant>,
    /// When its Space was archived.
    pub archived_at: Option<Instant>,
}

impl Post {
    pub fn place(&self) -> Place {
        Place { space: self.space.0, layer: self.layer }
    }

    pub fn href(&self) -> String {
        post_href(self.topic, &self.slug, self.number)
    }
}

/// A Post's permalink, which never changes.
pub fn post_href(topic: TopicId, slug: &str, number: i64) -> String {
    format!("{}?post={number}#p{number}", topic_href(topic, slug))
}

const POST: &str = "SELECT p.id, p.topic, p.number, p.parent, p.path, p.author, p.source, p.html, p.created_at, p.deleted_at, p.deleted_by,
           p.version, t.space, s.layer, t.slug, t.title, t.closed_at, s.archived_at
    FROM post p JOIN topic t ON t.id = p.topic JOIN space s ON s.id = t.space";

/// A Post, if the reader may see it.
pub async fn post(db: &impl Reads, reader: &Reader, id: PostId) -> Result<Post> {
    let post: Post = db.one(&format!("{POST} WHERE p.id = $1"), values![id]).await?.ok_or(Error::NotFound)?;
    visible(reader, post.place())?;
    Ok(post)
}

/// A Post by its number in its Topic, if the reader may see it.
pub async fn post_numbered(db: &impl Reads, reader: &Reader, topic: TopicId, number: i64) -> Result<Post> {
    let post: Post = db.one(&format!("{POST} WHERE p.topic = $1 AND p.number = $2"), values![topic, number]).await?.ok_or(Error::NotFound)?;
    visible(reader, post.place())?;
    Ok(post)
}

/// The position of the last Space in the list; 0 where there is none.
pub async fn last_position(db: &impl Reads) -> Result<i64> {
    Ok(db.value("SELECT COALESCE(max(position), 0) FROM space", values![]).await?.unwrap_or(0))
}

/// Whether there is any Space at all.
pub async fn has_spaces(db: &impl Reads) -> Result<bool> {
    Ok(db.value::<i64>("SELECT id FROM space LIMIT 1", values![]).await?.is_some())
}
