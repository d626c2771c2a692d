//! Stewards say who of their Organisation's people are Practitioners.

use super::belongs;
use crate::clock::maybe;
use crate::error::{Error, Result};
use crate::journal::{Act, Tx};
use crate::people::kinds::People;
use crate::people::rights::may_steward;
use crate::people::{MemberId, OrganisationId, Reader};
use crate::values;

/// Confirms somebody who belongs there as a Practitioner, or ends it.
pub struct SetOwnPractitioner {
    pub by: Reader,
    pub organisation: OrganisationId,
    pub member: MemberId,
    pub is_practitioner: bool,
}

impl Act for SetOwnPractitioner {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let by = self.by.signed_in()?.id;
        if !may_steward(&self.by, self.organisation) {
            return Err(Error::NotAllowed);
        }
        if !belongs(tx, self.organisation, self.member).await? {
            return Err(Error::NotFound);
        }
        let at = self.is_practitioner.then_some(tx.now());
        tx.write("UPDATE member SET practitioner_at = $2 WHERE id = $1", values![self.member, maybe(at)]).await?;
        tx.record(Some(by.0), &People::PractitionerChanged { member: self.member.0, is_practitioner: Some(self.is_practitioner) }).await.map(|_| ())
    }
}
