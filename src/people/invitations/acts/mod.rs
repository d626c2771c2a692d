//! What changes the state of invitations, one act a file.

mod accept;
mod list;
mod make;
mod withdraw;

pub use accept::{Accept, JoinByMail, RegisterInvited};
pub use list::{Invite, Invited, Resend};
pub use make::{MakeInvitation, RemakeLink};
pub use withdraw::WithdrawInvitation;

use super::{InvitationId, Invitee, InvitationListId, Offer};
use crate::error::Result;
use crate::journal::{MaybeId, Tx};
use crate::people::kinds::People;
use crate::people::{MemberId, fold_email};
use crate::{secret, values};

/// For whom an invitation is.
enum For<'a> {
    /// So many people, by one link.
    Several(i64),
    /// One person of a list, by mail.
    One(InvitationListId, &'a Invitee),
}

/// Writes an invitation with its first link.
async fn insert(tx: &Tx, by: MemberId, offer: &Offer, to: For<'_>, token: &str) -> Result<InvitationId> {
    let (uses, list, name, email) = match to {
        For::Several(uses) => (uses, None, String::new(), String::new()),
        For::One(list, invitee) => (1, Some(list), invitee.name.clone(), invitee.email.clone()),
    };
    let id = tx
        .insert(
            "INSERT INTO member_invitation (made_by, list, name, email, email_folded, language, organisation, is_practitioner, workshop,
                                            uses, ends_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
            values![
                by,
                MaybeId::from(list),
                name,
                email.clone(),
                fold_email(&email),
                offer.language,
                MaybeId::from(offer.organisation),
                offer.is_practitioner,
                MaybeId::from(offer.workshop),
                uses,
                offer.ends_at,
                tx.now()
            ],
        )
        .await?;
    for space in &offer.spaces {
        tx.write("INSERT INTO member_invitation_space (invitation, space) VALUES ($1, $2)", values![id, *space]).await?;
    }
    let id = InvitationId(id);
    add_link(tx, id, token).await?;
    tx.record(Some(by.0), &People::InvitationMade { invitation: id.0, by: by.0 }).await?;
    Ok(id)
}

async fn add_link(tx: &Tx, id: InvitationId, token: &str) -> Result<()> {
    let sql = "INSERT INTO member_invitation_token (token_hash, invitation) VALUES ($1, $2)";
    tx.write(sql, values![secret::hashed(token), id]).await.map(|_| ())
}

async fn changed(tx: &Tx, by: MemberId, id: InvitationId) -> Result<()> {
    tx.record(Some(by.0), &People::InvitationChanged { invitation: id.0, by: by.0 }).await.map(|_| ())
}
