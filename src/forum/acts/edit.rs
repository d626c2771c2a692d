//! Editing, deleting and restoring a Post. Revisions stay; deleting leaves a tombstone that keeps the tree.

use crate::error::{Error, Result, Say};
use crate::forum::kinds::Forum;
use crate::forum::tells::thing_of;
use crate::forum::{Post, PostId, post, writable};
use crate::journal::{Act, Kind, Reads, Tx};
use crate::people::Reader;
use crate::values;
use crate::web::Rendered;

/// Changes a Post's words. Refused when it changed since the form was filled: both texts are kept.
pub struct EditPost {
    pub by: Reader,
    pub post: PostId,
    /// The version the form was filled from.
    pub version: i64,
    pub source: String,
    pub rendered: Rendered,
}

/// Deletes a Post: its author, or whoever keeps order in its Space.
pub struct DeletePost {
    pub by: Reader,
    pub post: PostId,
}

/// Undoes a deletion: whoever deleted it, or a Moderator.
pub struct RestorePost {
    pub by: Reader,
    pub post: PostId,
}

async fn own(tx: &Tx, by: &Reader, id: PostId) -> Result<Post> {
    let member = by.signed_in()?.id;
    let post = post(tx, by, id).await?;
    if post.author != Some(member) && !by.moderates(post.space.0) {
        return Err(Error::NotAllowed);
    }
    Ok(post)
}

impl Act for EditPost {
    type Answer = String;

    async fn run(&self, tx: &Tx) -> Result<String> {
        let post = own(tx, &self.by, self.post).await?;
        let by = self.by.signed_in()?.id;
        if post.author != Some(by) {
            return Err(Error::NotAllowed);
        }
        writable(post.archived_at)?;
        if post.deleted_at.is_some() {
            return Err(Error::conflict("wrong-post-deleted"));
        }
        if post.source == self.source {
            return Ok(post.href());
        }
        if post.version != self.version {
            return Err(Error::conflict(Say::new("wrong-changed-meanwhile")));
        }
        let old = "INSERT INTO post_revision (post, version, source, by, at) VALUES ($1, $2, $3, $4, $5)";
        tx.write(old, values![post.id, post.version, post.source.clone(), by, tx.now()]).await?;
        tx.write(
            "UPDATE post SET source = $2, html = $3, edited_at = $4, version = version + 1 WHERE id = $1",
            values![post.id, self.source.clone(), self.rendered.0.clone(), tx.now()],
        )
        .await?;
        tx.record(Some(by.0), &Forum::PostEdited { post: post.id.0, topic: post.topic.0 }).await?;
        Ok(post.href())
    }
}

impl Act for DeletePost {
    type Answer = String;

    async fn run(&self, tx: &Tx) -> Result<String> {
        let post = own(tx, &self.by, self.post).await?;
        if post.deleted_at.is_some() {
            return Ok(post.href());
        }
        let by = self.by.signed_in()?.id;
        let sql = "UPDATE post SET deleted_at = $2, deleted_by = $3, version = version + 1 WHERE id = $1";
        tx.write(sql, values![post.id, tx.now(), by]).await?;
        tx.record(Some(by.0), &Forum::PostDeleted { post: post.id.0, topic: post.topic.0, author: post.author.map(|author| author.0).filter(|author| *author != by.0) }).await?;
        crate::notify::thing_changed(tx, Forum::DOMAIN, &thing_of(post.id)).await?;
        Ok(post.href())
    }
}

impl Act for RestorePost {
    type Answer = String;

    async fn run(&self, tx: &Tx) -> Result<String> {
        let post = own(tx, &self.by, self.post).await?;
        let by = self.by.signed_in()?.id;
        if post.deleted_at.is_none() {
            return Ok(post.href());
        }
        let is_erased = "SELECT id FROM post WHERE id = $1 AND erased_at IS NOT NULL";
        if tx.value::<i64>(is_erased, values![post.id]).await?.is_some() {
            return Err(Error::conflict("wrong-words-erased"));
        }
        if post.deleted_by != Some(by) && !self.by.moderates(post.space.0) {
            return Err(Error::NotAllowed);
        }
        let sql = "UPDATE post SET deleted_at = NULL, deleted_by = NULL, version = version + 1 WHERE id = $1";
        tx.write(sql, values![post.id]).await?;
        tx.record(Some(by.0), &Forum::PostRestored { post: post.id.0, topic: post.topic.0, author: post.author.map(|author| author.0).filter(|author| *author != by.0) }).await?;
        crate::notify::thing_changed(tx, Forum::DOMAIN, &thing_of(post.id)).await?;
        Ok(post.href())
    }
}
