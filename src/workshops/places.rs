//! Who has a place: the one function that decides, whatever freed one, under the writer's lock.

use super::kinds::Workshops;
use super::rules::free_places;
use super::{Standing, WorkshopId, members_standing};
use crate::error::{Error, Result};
use crate::journal::{Reads, Tx};
use crate::people::MemberId;
use crate::values;

/// Places filled in one act; a higher limit for more is filled by the next acts and by the planner.
const AT_ONCE: i64 = 300;

/// Gives free places to those who wait, in the order in which they joined; whom.
pub(super) async fn fill(tx: &Tx, workshop: WorkshopId) -> Result<Vec<MemberId>> {
    recount(tx, workshop).await?;
    let rows = tx.rows("SELECT capacity, registered, waiting, cancelled_at FROM workshop WHERE id = $1", values![workshop]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    if row.try_get_by_index::<Option<i64>>(3)?.is_some() {
        return Ok(Vec::new());
    }
    let free = free_places(row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?).min(AT_ONCE);
    if free == 0 {
        return Ok(Vec::new());
    }
    let next = members_standing(tx, workshop, Standing::Waiting, free.unsigned_abs()).await?;
    for member in &next {
        let sql = "UPDATE registration SET standing = $3 WHERE workshop = $1 AND member = $2 AND standing = 'waiting'";
        tx.write(sql, values![workshop, *member, Standing::Registered]).await?;
    }
    recount(tx, workshop).await?;
    Ok(next)
}

/// Says that these got a place from the waiting list.
pub(super) async fn record_promoted(tx: &Tx, actor: Option<MemberId>, workshop: WorkshopId, space: i64, members: &[MemberId]) -> Result<()> {
    for member in members {
        tx.record(actor.map(|actor| actor.0), &Workshops::Promoted { workshop: workshop.0, space, member: member.0 }).await?;
    }
    Ok(())
}

/// The one owner of the counts.
pub(super) async fn recount(tx: &Tx, workshop: WorkshopId) -> Result<()> {
    tx.write(
        "UPDATE workshop SET people_version = people_version + 1,
             registered = (SELECT count(*) FROM registration r WHERE r.workshop = $1 AND r.standing = 'registered'),
             waiting = (SELECT count(*) FROM registration r WHERE r.workshop = $1 AND r.standing = 'waiting')
         WHERE id = $1",
        values![workshop],
    )
    .await
    .map(|_| ())
}
