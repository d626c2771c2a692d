//! What reads invitations.

use sea_orm::FromQueryResult;

use super::{InvitationId, InvitationListId, Offer};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::forum::SpaceId;
use crate::journal::Reads;
use crate::people::{Language, MemberId, OrganisationId, fold_email};
use crate::workshops::WorkshopId;
use crate::{secret, values};

/// Invitations shown at once.
const SHOWN: u64 = 200;

/// An invitation as those who made it see it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Invitation {
    pub id: InvitationId,
    pub made_by: Option<MemberId>,
    pub made_by_name: Option<String>,
    pub list: Option<InvitationListId>,
    pub name: String,
    pub email: String,
    pub language: Language,
    pub organisation: Option<OrganisationId>,
    pub is_practitioner: bool,
    pub workshop: Option<WorkshopId>,
    pub uses: i64,
    pub used: i64,
    pub ends_at: Instant,
    pub created_at: Instant,
    pub withdrawn_at: Option<Instant>,
    pub mailed_at: Option<Instant>,
    pub mails: i64,
}

/// How an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    /// As many came as may.
    Used,
    Over,
    Withdrawn,
}

impl Invitation {
    pub fn state(&self, now: &Instant) -> State {
        match () {
            () if self.withdrawn_at.is_some() => State::Withdrawn,
            () if self.used >= self.uses => State::Used,
            () if self.ends_at <= *now => State::Over,
            () => State::Open,
        }
    }

    /// A moment of the last day on which it can be used.
    pub fn last_day(&self) -> Instant {
        self.ends_at.minus(chrono::Duration::seconds(1))
    }

    /// Whether it can still be used.
    pub fn is_open(&self, now: &Instant) -> bool {
        self.state(now) == State::Open
    }

    /// What it gives, with these Spaces.
    pub(super) fn offer(&self, spaces: Vec<SpaceId>) -> Offer {
        Offer {
            organisation: self.organisation,
            is_practitioner: self.is_practitioner,
            spaces,
            workshop: self.workshop,
            language: self.language,
            ends_at: self.ends_at,
        }
    }
}

const INVITATION: &str = "SELECT i.id, i.made_by, m.name AS made_by_name, i.list, i.name, i.email, i.language, i.organisation, i.is_practitioner, i.workshop,
    i.uses, i.used, i.ends_at, i.created_at, i.withdrawn_at, i.mailed_at, i.mails
    FROM member_invitation i LEFT JOIN member m ON m.id = i.made_by AND m.erased_at IS NULL";

pub async fn one(db: &impl Reads, id: InvitationId) -> Result<Option<Invitation>> {
    db.one(&format!("{INVITATION} WHERE i.id = $1"), values![id]).await
}

/// The Spaces of an invitation.
pub async fn spaces_of(db: &impl Reads, id: InvitationId) -> Result<Vec<SpaceId>> {
    db.column("SELECT space FROM member_invitation_space WHERE invitation = $1 ORDER BY space LIMIT 100", values![id]).await
}

/// An invitation that somebody can come by.
#[derive(Clone, Debug)]
pub struct Open {
    pub id: InvitationId,
    pub made_by: Option<MemberId>,
    /// Who invites; `None` where they are here no longer.
    pub made_by_name: Option<String>,
    /// Whom it was mailed to; `None` for a link.
    pub email: Option<String>,
    pub name: String,
    pub offer: Offer,
    /// Whether the Member who asks has come by it.
    pub has_come: bool,
}

/// The invitation with this link, for whoever holds it; a Member who came by it sees it even when it is over.
///
/// # Errors
/// [`Error::Gone`] where there is none, it was withdrawn, has ended, or as many came as may: all the same.
pub async fn opened(db: &impl Reads, token: &str, member: Option<MemberId>, now: Instant) -> Result<Open> {
    let sql = "SELECT invitation FROM member_invitation_token WHERE token_hash = $1";
    let id: InvitationId = db.value(sql, values![secret::hashed(token)]).await?.ok_or(Error::Gone)?;
    let found = one(db, id).await?.ok_or(Error::Gone)?;
    let has_come = match member {
        Some(member) => {
            let came = "SELECT member FROM member_invitation_use WHERE invitation = $1 AND member = $2 AND came_at IS NOT NULL";
            db.value::<i64>(came, values![id, member]).await?.is_some()
        }
        None => false,
    };
    if !has_come && !found.is_open(&now) {
        return Err(Error::Gone);
    }
    Ok(Open { has_come, ..open(db, found).await? })
}

/// What an invitation offers, however it stands.
pub async fn offer_of(db: &impl Reads, id: InvitationId) -> Result<Option<Open>> {
    match one(db, id).await? {
        Some(found) => open(db, found).await.map(Some),
        None => Ok(None),
    }
}

async fn open(db: &impl Reads, found: Invitation) -> Result<Open> {
    let offer = found.offer(spaces_of(db, found.id).await?);
    let email = Some(found.email).filter(|_| found.list.is_some());
    Ok(Open { id: found.id, made_by: found.made_by, made_by_name: found.made_by_name, email, name: found.name, offer, has_come: false })
}

/// Where an invitation leads whom it has brought within the last day; home without one.
pub async fn led_to(db: &impl Reads, member: MemberId, now: Instant) -> Result<String> {
    let sql = "SELECT invitation FROM member_invitation_use WHERE member = $1 AND came_at > $2 ORDER BY came_at DESC, invitation DESC LIMIT 1";
    let last: Option<InvitationId> = db.value(sql, values![member, now.minus(chrono::Duration::days(1))]).await?;
    match last {
        Some(id) => Ok(offer_of(db, id).await?.map_or_else(|| "/".to_owned(), |open| open.offer.leads_to())),
        None => Ok("/".to_owned()),
    }
}

/// Invitations by a link, the newest first.
pub async fn links(db: &impl Reads) -> Result<Vec<Invitation>> {
    db.all(&format!("{INVITATION} WHERE i.list IS NULL ORDER BY i.id DESC LIMIT {SHOWN}"), vec![]).await
}

/// A list of people who were invited together.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: InvitationListId,
    pub made_by_name: Option<String>,
    pub created_at: Instant,
    pub people: i64,
    pub came: i64,
}

const LISTED: &str = "SELECT l.id, m.name AS made_by_name, l.created_at,
    (SELECT count(*) FROM member_invitation i WHERE i.list = l.id) AS people,
    (SELECT count(*) FROM member_invitation i WHERE i.list = l.id AND i.used > 0) AS came
    FROM member_invitation_list l LEFT JOIN member m ON m.id = l.made_by AND m.erased_at IS NULL";

/// Lists, the newest first.
pub async fn lists(db: &impl Reads) -> Result<Vec<Listed>> {
    db.all(&format!("{LISTED} ORDER BY l.id DESC LIMIT {SHOWN}"), vec![]).await
}

pub async fn list(db: &impl Reads, id: InvitationListId) -> Result<Option<Listed>> {
    db.one(&format!("{LISTED} WHERE l.id = $1"), values![id]).await
}

/// The people of a list, in its order.
pub async fn people_in(db: &impl Reads, id: InvitationListId) -> Result<Vec<Invitation>> {
    db.all(&format!("{INVITATION} WHERE i.list = $1 ORDER BY i.id LIMIT 1000"), values![id]).await
}

/// Somebody who came by an invitation.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Came {
    pub invitation: InvitationId,
    pub member: MemberId,
    pub handle: String,
    pub name: String,
    pub came_at: Instant,
}

const CAME: &str = "SELECT u.invitation, u.member, m.handle, m.name, u.came_at FROM member_invitation_use u
    JOIN member m ON m.id = u.member AND m.erased_at IS NULL JOIN member_invitation i ON i.id = u.invitation
    WHERE u.came_at IS NOT NULL";

/// Who came by links, the latest first.
pub async fn came_by_links(db: &impl Reads) -> Result<Vec<Came>> {
    db.all(&format!("{CAME} AND i.list IS NULL ORDER BY u.came_at DESC, u.member DESC LIMIT 1000"), vec![]).await
}

/// Who of a list came.
pub async fn came_of(db: &impl Reads, id: InvitationListId) -> Result<Vec<Came>> {
    db.all(&format!("{CAME} AND i.list = $1 ORDER BY u.came_at, u.member LIMIT 1000"), values![id]).await
}

/// Of some addresses: those of Members, and those that are invited by mail and have not come yet.
pub async fn known_addresses(db: &impl Reads, emails: &[&str], now: Instant) -> Result<(Vec<String>, Vec<String>)> {
    let (mut members, mut invited) = (Vec::new(), Vec::new());
    for some in emails.chunks(200) {
        let places: Vec<String> = (2..some.len() + 2).map(|at| format!("${at}")).collect();
        let places = places.join(", ");
        let bound = || std::iter::once(sea_orm::Value::from(now)).chain(some.iter().map(|email| fold_email(email).into())).collect::<Vec<_>>();
        let sql = format!("SELECT email_folded FROM member WHERE confirmed_at <= $1 AND suspended_at IS NULL AND erased_at IS NULL AND email_folded IN ({places})");
        members.extend(db.column::<String>(&sql, bound()).await?);
        let sql = format!("SELECT email_folded FROM member_invitation WHERE used = 0 AND withdrawn_at IS NULL AND ends_at > $1 AND email_folded IN ({places})");
        invited.extend(db.column::<String>(&sql, bound()).await?);
    }
    Ok((members, invited))
}
