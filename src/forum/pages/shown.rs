//! What a Topic's page shows everybody: looked up and put together once per version, language and zone, and kept. What
//! differs per reader is laid over it at each request.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use askama::Template;
use chrono_tz::Tz;
use moka::sync::Cache;

use super::topic::At;
use crate::error::{Error, Result};
use crate::forum::live::StateTemplate;
use crate::forum::posts::{context_of, fragments};
use crate::forum::rules::{PAGE, drawn_under};
use crate::forum::{self, PostId, PostPlace, ReadSet, Topic, TopicId};
use crate::journal::Room;
use crate::people::MemberId;
use crate::people::rights::visible;
use crate::web::slots::Joined;
use crate::web::{Context, Fill, Fragment, Piece, Remembered, Words};

/// Bytes of Topics' pages kept in memory.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    topic: TopicId,
    at: At,
    words: Words,
    zone: Tz,
}

/// The shared part of a page.
pub struct Shown {
    /// Which putting together this is, in this process.
    id: u64,
    pub topic: Topic,
    pub state: Fragment,
    pub opening: Fragment,
    tree: Fragment,
    /// Number and author of each Post on it.
    pub posts: Vec<(i64, Option<MemberId>)>,
    /// The number of the Post that the page begins with.
    pub here: i64,
    /// The paths of the first and the last Post shown; empty where the page begins or ends with the Topic.
    pub first: String,
    pub last: String,
    pub earlier: Option<String>,
    pub later: Option<String>,
}

static SHOWN: LazyLock<Remembered<Key, Arc<Shown>>> = LazyLock::new(|| {
    Remembered::new(CACHE_BYTES, |shown: &Arc<Shown>| shown.tree.weight().saturating_add(shown.opening.weight()).saturating_add(2048))
});

/// Which putting together, and which of its slots a reader sees filled.
type Seen = (u64, Vec<u64>);

/// Trees as those see them for whom the same is unread, and their own; plain and compressed.
static TREES: LazyLock<Cache<Seen, Arc<Piece>>> = LazyLock::new(|| {
    let weight = |_: &Seen, piece: &Arc<Piece>| piece.weight();
    Cache::builder().max_capacity(CACHE_BYTES).weigher(weight).build()
});

static NEXT: AtomicU64 = AtomicU64::new(0);

impl Shown {
    /// The tree as this reader sees it.
    pub fn tree(&self, fill: &Fill<'_>) -> Result<Arc<Piece>> {
        let key = (self.id, self.tree.sides(fill));
        if let Some(kept) = TREES.get(&key) {
            return Ok(kept);
        }
        let piece = Arc::new(Piece::new(self.tree.fill(fill))?);
        TREES.insert(key, piece.clone());
        Ok(piece)
    }
}

/// The page's shared part, if the reader may see it: from memory where nothing in its Rooms has happened since.
pub async fn shown(context: &Context, id: TopicId, at: At) -> Result<Arc<Shown>> {
    let (site, reader) = (&context.site, &context.reader);
    let key = Key { topic: id, at, words: context.words(), zone: reader.zone };
    let look_up = async {
        let topic = forum::topic(&site.db, reader, id).await?;
        Ok(Arc::new(put_together(context, topic, at).await?))
    };
    let shown = SHOWN.of(site, &[Room::Topic(id.0), Room::Site], key, look_up).await?;
    // Kept for all, seen by those who may.
    visible(reader, shown.topic.place())?;
    Ok(shown)
}

/// What each Member has read of each Topic; only their own Room moves it.
static READ: LazyLock<Remembered<(MemberId, TopicId), Arc<ReadSet>>> = LazyLock::new(|| Remembered::new(100_000, |_| 1));

/// What the reader has read of a Topic.
pub async fn read_of(context: &Context, topic: TopicId) -> Result<Arc<ReadSet>> {
    let (site, reader) = (&context.site, &context.reader);
    let Some(member) = reader.id() else { return Ok(Arc::default()) };
    let look_up = async { Ok(Arc::new(forum::read_set(&site.db, reader, topic).await?)) };
    READ.of(site, &[Room::Member(member.0)], (member, topic), look_up).await
}

async fn put_together(context: &Context, topic: Topic, at: At) -> Result<Shown> {
    let (words, zone) = (context.words(), context.reader.zone);
    let window = window(context, &topic, at).await?;
    let mut wanted = window.posts.clone();
    wanted.push(window.opening.clone());
    let fragments = fragments(&context.site, words, &wanted).await?;
    let dated = |fragment: &Fragment| {
        let mut joined = Joined::new(words, zone);
        joined.fragment(fragment);
        joined.done()
    };
    let state = StateTemplate { words, replies: (topic.posts - 1).max(0), last_post_at: topic.last_post_at }.render()?;
    let opening = fragments.get(&window.opening.id).ok_or(Error::NotFound)?;
    let first = window.posts.first().filter(|_| window.earlier.is_some());
    let page_from = |number: i64| format!("{0}?from={number}#p{number}", topic.href());
    Ok(Shown {
        id: NEXT.fetch_add(1, Ordering::Relaxed),
        state: dated(&Fragment::parse(&state)),
        opening: dated(opening),
        tree: tree(&window, words, &fragments, Joined::new(words, zone)),
        posts: wanted.iter().map(|place| (place.number, place.author)).collect(),
        here: first.map_or(1, |place| place.number),
        first: first.map(|place| place.path.clone()).unwrap_or_default(),
        last: if window.later.is_some() { window.posts.last().map(|place| place.path.clone()).unwrap_or_default() } else { String::new() },
        earlier: window.earlier.map(page_from),
        later: window.later.map(page_from),
        topic,
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
fn tree(window: &Window, words: Words, fragments: &HashMap<PostId, Fragment>, mut html: Joined) -> Fragment {
    const CLOSED: &str = "</ol></details></li>";
    let mut open: Vec<i64> = Vec::new();
    let context = window.around.iter().map(|place| (place, true));
    for (place, is_context) in context.chain(window.posts.iter().map(|place| (place, false))) {
        let list = drawn_under(&place.path);
        while open.last().is_some_and(|number| *number != list) {
            open.pop();
            html.text(CLOSED);
        }
        let number = place.number;
        if is_context {
            html.text(&format!("<li class=\"post context\" data-key=\"{}\"><a class=\"meta\" href=\"?post={number}#p{number}\">#{number} …</a><details class=\"branch\" id=\"b{number}\" open><summary><span>{}</span></summary><ol class=\"replies\" id=\"r{number}\" data-keep>", place.path, words.t1("post-branch", "number", number)));
        } else if let Some(fragment) = fragments.get(&place.id) {
            html.fragment(fragment);
            html.without(CLOSED);
        }
        open.push(number);
    }
    open.iter().for_each(|_| html.text(CLOSED));
    html.done()
}
