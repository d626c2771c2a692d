//! Starting a Topic: its title and its first Post.

use crate::error::{Error, Result};
use crate::forum::kinds::Forum;
use crate::forum::rules::{allows, slug};
use crate::forum::{May, SpaceId, TopicId, topic_href};
use crate::journal::{Act, FormKey, MaybeId, Reads, Tx};
use crate::people::Reader;
use crate::people::rights::{Layer, Place};
use crate::values;
use crate::web::Rendered;

/// A new Topic, by somebody who may start one in its Space.
pub struct StartTopic {
    pub by: Reader,
    pub space: SpaceId,
    pub title: String,
    pub tags: String,
    /// The language of its words; the Space's own goes first.
    pub language: String,
    pub source: String,
    pub rendered: Rendered,
    pub key: FormKey,
}

/// The same by somebody whose right to it has been looked at: a Workshop's minutes are its facilitators' to publish.
pub struct AddTopic(pub StartTopic);

impl Act for StartTopic {
    /// The Topic and its address.
    type Answer = (TopicId, String);

    async fn run(&self, tx: &Tx) -> Result<(TopicId, String)> {
        let sql = "SELECT layer, CASE WHEN archived_at IS NULL THEN may_start ELSE 'nobody' END FROM space WHERE id = $1";
        let rows = tx.rows(sql, values![self.space]).await?;
        let row = rows.first().ok_or(Error::NotFound)?;
        let (layer, may_start): (Layer, May) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        allows(&self.by, Place { space: self.space.0, layer }, may_start)?;
        self.add(tx).await
    }
}

impl Act for AddTopic {
    type Answer = (TopicId, String);

    async fn run(&self, tx: &Tx) -> Result<(TopicId, String)> {
        self.0.add(tx).await
    }
}

impl StartTopic {
    async fn add(&self, tx: &Tx) -> Result<(TopicId, String)> {
        let by = self.by.signed_in()?;
        let spoken: String = tx.value("SELECT language FROM space WHERE id = $1", values![self.space]).await?.ok_or(Error::NotFound)?;
        let slug = slug(&self.title);
        if let Some(topic) = tx.already(by.id.0, &self.key).await? {
            return Ok((TopicId(topic), topic_href(TopicId(topic), &slug)));
        }
        let language = if spoken.is_empty() { self.language.clone() } else { spoken };
        let topic = tx
            .insert(
                "INSERT INTO topic (space, author, title, slug, language, tags, created_at, posts, last_post_at, last_post_by)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $7, $2) RETURNING id",
                values![self.space, by.id, self.title.clone(), slug.clone(), language.clone(), self.tags.clone(), tx.now()],
            )
            .await?;
        let post = tx
            .insert(
                "INSERT INTO post (topic, number, path, author, speaks_for, language, source, html, created_at, version)
                 VALUES ($1, 1, '', $2, $3, $4, $5, $6, $7, 1) RETURNING id",
                values![
                    topic,
                    by.id,
                    MaybeId(by.speaks_for.as_ref().map(|organisation| organisation.id.0)),
                    language,
                    self.source.clone(),
                    self.rendered.0.clone(),
                    tx.now()
                ],
            )
            .await?;
        tx.done(by.id.0, &self.key, topic).await?;
        tx.record(Some(by.id.0), &Forum::TopicStarted { topic, space: self.space.0, post }).await?;
        Ok((TopicId(topic), topic_href(TopicId(topic), &slug)))
    }
}
