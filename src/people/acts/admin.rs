//! What admins do with people: add them, confirm Practitioners, give roles; and Organisations.

use super::register::free_handle;
use crate::error::{Error, Result};
use crate::journal::{Act, MaybeId, Reads, Tx};
use crate::people::kinds::People;
use crate::people::names::{fold_email, handle_from};
use crate::people::{Language, Level, MemberId, OrganisationId, Role, Theme};
use crate::values;

/// Adds a Member whose address needs no confirming (the terminal, the seed, an import).
pub struct AddMember {
    /// Made from the name when missing.
    pub handle: Option<String>,
    pub name: String,
    pub email: String,
    pub password_hash: Option<String>,
    pub language: Language,
    pub zone: chrono_tz::Tz,
    pub about: String,
    pub role: Role,
    pub is_practitioner: bool,
    pub organisation: Option<OrganisationId>,
}

impl Act for AddMember {
    type Answer = MemberId;

    async fn run(&self, tx: &Tx) -> Result<MemberId> {
        let folded = fold_email(&self.email);
        if tx.value::<i64>("SELECT id FROM member WHERE email_folded = $1", values![folded.clone()]).await?.is_some() {
            return Err(Error::field("email", "wrong-email-taken"));
        }
        let wanted = self.handle.clone().unwrap_or_else(|| handle_from(&self.name));
        let handle = free_handle(tx, &wanted).await?;
        let practitioner_at = self.is_practitioner.then_some(tx.now());
        let organisation = MaybeId(self.organisation.map(|id| id.0));
        let id = tx
            .insert(
                "INSERT INTO member (handle, name, email, email_folded, password_hash, role, language, zone, theme, about, speaks_for,
                                     created_at, confirmed_at, practitioner_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13) RETURNING id",
                values![
                    handle,
                    self.name.clone(),
                    self.email.clone(),
                    folded,
                    self.password_hash.clone(),
                    self.role,
                    self.language,
                    self.zone.name(),
                    Theme::System,
                    self.about.clone(),
                    organisation,
                    tx.now(),
                    crate::clock::maybe(practitioner_at)
                ],
            )
            .await?;
        if let Some(organisation) = self.organisation {
            let sql = "INSERT INTO membership (member, organisation, since) VALUES ($1, $2, $3)";
            tx.write(sql, values![id, organisation, tx.now()]).await?;
        }
        tx.record(Some(id), &People::Confirmed { member: id }).await?;
        Ok(MemberId(id))
    }
}

/// Confirms a Practitioner, or ends it.
pub struct SetPractitioner {
    pub by: MemberId,
    pub handle: String,
    pub is_practitioner: bool,
}

impl Act for SetPractitioner {
    type Answer = MemberId;

    async fn run(&self, tx: &Tx) -> Result<MemberId> {
        let member = member_by_handle(tx, &self.handle).await?;
        let at = self.is_practitioner.then_some(tx.now());
        tx.write("UPDATE member SET practitioner_at = $2 WHERE id = $1", values![member, crate::clock::maybe(at)]).await?;
        tx.record(Some(self.by.0), &People::PractitionerChanged { member: member.0, is_practitioner: Some(self.is_practitioner) }).await?;
        Ok(member)
    }
}

/// Gives a role. The last admin who can act cannot give theirs away.
pub struct SetRole {
    pub by: Option<MemberId>,
    pub handle: String,
    pub role: Role,
}

impl Act for SetRole {
    type Answer = MemberId;

    async fn run(&self, tx: &Tx) -> Result<MemberId> {
        let member = member_by_handle(tx, &self.handle).await?;
        let others = "SELECT id FROM member WHERE role = 'admin' AND id <> $1 AND erased_at IS NULL AND suspended_at IS NULL AND silenced_at IS NULL LIMIT 1";
        if self.role != Role::Admin && tx.value::<i64>(others, values![member]).await?.is_none() {
            return Err(Error::field("role", "wrong-last-admin"));
        }
        tx.write("UPDATE member SET role = $2 WHERE id = $1", values![member, self.role]).await?;
        tx.record(self.by.map(|by| by.0), &People::RoleChanged { member: member.0, role: Some(self.role) }).await?;
        Ok(member)
    }
}

async fn member_by_handle(tx: &Tx, handle: &str) -> Result<MemberId> {
    tx.value("SELECT id FROM member WHERE handle = $1 AND erased_at IS NULL", values![handle]).await?.ok_or(Error::NotFound)
}

/// Adds an Organisation.
#[derive(Clone, Debug)]
pub struct AddOrganisation {
    pub name: String,
    pub short_name: String,
    pub kind: String,
    pub level: Level,
    pub country: String,
    pub standing: String,
    pub within: Option<OrganisationId>,
}

impl Act for AddOrganisation {
    type Answer = OrganisationId;

    async fn run(&self, tx: &Tx) -> Result<OrganisationId> {
        self.added(tx, None).await
    }
}

impl AddOrganisation {
    /// Adds it, and says who did.
    pub(super) async fn added(&self, tx: &Tx, by: Option<MemberId>) -> Result<OrganisationId> {
        let id = tx
            .insert(
                "INSERT INTO organisation (name, short_name, kind, level, country, standing, within, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                values![
                    self.name.clone(),
                    self.short_name.clone(),
                    self.kind.clone(),
                    self.level,
                    self.country.clone(),
                    self.standing.clone(),
                    MaybeId(self.within.map(|id| id.0)),
                    tx.now()
                ],
            )
            .await?;
        tx.record(by.map(|by| by.0), &People::OrganisationAdded { organisation: id }).await?;
        Ok(OrganisationId(id))
    }
}
