//! Registering and withdrawing. Both end in the one function that gives places, so that the last goes to one person.

use crate::error::{Error, Result};
use crate::forum::writable;
use crate::journal::{Act, Tx};
use crate::people::Reader;
use crate::values;
use crate::workshops::kinds::Workshops;
use crate::workshops::mails::{Letter, Letterhead, send};
use crate::workshops::{Standing, Workshop, WorkshopId, places, standing, workshop};

/// Takes a place, or one on the waiting list.
pub struct Register {
    pub by: Reader,
    pub workshop: WorkshopId,
    pub head: Letterhead,
}

/// Gives a place (or one on the waiting list) back.
pub struct Withdraw {
    pub by: Reader,
    pub workshop: WorkshopId,
    pub head: Letterhead,
}

impl Act for Register {
    type Answer = Standing;

    async fn run(&self, tx: &Tx) -> Result<Standing> {
        let by = self.by.signed_in()?.id;
        let workshop = workshop(tx, &self.by, self.workshop).await?;
        writable(workshop.archived_at)?;
        if workshop.cancelled_at.is_some() {
            return Err(Error::conflict("wrong-workshop-cancelled"));
        }
        if workshop.is_over(tx.now()) {
            return Err(Error::conflict("wrong-workshop-over"));
        }
        if let Some(known) = standing(tx, workshop.id, by).await?.filter(|standing| *standing != Standing::Withdrawn) {
            return Ok(known);
        }
        tx.write(
            "INSERT INTO registration (workshop, member, standing, joined_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (workshop, member) DO UPDATE SET standing = excluded.standing, joined_at = excluded.joined_at",
            values![workshop.id, by, Standing::Waiting, tx.now()],
        )
        .await?;
        let placed = places::fill(tx, workshop.id).await?;
        let has_place = placed.contains(&by);
        let entry = match has_place {
            true => Workshops::Registered { workshop: workshop.id.0, space: workshop.space, member: by.0 },
            false => Workshops::Waiting { workshop: workshop.id.0, space: workshop.space, member: by.0 },
        };
        tx.record(Some(by.0), &entry).await?;
        let letter = if has_place { Letter::Registered } else { Letter::Waiting };
        send(tx, &self.head, workshop.id, by, letter).await?;
        promote(tx, &self.head, &self.by, &workshop, placed.into_iter().filter(|member| *member != by).collect()).await?;
        Ok(if has_place { Standing::Registered } else { Standing::Waiting })
    }
}

impl Act for Withdraw {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let by = self.by.signed_in()?.id;
        let workshop = workshop(tx, &self.by, self.workshop).await?;
        let known = standing(tx, workshop.id, by).await?;
        if known.is_none_or(|standing| standing == Standing::Withdrawn) {
            return Ok(());
        }
        if workshop.is_over(tx.now()) {
            return Err(Error::conflict("wrong-workshop-over"));
        }
        let sql = "UPDATE registration SET standing = $3 WHERE workshop = $1 AND member = $2";
        tx.write(sql, values![workshop.id, by, Standing::Withdrawn]).await?;
        tx.record(Some(by.0), &Workshops::Withdrawn { workshop: workshop.id.0, space: workshop.space, member: by.0 }).await?;
        send(tx, &self.head, workshop.id, by, Letter::Withdrawn).await?;
        let placed = places::fill(tx, workshop.id).await?;
        promote(tx, &self.head, &self.by, &workshop, placed).await
    }
}

async fn promote(tx: &Tx, head: &Letterhead, by: &Reader, workshop: &Workshop, members: Vec<crate::people::MemberId>) -> Result<()> {
    places::record_promoted(tx, by.id(), workshop.id, workshop.space, &members).await?;
    for member in members {
        send(tx, head, workshop.id, member, Letter::Promoted).await?;
    }
    Ok(())
}
