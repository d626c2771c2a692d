//! Raised hands: who wants to speak, those first who have spoken least.

use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::people::{MemberId, Reader};
use crate::values;
use crate::workshops::kinds::Workshops;
use crate::workshops::room::admit;
use crate::workshops::rules::leads;
use crate::workshops::{HandMove, WorkshopId, facilitator_ids, workshop};

/// Raises or lowers one's hand; a facilitator says that somebody has spoken.
pub struct MoveHand {
    pub by: Reader,
    pub workshop: WorkshopId,
    pub what: HandMove,
    /// Whose hand; another's is for facilitators.
    pub of: MemberId,
}

impl Act for MoveHand {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let by = self.by.signed_in()?.id;
        let workshop = workshop(tx, &self.by, self.workshop).await?;
        admit(tx, &self.by, &workshop).await?;
        let is_lead = leads(&self.by, &facilitator_ids(tx, workshop.id).await?);
        let may = match self.what {
            HandMove::Raise => self.of == by,
            HandMove::Lower => self.of == by || is_lead,
            HandMove::Spoken => is_lead,
        };
        if !may {
            return Err(Error::NotAllowed);
        }
        let raised = "SELECT raised_at FROM hand WHERE workshop = $1 AND member = $2 AND raised_at IS NOT NULL";
        let is_raised = tx.value::<i64>(raised, values![workshop.id, self.of]).await?.is_some();
        if is_raised == (self.what == HandMove::Raise) {
            return Ok(());
        }
        match self.what {
            HandMove::Raise => {
                let sql = "INSERT INTO hand (workshop, member, raised_at, spoken) VALUES ($1, $2, $3, 0)
                           ON CONFLICT (workshop, member) DO UPDATE SET raised_at = excluded.raised_at";
                tx.write(sql, values![workshop.id, self.of, tx.now()]).await?
            }
            HandMove::Lower => tx.write("UPDATE hand SET raised_at = NULL WHERE workshop = $1 AND member = $2", values![workshop.id, self.of]).await?,
            HandMove::Spoken => {
                let sql = "UPDATE hand SET raised_at = NULL, spoken = spoken + 1 WHERE workshop = $1 AND member = $2";
                tx.write(sql, values![workshop.id, self.of]).await?
            }
        };
        tx.record(Some(by.0), &Workshops::HandsChanged { workshop: workshop.id.0 }).await.map(|_| ())
    }
}
