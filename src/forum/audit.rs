//! What admins and Moderators did in Spaces, in words. Of a private Space that does not name the reader no title is told.

use super::kinds::Forum;
use super::{SpaceId, managed, place_of_space};
use crate::app::Site;
use crate::audit::{Audits, Line};
use crate::error::Result;
use crate::journal::{Entry, Kind, Reads};
use crate::live::BoxFuture;
use crate::people::Reader;
use crate::people::rights::may_read;
use crate::values;
use crate::web::Words;

/// The forum's part in the audit log.
pub struct Audit;

impl Audits for Audit {
    fn kinds(&self) -> &'static [&'static str] {
        &["forum.space_added", "forum.space_changed", "forum.space_people_changed", "forum.post_deleted", "forum.post_restored"]
    }

    fn line<'a>(&'a self, site: &'a Site, reader: &'a Reader, entry: &'a Entry) -> BoxFuture<'a, Result<Option<Line>>> {
        Box::pin(async move {
            let words = Words(reader.language);
            Ok(Some(match Forum::of(entry) {
                Some(Forum::SpaceAdded { space, .. }) => of_space(site, words, space, "log-space-added").await?,
                Some(Forum::SpaceChanged { space, what, .. }) => {
                    let key = what.map_or("log-space".to_owned(), |what| format!("log-space-{what}"));
                    of_space(site, words, space, &key).await?
                }
                Some(Forum::SpacePeopleChanged { space, member, what, .. }) => {
                    let key = what.map_or("log-space-person".to_owned(), |what| format!("log-space-person-{what}"));
                    let (name, _) = crate::audit::named(&site.db, member).await?.unwrap_or_default();
                    let title = title(site, words, space).await?;
                    Line { says: words.t2(&key, ("name", &name), ("title", &title)), href: Some(format!("/spaces/{space}/people")), reason: None }
                }
                Some(Forum::PostDeleted { post, topic, .. }) => of_post(site, reader, words, post, topic, "log-post-deleted").await?,
                Some(Forum::PostRestored { post, topic, .. }) => of_post(site, reader, words, post, topic, "log-post-restored").await?,
                _ => return Ok(None),
            }))
        })
    }
}

/// A Space's title: admins see those of all.
async fn title(site: &Site, words: Words, space: i64) -> Result<String> {
    let sql = "SELECT title FROM space_text WHERE space = $1 ORDER BY CASE WHEN language = $2 THEN 0 ELSE 1 END, language LIMIT 1";
    Ok(site.db.value(sql, values![space, words.0]).await?.unwrap_or_default())
}

async fn of_space(site: &Site, words: Words, space: i64, key: &str) -> Result<Line> {
    let href = managed(&site.db, SpaceId(space)).await.is_ok().then(|| format!("/spaces/{space}/settings"));
    Ok(Line { says: words.t1(key, "title", title(site, words, space).await?), href, reason: None })
}

/// What is said in a private Space, and where, is for those whom it names.
async fn of_post(site: &Site, reader: &Reader, words: Words, post: i64, topic: i64, key: &str) -> Result<Line> {
    let sql = "SELECT t.title, t.space, p.number, m.name FROM post p JOIN topic t ON t.id = p.topic LEFT JOIN member m ON m.id = p.author WHERE p.id = $1";
    let rows = site.db.rows(sql, values![post]).await?;
    let Some(row) = rows.first() else { return Ok(Line { says: words.t(format!("{key}-unseen")), ..Line::default() }) };
    let (topic_title, space, number): (String, i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    let name: String = row.try_get_by_index::<Option<String>>(3)?.unwrap_or_default();
    match place_of_space(&site.db, space).await? {
        Some(place) if may_read(reader, place) => {
            Ok(Line { says: words.t2(key, ("name", &name), ("title", &topic_title)), href: Some(format!("/topics/{topic}#p{number}")), reason: None })
        }
        _ => Ok(Line { says: words.t(format!("{key}-unseen")), ..Line::default() }),
    }
}
