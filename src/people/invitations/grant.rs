//! Giving what an invitation says, and counting who came by it.

use std::sync::Arc;

use super::{InvitationId, Offer, Open, offer_of};
use crate::error::{Error, Result};
use crate::forum::{self, SetSpacePerson};
use crate::journal::{Act, Reads, Tx};
use crate::people::kinds::People;
use crate::people::membership::join;
use crate::people::rights::Layer;
use crate::people::{MemberId, Reader, load_member, present};
use crate::values;
use crate::workshops::{self, Letterhead};

/// Gives a Member what an offer says; what is there no longer, or theirs already, is left out.
pub(super) async fn grant(tx: &Tx, by: Option<MemberId>, offer: &Offer, member: MemberId, head: &Letterhead) -> Result<()> {
    if let Some(organisation) = offer.organisation
        && let Some(present) = present(tx, organisation).await?
    {
        join(tx, by, present, member).await?;
    }
    if offer.is_practitioner {
        let sql = "UPDATE member SET practitioner_at = $2 WHERE id = $1 AND practitioner_at IS NULL";
        if tx.write(sql, values![member, tx.now()]).await? == 1 {
            tx.record(by.map(|by| by.0), &People::PractitionerChanged { member: member.0, is_practitioner: Some(true) }).await?;
        }
    }
    for space in &offer.spaces {
        let managed = forum::managed(tx, *space).await?;
        let named = "SELECT member FROM space_person WHERE space = $1 AND member = $2";
        if managed.layer == Layer::Private && managed.archived_at.is_none() && tx.value::<i64>(named, values![*space, member]).await?.is_none() {
            SetSpacePerson { by, space: *space, member, moderates: false }.run(tx).await?;
        }
    }
    if let Some(workshop) = offer.workshop {
        let Some(known) = load_member(tx, member, tx.now()).await? else { return Ok(()) };
        let by = Reader::of(Arc::new(known), None);
        match (workshops::Register { by, workshop, head: head.clone() }).run(tx).await {
            // It was cancelled or is over meanwhile: they come without it.
            Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Counts a Member who comes by an open invitation, and gives what it says; whether they are new to it.
///
/// # Errors
/// [`Error::Gone`] where it was withdrawn, has ended, or as many came as may.
pub(super) async fn come(tx: &Tx, open: &Open, member: MemberId, head: &Letterhead) -> Result<bool> {
    let id = open.id;
    let came = "SELECT member FROM member_invitation_use WHERE invitation = $1 AND member = $2 AND came_at IS NOT NULL";
    if tx.value::<i64>(came, values![id, member]).await?.is_some() {
        return Ok(false);
    }
    let take = "UPDATE member_invitation SET used = used + 1 WHERE id = $1 AND used < uses AND withdrawn_at IS NULL AND ends_at > $2";
    if tx.write(take, values![id, tx.now()]).await? == 0 {
        return Err(Error::Gone);
    }
    // From now on their name and address are in their account alone.
    tx.write("UPDATE member_invitation SET name = '', email = '', email_folded = '' WHERE id = $1 AND list IS NOT NULL", values![id]).await?;
    tx.write(
        "INSERT INTO member_invitation_use (invitation, member, asked_at, came_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (invitation, member) DO UPDATE SET came_at = excluded.came_at",
        values![id, member, tx.now()],
    )
    .await?;
    tx.record(Some(member.0), &People::InvitationUsed { invitation: id.0, member: member.0 }).await?;
    grant(tx, open.made_by, &open.offer, member, head).await?;
    Ok(true)
}

/// Somebody who registered by invitations has confirmed their address: now they come by those that are still open.
pub(in crate::people) async fn joined(tx: &Tx, member: MemberId, head: &Letterhead) -> Result<()> {
    let waiting = "SELECT invitation FROM member_invitation_use WHERE member = $1 AND came_at IS NULL ORDER BY asked_at, invitation LIMIT 20";
    let asked: Vec<InvitationId> = tx.column(waiting, values![member]).await?;
    for id in asked {
        let Some(open) = offer_of(tx, id).await? else { continue };
        match come(tx, &open, member, head).await {
            Ok(_) | Err(Error::Gone) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
