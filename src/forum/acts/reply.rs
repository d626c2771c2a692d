//! Answering a Post. Statements: at most eight (a test counts them).

use sea_orm::FromQueryResult;

use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::forum::kinds::Forum;
use crate::forum::rules::{allows, path_of};
use crate::forum::{May, PostId, TopicId, post_href};
use crate::journal::{Act, FormKey, MaybeId, Reads, Tx};
use crate::people::Reader;
use crate::people::rights::{Layer, Place};
use crate::values;
use crate::web::Rendered;

/// A reply to a Topic. Errors: not found, not allowed, closed; nothing is written then.
pub struct Reply {
    pub by: Reader,
    pub topic: TopicId,
    /// The number of the Post it answers; `None` is the Topic itself.
    pub parent: Option<i64>,
    /// Markdown as typed, and what became of it.
    pub source: String,
    pub rendered: Rendered,
    pub key: FormKey,
}

/// What was posted and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub post: PostId,
    pub topic: TopicId,
    pub number: i64,
    pub href: String,
}

#[derive(FromQueryResult)]
struct Target {
    space: i64,
    layer: Layer,
    may_reply: May,
    slug: String,
    language: String,
    closed_at: Option<Instant>,
    parent_path: Option<String>,
    parent_deleted: Option<i64>,
    stands: Option<i64>,
}

impl Act for Reply {
    type Answer = Posted;

    async fn run(&self, tx: &Tx) -> Result<Posted> {
        let by = self.by.signed_in()?;
        let parent = self.parent.unwrap_or(1);
        let target = target(tx, self.topic, parent, by.id.0).await?;
        let place = Place { space: target.space, layer: target.layer };
        allows(&self.by, place, target.may_reply)?;
        if target.stands.is_none() {
            return Err(Error::NotAllowed);
        }
        if let Some(post) = tx.already(by.id.0, &self.key).await? {
            return posted(tx, PostId(post), self.topic, &target.slug).await;
        }
        if target.closed_at.is_some() && !self.by.moderates(target.space) {
            return Err(Error::conflict("wrong-topic-closed"));
        }
        let parent_path = target.parent_path.ok_or(Error::NotFound)?;
        if target.parent_deleted.is_some() {
            return Err(Error::conflict("wrong-parent-deleted"));
        }
        let counted = tx
            .write_returning::<Counted>(
                "UPDATE topic SET posts = posts + 1, last_post_at = $2, last_post_by = $3 WHERE id = $1 RETURNING posts",
                values![self.topic, tx.now(), by.id],
            )
            .await?;
        let number = counted.first().ok_or(Error::NotFound)?.posts;
        let post = tx
            .insert(
                "INSERT INTO post (topic, number, parent, path, author, speaks_for, language, source, html, created_at, version)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) RETURNING id",
                values![
                    self.topic,
                    number,
                    parent,
                    path_of(&parent_path, number),
                    by.id,
                    MaybeId(by.speaks_for.as_ref().map(|organisation| organisation.id.0)),
                    target.language,
                    self.source.clone(),
                    self.rendered.0.clone(),
                    tx.now()
                ],
            )
            .await?;
        tx.done(by.id.0, &self.key, post).await?;
        let entry = Forum::PostAdded { post, topic: self.topic.0, space: target.space, parent: Some(parent) };
        tx.record(Some(by.id.0), &entry).await?;
        Ok(Posted { post: PostId(post), topic: self.topic, number, href: post_href(self.topic, &target.slug, number) })
    }
}

#[derive(FromQueryResult)]
struct Counted {
    posts: i64,
}

/// The Topic, the Post that is answered, and whether the author is (still) someone who may write: one statement.
async fn target(tx: &Tx, topic: TopicId, parent: i64, by: i64) -> Result<Target> {
    tx.one(
        "SELECT t.space, s.layer, CASE WHEN s.archived_at IS NULL THEN s.may_reply ELSE 'nobody' END AS may_reply, t.slug, t.language, t.closed_at, p.path AS parent_path, p.deleted_at AS parent_deleted,
                m.id AS stands
         FROM topic t JOIN space s ON s.id = t.space
         LEFT JOIN post p ON p.topic = t.id AND p.number = $2
         LEFT JOIN member m ON m.id = $3 AND m.confirmed_at IS NOT NULL AND m.suspended_at IS NULL AND m.erased_at IS NULL
         WHERE t.id = $1",
        values![topic, parent, by],
    )
    .await?
    .ok_or(Error::NotFound)
}

/// The same answer as the first time.
async fn posted(tx: &Tx, post: PostId, topic: TopicId, slug: &str) -> Result<Posted> {
    let number: i64 = tx.value("SELECT number FROM post WHERE id = $1", values![post]).await?.ok_or(Error::NotFound)?;
    Ok(Posted { post, topic, number, href: post_href(topic, slug, number) })
}
