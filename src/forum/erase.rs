//! What erasing a Member does in the forum: their words go if they wish, the tree stays, private Spaces keep a Moderator.

use super::kinds::{Forum, PersonChange};
use super::tells::thing_of;
use super::PostId;
use crate::error::Result;
use crate::journal::{Kind, Reads, Tx};
use crate::live::BoxFuture;
use crate::people::MemberId;
use crate::people::account::Erases;
use crate::values;

/// Posts, or Spaces, of one act: each takes a handful of statements.
const BATCH: usize = 100;

/// The forum's part in erasing.
pub struct Eraser;

impl Erases for Eraser {
    fn step<'a>(&'a self, tx: &'a Tx, member: MemberId, words: bool) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move {
            if leave_spaces(tx, member).await? {
                return Ok(true);
            }
            if words { posts(tx, member).await } else { Ok(false) }
        })
    }
}

/// They are named in no Space any more. A private one whose only Moderator they were is kept by whoever was named first.
async fn leave_spaces(tx: &Tx, member: MemberId) -> Result<bool> {
    let sql = format!(
        "SELECT p.space, p.moderates, s.layer FROM space_person p JOIN space s ON s.id = p.space WHERE p.member = $1 ORDER BY p.space LIMIT {BATCH}"
    );
    let named = tx.rows(&sql, values![member]).await?;
    for row in &named {
        let (space, moderates, layer): (i64, bool, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        tx.write("DELETE FROM space_person WHERE space = $1 AND member = $2", values![space, member]).await?;
        tx.record(None, &Forum::SpacePeopleChanged { space, member: member.0, is_new: false, what: Some(PersonChange::Removed) }).await?;
        if moderates && layer == "private" {
            keep_a_moderator(tx, space).await?;
        }
    }
    Ok(named.len() == BATCH)
}

async fn keep_a_moderator(tx: &Tx, space: i64) -> Result<()> {
    let sql = "SELECT p.member, p.moderates FROM space_person p JOIN member m ON m.id = p.member
        WHERE p.space = $1 AND m.erased_at IS NULL AND m.suspended_at IS NULL ORDER BY p.moderates DESC, p.member LIMIT 1";
    let rows = tx.rows(sql, values![space]).await?;
    let Some(row) = rows.first() else { return Ok(()) };
    let (next, moderates): (i64, bool) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    if moderates {
        return Ok(());
    }
    tx.write("UPDATE space_person SET moderates = TRUE WHERE space = $1 AND member = $2", values![space, next]).await?;
    tx.record(None, &Forum::SpacePeopleChanged { space, member: next, is_new: false, what: Some(PersonChange::Moderates) }).await.map(|_| ())
}

/// Takes the words out of their Posts and earlier versions; a mark with the date stays in each place.
async fn posts(tx: &Tx, member: MemberId) -> Result<bool> {
    let sql = format!("SELECT id, topic FROM post WHERE author = $1 AND erased_at IS NULL ORDER BY id LIMIT {BATCH}");
    let posts = tx.rows(&sql, values![member]).await?;
    for row in &posts {
        let (post, topic): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        tx.write("DELETE FROM post_revision WHERE post = $1", values![post]).await?;
        tx.write(
            "UPDATE post SET source = '', html = '', deleted_at = COALESCE(deleted_at, $2), deleted_by = NULL, erased_at = $2, version = version + 1 WHERE id = $1",
            values![post, tx.now()],
        )
        .await?;
        tx.record(None, &Forum::PostDeleted { post, topic, author: None }).await?;
        crate::notify::thing_changed(tx, Forum::DOMAIN, &thing_of(PostId(post))).await?;
    }
    Ok(posts.len() == BATCH)
}
