//! What must be true of Spaces, Topics and Posts, for `plenary verify`.

use std::future::Future;
use std::pin::Pin;

use futures_util::{StreamExt, pin_mut};

use super::ReadSet;
use crate::error::Result;
use crate::journal::{Checks, Snapshot, Stored, Told};

/// What `plenary verify` looks at here.
pub const CHECKS: Checks = Checks {
    domain: "forum",
    stored: &[
        Stored {
            says: "Topic {id} says that {is} Posts were made in it, and there are {should}.",
            sql: "SELECT t.id, t.posts, COALESCE(p.amount, 0) FROM topic t LEFT JOIN (SELECT topic, count(*) AS amount FROM post GROUP BY topic) p ON p.topic = t.id
                  WHERE t.posts <> COALESCE(p.amount, 0)",
        },
        Stored {
            says: "Topic {id} says that its last Post is of {is}, and it is of {should} (microseconds since 1970).",
            sql: "SELECT t.id, t.last_post_at, p.created_at FROM topic t JOIN post p ON p.topic = t.id AND p.number = t.posts WHERE p.created_at <> t.last_post_at",
        },
        Stored {
            says: "Topic {id} says that its last Post is by Member {is}, and it is by {should} (0: by nobody).",
            sql: "SELECT t.id, COALESCE(t.last_post_by, 0), COALESCE(p.author, 0) FROM topic t JOIN post p ON p.topic = t.id AND p.number = t.posts
                  WHERE COALESCE(t.last_post_by, 0) <> COALESCE(p.author, 0)",
        },
        Stored {
            says: "Post {id} is not below the Post {should} that it answers.",
            sql: "SELECT p.id, p.number, p.parent FROM post p LEFT JOIN post q ON q.topic = p.topic AND q.number = p.parent
                  WHERE p.parent IS NOT NULL AND (q.id IS NULL OR substr(p.path, 1, length(p.path) - 4) <> q.path)",
        },
        Stored {
            says: "Post {id} is version {is} and has an earlier version {should}, which is not earlier.",
            sql: "SELECT p.id, p.version, r.version FROM post p JOIN post_revision r ON r.post = p.id WHERE r.version >= p.version",
        },
    ],
    told: &[
        Told { says: "Space {id} was never told of.", rows: "SELECT id FROM space", kinds: &["space_added"], ids: &["about"] },
        Told { says: "Space {id} was archived, and nobody was told.", rows: "SELECT id FROM space WHERE archived_at IS NOT NULL", kinds: &["space_changed"], ids: &["about"] },
        Told { says: "Topic {id} was never told of.", rows: "SELECT id FROM topic", kinds: &["topic_started"], ids: &["about"] },
        Told { says: "Post {id}, the first of its Topic, was never told of.", rows: "SELECT id FROM post WHERE number = 1", kinds: &["topic_started"], ids: &["post"] },
        Told { says: "Post {id} was never told of.", rows: "SELECT id FROM post WHERE number > 1", kinds: &["post_added"], ids: &["about"] },
        Told { says: "Post {id} was edited, and nobody was told.", rows: "SELECT id FROM post WHERE edited_at IS NOT NULL", kinds: &["post_edited"], ids: &["about"] },
        Told { says: "Post {id} was deleted, and nobody was told.", rows: "SELECT id FROM post WHERE deleted_at IS NOT NULL", kinds: &["post_deleted"], ids: &["about"] },
    ],
    things: &[("space", "space"), ("topic", "topic"), ("post", "post"), ("member", "member")],
    others: &[amounts],
};

/// How many Posts somebody has read, beside the ranges that say which.
fn amounts(db: &Snapshot) -> Pin<Box<dyn Future<Output = Result<Vec<String>>> + Send + '_>> {
    Box::pin(async move {
        let rows = db.stream("SELECT member, topic, amount, numbers FROM topic_read").await?;
        pin_mut!(rows);
        let mut wrong = Vec::new();
        while let Some(row) = rows.next().await {
            let row = row?;
            let (member, topic, amount, numbers): (i64, i64, i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            let should = ReadSet::parse(&numbers).len();
            if amount != should {
                wrong.push(format!("Member {member} is said to have read {amount} Posts of Topic {topic}, and those that are named are {should}."));
            }
        }
        Ok(wrong)
    })
}
