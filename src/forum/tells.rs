//! What the forum tells people: replies to them, mentions, and what of their Spaces is worth a place in a digest.

use std::collections::{HashMap, HashSet};

use sea_orm::FromQueryResult;

use super::kinds::Forum;
use super::named;
use super::posts::view;
use super::worth::{News, worth};
use super::{After, PostId, ReadSet, TopicId, TopicRow, post, post_href, read_set, topics};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Entry, Kind, Reads};
use crate::live::BoxFuture;
use crate::notify::{Described, DigestItem, Line, Telling, Tells};
use crate::people::rights::{Layer, Place, may_read};
use crate::people::{MemberId, Reader};
use crate::values;
use crate::web::{Words, mentions};

/// Topics looked at for a digest.
const TOPICS: u64 = 60;
/// Posts of them looked at.
const POSTS: u64 = 600;
/// Characters of what somebody said.
const EXCERPT: usize = 240;

/// The forum's part in what people are told.
pub struct Teller;

impl Tells for Teller {
    fn domain(&self) -> &'static str {
        Forum::DOMAIN
    }

    fn told<'a>(&'a self, site: &'a Site, entry: &'a Entry) -> BoxFuture<'a, Result<Vec<Telling>>> {
        Box::pin(async move {
            match Forum::of(entry) {
                Some(Forum::PostAdded { post, parent, .. }) => told(site, entry.actor, PostId(post), parent).await,
                Some(Forum::TopicStarted { post, .. }) => told(site, entry.actor, PostId(post), None).await,
                // Only those who were not named before get a notice: it is one a person and Post.
                Some(Forum::PostEdited { post, .. }) => told(site, entry.actor, PostId(post), None).await,
                Some(Forum::SpacePeopleChanged { space, member, is_new: true, .. }) => named::told(site, entry.actor, space, member).await,
                _ => Ok(Vec::new()),
            }
        })
    }

    fn describe<'a>(&'a self, site: &'a Site, reader: &'a Reader, thing: &'a str) -> BoxFuture<'a, Result<Option<Described>>> {
        Box::pin(async move {
            if let Some(space) = named::space_of(thing) {
                return named::described(site, reader, space).await;
            }
            let Some(id) = post_of(thing) else { return Ok(None) };
            let post = match post(&site.db, reader, id).await {
                Ok(post) if post.deleted_at.is_none() => post,
                Ok(_) | Err(Error::NotFound) => return Ok(None),
                Err(error) => return Err(error),
            };
            let who = view(&site.db, id).await?.and_then(|view| view.author_name).unwrap_or_else(|| Words(reader.language).t("former-member"));
            let line = Line::said(crate::web::markdown::excerpt(&post.html, EXCERPT));
            Ok(Some(Described { href: post.href(), who, title: post.title, line }))
        })
    }

    fn still_wait<'a>(&'a self, site: &'a Site, reader: &'a Reader, things: &'a [String]) -> BoxFuture<'a, Result<Vec<String>>> {
        Box::pin(async move {
            let mut waiting = still_wait(site, reader, things).await?;
            waiting.extend(named::still_wait(site, reader, things).await?);
            Ok(waiting)
        })
    }

    fn digest<'a>(&'a self, site: &'a Site, reader: &'a Reader, since: Instant) -> BoxFuture<'a, Result<Vec<DigestItem>>> {
        Box::pin(digest(site, reader, since))
    }
}

fn post_of(thing: &str) -> Option<PostId> {
    thing.strip_prefix("post:")?.parse().ok()
}

/// The name that notices of a Post go by.
pub fn thing_of(post: PostId) -> String {
    format!("post:{post}")
}

/// Whom a Post concerns: those it names, and whoever wrote what it answers. One notice a person; being named goes first.
async fn told(site: &Site, actor: Option<i64>, id: PostId, parent: Option<i64>) -> Result<Vec<Telling>> {
    // Everything is read as it is now: what was deleted meanwhile concerns nobody.
    let sql = "SELECT p.topic, p.number, p.source, p.author, t.space, s.layer, a.author AS answered
        FROM post p JOIN topic t ON t.id = p.topic JOIN space s ON s.id = t.space
        LEFT JOIN post a ON a.topic = p.topic AND a.number = $2
        WHERE p.id = $1 AND p.deleted_at IS NULL";
    let Some(post) = site.db.one::<Told>(sql, values![id, parent.unwrap_or(0)]).await? else { return Ok(Vec::new()) };
    let mut wanted: Vec<(MemberId, &'static str)> = mentioned(site, &post.source).await?.into_iter().map(|member| (member, "mention")).collect();
    wanted.extend(post.answered.map(|member| (member, "reply")));
    let mut tellings: Vec<Telling> = Vec::new();
    for (member, reason) in wanted {
        if Some(member.0) == actor || Some(member) == post.author || tellings.iter().any(|told| told.member == member) {
            continue;
        }
        let Some(known) = site.people.member(&site.db, &site.bus, member).await? else { continue };
        let reader = Reader::of(known, None);
        let place = Place { space: post.space, layer: post.layer };
        if !may_read(&reader, place) || read_set(&site.db, &reader, post.topic).await?.contains(post.number) {
            continue;
        }
        tellings.push(Telling { member, reason, thing: thing_of(id) });
    }
    Ok(tellings)
}

#[derive(FromQueryResult)]
struct Told {
    topic: TopicId,
    number: i64,
    source: String,
    author: Option<MemberId>,
    space: i64,
    layer: Layer,
    answered: Option<MemberId>,
}

async fn mentioned(site: &Site, source: &str) -> Result<Vec<MemberId>> {
    let handles = mentions(source);
    if handles.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=handles.len()).map(|at| format!("${at}")).collect();
    let sql = format!("SELECT id FROM member WHERE handle IN ({}) AND erased_at IS NULL", places.join(", "));
    site.db.column(&sql, handles.into_iter().map(Into::into).collect()).await
}

#[derive(FromQueryResult)]
struct Waiting {
    id: PostId,
    number: i64,
    space: i64,
    layer: Layer,
    numbers: Option<String>,
}

/// Posts that are there, may be seen and have not been read: one query, whatever the number.
async fn still_wait(site: &Site, reader: &Reader, things: &[String]) -> Result<Vec<String>> {
    let ids: Vec<String> = things.iter().filter_map(|thing| post_of(thing)).map(|id| id.to_string()).collect();
    let Some(member) = reader.id().filter(|_| !ids.is_empty()) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT p.id, p.number, t.space, s.layer, r.numbers
         FROM post p JOIN topic t ON t.id = p.topic JOIN space s ON s.id = t.space
         LEFT JOIN topic_read r ON r.topic = p.topic AND r.member = $1
         WHERE p.id IN ({}) AND p.deleted_at IS NULL",
        ids.join(", ")
    );
    let rows: Vec<Waiting> = site.db.all(&sql, values![member]).await?;
    let waits = |row: &Waiting| {
        let is_read = row.numbers.as_deref().is_some_and(|numbers| ReadSet::parse(numbers).contains(row.number));
        !is_read && may_read(reader, Place { space: row.space, layer: row.layer })
    };
    Ok(rows.iter().filter(|row| waits(row)).map(|row| thing_of(row.id)).collect())
}

#[derive(FromQueryResult)]
struct New {
    topic: TopicId,
    number: i64,
    author: Option<MemberId>,
    author_name: Option<String>,
    html: String,
    created_at: Instant,
}

/// Topics of the Spaces that the reader may see, with Posts since then that they have not read.
async fn digest(site: &Site, reader: &Reader, since: Instant) -> Result<Vec<DigestItem>> {
    let mut rows = topics(&site.db, reader, After::default(), TOPICS).await?;
    rows.retain(|row| row.last_post_at > since);
    let Some(member) = reader.id().filter(|_| !rows.is_empty()) else { return Ok(Vec::new()) };
    let list = rows.iter().map(|row| row.id.to_string()).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT p.topic, p.number, p.author, m.name AS author_name, p.html, p.created_at
         FROM post p LEFT JOIN member m ON m.id = p.author AND m.erased_at IS NULL
         WHERE p.topic IN ({list}) AND p.created_at > $1 AND p.deleted_at IS NULL ORDER BY p.id DESC LIMIT {POSTS}"
    );
    let posts: Vec<New> = site.db.all(&sql, values![since]).await?;
    let sql = format!("SELECT topic, numbers FROM topic_read WHERE member = $1 AND topic IN ({list})");
    let mut read: HashMap<i64, ReadSet> = HashMap::new();
    for row in site.db.rows(&sql, values![member]).await? {
        let (topic, numbers): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        read.insert(topic, ReadSet::parse(&numbers));
    }
    let is_new = |post: &&New| post.author != Some(member) && !read.get(&post.topic.0).is_some_and(|read| read.contains(post.number));
    let new: Vec<&New> = posts.iter().filter(is_new).collect();
    Ok(rows.iter().filter_map(|row| item(row, &new, reader, site.now())).collect())
}

fn item(row: &TopicRow, new: &[&New], reader: &Reader, now: Instant) -> Option<DigestItem> {
    let words = Words(reader.language);
    let new: Vec<&&New> = new.iter().filter(|post| post.topic == row.id).collect();
    let voices: HashSet<Option<MemberId>> = new.iter().map(|post| post.author).collect();
    let opening = new.iter().find(|post| post.number == 1);
    let quoted = opening.or(new.first())?;
    let first = new.iter().map(|post| post.number).min()?;
    let news = News {
        posts: i64::try_from(new.len()).unwrap_or(i64::MAX),
        voices: i64::try_from(voices.len()).unwrap_or(i64::MAX),
        is_started: opening.is_some(),
        hours_old: now.since(new.first()?.created_at).num_hours(),
    };
    let counted = words.with("digest-note-posts", &[("n", news.posts.to_string()), ("people", words.n("digest-note-people", news.voices))]);
    Some(DigestItem {
        reason: if news.is_started { "topic-started" } else { "topic-active" },
        described: Described {
            href: post_href(row.id, &row.slug, first),
            who: quoted.author_name.clone().unwrap_or_else(|| words.t("former-member")),
            title: row.title.clone(),
            line: Line::said(crate::web::markdown::excerpt(&quoted.html, EXCERPT)),
        },
        thing: format!("topic:{}", row.id),
        note: format!("{} · {counted}", row.space_title),
        at: row.last_post_at,
        weight: worth(news),
    })
}
