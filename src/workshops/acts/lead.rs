//! Leading the room: the server's clock moves by a facilitator's hand alone, and any of them may take over.

use crate::clock;
use crate::error::{Error, Result};
use crate::forum::writable;
use crate::journal::{Act, Tx};
use crate::people::Reader;
use crate::values;
use crate::workshops::kinds::Workshops;
use crate::workshops::rules::{leads, moved};
use crate::workshops::{ActivityKind, Move, WorkshopId, agenda, brainstorm, facilitator_ids, workshop};

/// Moves a room: start, next, back, two minutes more, pause, resume, end.
pub struct MoveRoom {
    pub by: Reader,
    pub workshop: WorkshopId,
    pub what: Move,
    /// How many moves the facilitator's page had seen: two who press *next* at once go one step, not two.
    pub seen: i64,
}

impl Act for MoveRoom {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let by = self.by.signed_in()?.id;
        let workshop = workshop(tx, &self.by, self.workshop).await?;
        let facilitators = facilitator_ids(tx, workshop.id).await?;
        if !leads(&self.by, &facilitators) {
            return Err(Error::NotAllowed);
        }
        writable(workshop.archived_at)?;
        if workshop.cancelled_at.is_some() {
            return Err(Error::conflict("wrong-workshop-cancelled"));
        }
        if workshop.moves != self.seen {
            return Err(Error::conflict("workshop-moved-meanwhile"));
        }
        let agenda = agenda(tx, workshop.id).await?;
        let minutes: Vec<i64> = agenda.iter().map(|activity| activity.minutes).collect();
        let clock = moved(workshop.clock(), self.what, &minutes, tx.now())?;
        tx.write(
            "UPDATE workshop SET step = $2, opened_at = $3, ended_at = $4, deadline = $5, remaining = $6, moves = moves + 1 WHERE id = $1",
            values![
                workshop.id,
                clock.step,
                clock::maybe(clock.opened_at),
                clock::maybe(clock.ended_at),
                clock::maybe(clock.deadline),
                clock.remaining
            ],
        )
        .await?;
        let begun = agenda.iter().find(|activity| activity.position == clock.step && clock.is_running());
        if let Some(activity) = begun.filter(|activity| activity.kind == ActivityKind::Brainstorm && activity.board.is_none()) {
            let board = brainstorm::begin(tx, by, &workshop, activity, facilitators).await?;
            tx.write("UPDATE activity SET board = $2 WHERE id = $1", values![activity.id, board]).await?;
        }
        let space = (clock.is_running() != workshop.clock().is_running()).then_some(workshop.space);
        tx.record(Some(by.0), &Workshops::Moved { workshop: workshop.id.0, space }).await.map(|_| ())
    }
}
