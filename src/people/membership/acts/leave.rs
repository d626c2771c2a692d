//! Leaving an Organisation, or being let go from it.

use super::ask::ask;
use super::belongs;
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::people::kinds::People;
use crate::people::membership::QuestionKind;
use crate::people::rights::may_steward;
use crate::people::{MemberId, OrganisationId, Reader};
use crate::values;

/// Somebody leaves, by themselves or by a Steward or an admin. Of a Practitioner it is asked whether they stay one: neither
/// kept nor ended in silence.
pub struct Leave {
    pub by: Reader,
    pub organisation: OrganisationId,
    pub member: MemberId,
}

impl Act for Leave {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (by, organisation, member) = (self.by.signed_in()?.id, self.organisation, self.member);
        if by != member && !may_steward(&self.by, organisation) {
            return Err(Error::NotAllowed);
        }
        if !belongs(tx, organisation, member).await? {
            return Err(Error::NotFound);
        }
        tx.write("DELETE FROM membership WHERE organisation = $1 AND member = $2", values![organisation, member]).await?;
        tx.write("DELETE FROM steward WHERE organisation = $1 AND member = $2", values![organisation, member]).await?;
        tx.write("UPDATE member SET speaks_for = NULL WHERE id = $2 AND speaks_for = $1", values![organisation, member]).await?;
        tx.record(Some(by.0), &People::MembershipChanged { member: member.0, organisation: organisation.0 }).await?;
        let practitioner = "SELECT id FROM member WHERE id = $1 AND practitioner_at IS NOT NULL";
        if tx.value::<i64>(practitioner, values![member]).await?.is_some() {
            ask(tx, Some(by), organisation, member, QuestionKind::Practitioner, "").await?;
        }
        Ok(())
    }
}
