//! Coming into the room: attendance is what happened, not what was planned.

use crate::error::Result;
use crate::journal::{Act, MaybeId, Reads, Tx};
use crate::people::Reader;
use crate::values;
use crate::workshops::kinds::Workshops;
use crate::workshops::room::admit;
use crate::workshops::{WorkshopId, workshop};

/// Notes that a Member is in the room, once, while it can be entered.
pub struct EnterRoom {
    pub by: Reader,
    pub workshop: WorkshopId,
}

impl Act for EnterRoom {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let by = self.by.signed_in()?;
        let workshop = workshop(tx, &self.by, self.workshop).await?;
        admit(tx, &self.by, &workshop).await?;
        let known = "SELECT came_at FROM attendance WHERE workshop = $1 AND member = $2";
        if tx.value::<i64>(known, values![workshop.id, by.id]).await?.is_some() {
            return Ok(());
        }
        let speaks_for = MaybeId(by.speaks_for.as_ref().map(|organisation| organisation.id.0));
        let sql = "INSERT INTO attendance (workshop, member, speaks_for, came_at) VALUES ($1, $2, $3, $4)";
        tx.write(sql, values![workshop.id, by.id, speaks_for, tx.now()]).await?;
        tx.record(Some(by.id.0), &Workshops::Entered { workshop: workshop.id.0, member: by.id.0 }).await.map(|_| ())
    }
}
