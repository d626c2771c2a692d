//! What erasing a Member does in Workshops: their places are free, their hands go down, what they wrote goes if they wish.

use super::kinds::Workshops;
use super::{WorkshopId, places};
use crate::error::Result;
use crate::journal::{Reads, Tx};
use crate::live::BoxFuture;
use crate::people::MemberId;
use crate::people::account::Erases;
use crate::values;

/// Workshops, or messages, of one act.
const BATCH: usize = 100;

/// The Workshops' part in erasing.
pub struct Eraser;

impl Erases for Eraser {
    fn step<'a>(&'a self, tx: &'a Tx, member: MemberId, words: bool) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move {
            if registrations(tx, member).await? || hands(tx, member).await? || facilitating(tx, member).await? {
                return Ok(true);
            }
            if words { messages(tx, member).await } else { Ok(false) }
        })
    }
}

/// The places that become free are given to those who wait by the planner, with its mails.
async fn registrations(tx: &Tx, member: MemberId) -> Result<bool> {
    let sql = format!("SELECT r.workshop, w.space FROM registration r JOIN workshop w ON w.id = r.workshop WHERE r.member = $1 ORDER BY r.workshop LIMIT {BATCH}");
    let registrations = tx.rows(&sql, values![member]).await?;
    for row in &registrations {
        let (workshop, space): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        tx.write("DELETE FROM registration WHERE workshop = $1 AND member = $2", values![workshop, member]).await?;
        places::recount(tx, WorkshopId(workshop)).await?;
        tx.record(None, &Workshops::Withdrawn { workshop, space, member: member.0 }).await?;
    }
    Ok(registrations.len() == BATCH)
}

async fn hands(tx: &Tx, member: MemberId) -> Result<bool> {
    let workshops: Vec<i64> = tx.column(&format!("SELECT workshop FROM hand WHERE member = $1 ORDER BY workshop LIMIT {BATCH}"), values![member]).await?;
    for workshop in &workshops {
        tx.write("DELETE FROM hand WHERE workshop = $1 AND member = $2", values![*workshop, member]).await?;
        tx.record(None, &Workshops::HandsChanged { workshop: *workshop }).await?;
    }
    Ok(workshops.len() == BATCH)
}

async fn facilitating(tx: &Tx, member: MemberId) -> Result<bool> {
    let sql = format!("SELECT f.workshop, w.space FROM workshop_facilitator f JOIN workshop w ON w.id = f.workshop WHERE f.member = $1 ORDER BY f.workshop LIMIT {BATCH}");
    let workshops = tx.rows(&sql, values![member]).await?;
    for row in &workshops {
        let (workshop, space): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        tx.write("DELETE FROM workshop_facilitator WHERE workshop = $1 AND member = $2", values![workshop, member]).await?;
        tx.record(None, &Workshops::Changed { workshop, space }).await?;
    }
    Ok(workshops.len() == BATCH)
}

async fn messages(tx: &Tx, member: MemberId) -> Result<bool> {
    let sql = format!("SELECT id, workshop FROM workshop_message WHERE author = $1 AND words <> '' ORDER BY id LIMIT {BATCH}");
    let messages = tx.rows(&sql, values![member]).await?;
    for row in &messages {
        let (message, workshop): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        tx.write("UPDATE workshop_message SET words = '' WHERE id = $1", values![message]).await?;
        // Drawn anew in its place.
        tx.record(None, &Workshops::MessageAdded { message, workshop }).await?;
    }
    Ok(messages.len() == BATCH)
}
