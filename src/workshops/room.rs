//! Who may be in a room, kept in memory by the version of a Workshop's people: the live line asks at every change.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use moka::sync::Cache;

use super::{Standing, Workshop, WorkshopId, facilitator_ids, members_standing, standing};
use crate::app::Site;
use crate::error::{Error, Result};
use crate::forum::writable;
use crate::journal::Reads;
use crate::people::rights::{Layer, Place, may_read};
use crate::people::{MemberId, Reader};
use crate::values;

/// Workshops whose people are kept in memory.
const KEPT: u64 = 200;
/// People of one room; nobody is asked for more places than that.
const MOST: u64 = super::rules::PLACES as u64;

type Key = (String, WorkshopId, i64);

static PEOPLE: LazyLock<Cache<Key, Arc<HashSet<MemberId>>>> = LazyLock::new(|| Cache::new(KEPT));

/// Whether the reader may come in: registered, or a facilitator. Others are told so in words.
pub async fn admit(db: &impl Reads, reader: &Reader, workshop: &Workshop) -> Result<()> {
    let member = reader.signed_in()?.id;
    writable(workshop.archived_at)?;
    if standing(db, workshop.id, member).await? == Some(Standing::Registered) || facilitator_ids(db, workshop.id).await?.contains(&member) {
        return if workshop.cancelled_at.is_none() { Ok(()) } else { Err(Error::conflict("wrong-workshop-cancelled")) };
    }
    Err(Error::NotAllowed)
}

/// The rule of [`admit`] for the live line, with what it needs looked up once.
pub(super) async fn door(site: &Site, id: WorkshopId) -> Result<Option<impl Fn(&Reader) -> bool + Send + Sync + use<>>> {
    let sql = "SELECT w.space, s.layer, w.people_version, w.version, w.cancelled_at FROM workshop w JOIN space s ON s.id = w.space WHERE w.id = $1";
    let rows = site.db.rows(sql, values![id]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (space, layer): (i64, Layer) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let (people_version, version): (i64, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
    let is_cancelled = row.try_get_by_index::<Option<i64>>(4)?.is_some();
    // Facilitators change with the Workshop's own version, all others with that of its people: both only rise.
    let key = (site.epoch.name.clone(), id, people_version + version);
    let people = match PEOPLE.get(&key) {
        Some(people) => people,
        None => {
            let mut people: HashSet<MemberId> = members_standing(&site.db, id, Standing::Registered, MOST).await?.into_iter().collect();
            people.extend(facilitator_ids(&site.db, id).await?);
            let people = Arc::new(people);
            PEOPLE.insert(key, people.clone());
            people
        }
    };
    let place = Place { space, layer };
    Ok(Some(move |reader: &Reader| !is_cancelled && may_read(reader, place) && reader.id().is_some_and(|id| people.contains(&id))))
}
