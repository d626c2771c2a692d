//! Belonging to Organisations.

use crate::error::Result;
use crate::journal::Tx;
use crate::people::kinds::People;
use crate::people::{MemberId, OrganisationId};
use crate::values;

/// Makes a Member belong to an Organisation; they speak for it where they spoke for none. Whether they are new to it.
pub(super) async fn join(tx: &Tx, by: Option<MemberId>, organisation: OrganisationId, member: MemberId) -> Result<bool> {
    let sql = "INSERT INTO membership (member, organisation, since) VALUES ($1, $2, $3) ON CONFLICT (member, organisation) DO NOTHING";
    if tx.write(sql, values![member, organisation, tx.now()]).await? == 0 {
        return Ok(false);
    }
    tx.write("UPDATE member SET speaks_for = $2 WHERE id = $1 AND speaks_for IS NULL", values![member, organisation]).await?;
    tx.record(by.map(|by| by.0), &People::MembershipChanged { member: member.0, organisation: organisation.0 }).await?;
    Ok(true)
}
