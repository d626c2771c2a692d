//! Who is named in a Space is told so: a notice that waits until they have looked at it, or may see the Space no longer.

use super::{SpaceId, space};
use crate::app::Site;
use crate::error::{Error, Result};
use crate::journal::Reads;
use crate::notify::{Described, Line, Telling};
use crate::people::{MemberId, Reader};
use crate::values;

/// The name that notices of a Space go by.
fn thing_of(space: i64) -> String {
    format!("space:{space}")
}

/// The Space that a notice is about, if it is about one.
pub(super) fn space_of(thing: &str) -> Option<SpaceId> {
    thing.strip_prefix("space:")?.parse().ok()
}

/// The one who was named, if they still are, and did not do it themselves.
pub(super) async fn told(site: &Site, actor: Option<i64>, space: i64, member: i64) -> Result<Vec<Telling>> {
    let sql = "SELECT member FROM space_person WHERE space = $1 AND member = $2";
    let is_named = site.db.value::<i64>(sql, values![space, member]).await?.is_some();
    // Nobody's act is the terminal's, or the demo's.
    let is_by_another = actor.is_some_and(|actor| actor != member);
    let telling = Telling { member: MemberId(member), reason: "space-named", thing: thing_of(space) };
    Ok(if is_named && is_by_another { vec![telling] } else { Vec::new() })
}

pub(super) async fn described(site: &Site, reader: &Reader, id: SpaceId) -> Result<Option<Described>> {
    match space(&site.db, reader, id).await {
        Ok(space) => Ok(Some(Described { href: format!("/spaces/{id}"), who: String::new(), title: space.title, line: Line::Fact(space.purpose) })),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Those of these things that are Spaces which still name the reader.
pub(super) async fn still_wait(site: &Site, reader: &Reader, things: &[String]) -> Result<Vec<String>> {
    let ids: Vec<String> = things.iter().filter_map(|thing| space_of(thing)).map(|id| id.to_string()).collect();
    let Some(member) = reader.id().filter(|_| !ids.is_empty()) else { return Ok(Vec::new()) };
    let sql = format!("SELECT space FROM space_person WHERE member = $1 AND space IN ({})", ids.join(", "));
    let named: Vec<i64> = site.db.column(&sql, values![member]).await?;
    Ok(named.into_iter().map(thing_of).collect())
}
