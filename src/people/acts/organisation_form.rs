//! All that the form of an Organisation says, in one write.

use super::{AddOrganisation, AddOrganisations, ChangeOrganisation};
use crate::error::{Error, Result};
use crate::journal::{Act, Tx};
use crate::people::membership::{DescribeOrganisation, Described, described};
use crate::people::{MemberId, OrganisationId};

/// One Organisation with all that its form says.
pub struct NewOrganisation {
    pub by: MemberId,
    pub new: AddOrganisation,
    pub described: Described,
}

impl Act for NewOrganisation {
    type Answer = OrganisationId;

    async fn run(&self, tx: &Tx) -> Result<OrganisationId> {
        let added = AddOrganisations { by: self.by, all: vec![(self.new.clone(), None)] }.run(tx).await?;
        let organisation = *added.first().ok_or_else(|| Error::bug("an Organisation that was added has no id"))?;
        if self.described != Described::default() {
            DescribeOrganisation { by: self.by, organisation, described: self.described.clone() }.run(tx).await?;
        }
        Ok(organisation)
    }
}

/// What is said of one that is there, all of it.
pub struct SaveOrganisation {
    pub change: ChangeOrganisation,
    pub described: Described,
}

impl Act for SaveOrganisation {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        self.change.run(tx).await?;
        let (by, organisation) = (self.change.by, self.change.organisation);
        if described(tx, organisation).await? == self.described {
            return Ok(());
        }
        DescribeOrganisation { by, organisation, described: self.described.clone() }.run(tx).await
    }
}
