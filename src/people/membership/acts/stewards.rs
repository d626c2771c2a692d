//! What admins say of an Organisation's people, place and languages.

use super::{belongs, there};
use crate::error::Result;
use crate::journal::{Act, Tx};
use crate::people::kinds::People;
use crate::people::membership::join;
use crate::people::{MemberId, OrganisationId};
use crate::values;

/// Makes somebody a Steward of an Organisation, to which they belong from then on; or one no longer.
pub struct SetSteward {
    pub by: Option<MemberId>,
    pub organisation: OrganisationId,
    pub member: MemberId,
    pub is_steward: bool,
}

impl Act for SetSteward {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (organisation, member) = (self.organisation, self.member);
        there(tx, organisation).await?;
        let changed = if self.is_steward {
            join(tx, self.by, organisation, member).await?;
            let sql = "INSERT INTO steward (organisation, member, since) VALUES ($1, $2, $3) ON CONFLICT (organisation, member) DO NOTHING";
            tx.write(sql, values![organisation, member, tx.now()]).await?
        } else {
            tx.write("DELETE FROM steward WHERE organisation = $1 AND member = $2", values![organisation, member]).await?
        };
        if changed == 0 {
            return Ok(());
        }
        let entry = People::StewardChanged { member: member.0, organisation: organisation.0 };
        tx.record(self.by.map(|by| by.0), &entry).await.map(|_| ())
    }
}

/// Makes somebody belong to an Organisation who does not yet.
pub struct AddToOrganisation {
    pub by: Option<MemberId>,
    pub organisation: OrganisationId,
    pub member: MemberId,
}

impl Act for AddToOrganisation {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        there(tx, self.organisation).await?;
        if !belongs(tx, self.organisation, self.member).await? {
            join(tx, self.by, self.organisation, self.member).await?;
        }
        Ok(())
    }
}

/// Where an Organisation is, and the languages it works in (codes of ISO 639).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    pub place: String,
    pub languages: Vec<String>,
}

/// Says so.
pub struct DescribeOrganisation {
    pub by: MemberId,
    pub organisation: OrganisationId,
    pub described: Described,
}

impl Act for DescribeOrganisation {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        there(tx, self.organisation).await?;
        let Described { place, languages } = &self.described;
        // Those that were merged into it show its words where they still stand.
        let sql = "UPDATE organisation SET place = $2, languages = $3 WHERE id = $1 OR merged_into = $1";
        tx.write(sql, values![self.organisation, place.clone(), languages.join(", ")]).await?;
        tx.record(Some(self.by.0), &People::OrganisationChanged { organisation: self.organisation.0 }).await.map(|_| ())
    }
}
