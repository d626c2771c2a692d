//! What reads people.

use std::collections::HashSet;

use sea_orm::FromQueryResult;

use super::measures::Silence;
use super::{Language, Level, Member, MemberId, Organisation, OrganisationId, Role, SessionId, Theme};
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::Reads;
use crate::values;

#[derive(FromQueryResult)]
struct MemberRow {
    handle: String,
    name: String,
    role: Role,
    language: Language,
    zone: String,
    theme: Theme,
    practitioner_at: Option<i64>,
    silenced_at: Option<Instant>,
    silenced_until: Option<Instant>,
    organisation: Option<i64>,
    organisation_name: Option<String>,
    short_name: Option<String>,
    level: Option<String>,
}

/// A Member who may act at a moment: confirmed, not suspended, not erased.
pub async fn load_member(db: &impl Reads, id: MemberId, now: Instant) -> Result<Option<Member>> {
    let row = db
        .one::<MemberRow>(
            "SELECT m.handle, m.name, m.role, m.language, m.zone, m.theme, m.practitioner_at, m.silenced_at, m.silenced_until,
                    o.id AS organisation, o.name AS organisation_name, o.short_name, o.level
             FROM member m LEFT JOIN organisation o ON o.id = m.speaks_for
             WHERE m.id = $1 AND m.confirmed_at IS NOT NULL AND m.suspended_at IS NULL AND m.erased_at IS NULL",
            values![id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let spaces = db.rows("SELECT space, moderates FROM space_person WHERE member = $1 LIMIT 1000", values![id]).await?;
    let (mut moderates, mut named_in) = (HashSet::new(), HashSet::new());
    for space in spaces {
        let (space, keeps_order): (i64, bool) = (space.try_get_by_index(0)?, space.try_get_by_index(1)?);
        named_in.insert(space);
        if keeps_order {
            moderates.insert(space);
        }
    }
    let stewards: Vec<OrganisationId> = db.column("SELECT organisation FROM steward WHERE member = $1 LIMIT 100", values![id]).await?;
    let sql = "SELECT d.kind, MAX(a.document) FROM acceptance a JOIN document d ON d.id = a.document WHERE a.member = $1 GROUP BY d.kind LIMIT 100";
    let rows = db.rows(sql, values![id]).await?;
    let accepted: Result<_> = rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect();
    let speaks_for = match (row.organisation, row.organisation_name, row.short_name, row.level.and_then(|level| level.parse().ok())) {
        (Some(id), Some(name), Some(short_name), Some(level)) => Some(Organisation { id: OrganisationId(id), name, short_name, level }),
        _ => None,
    };
    Ok(Some(Member {
        id,
        handle: row.handle,
        name: row.name,
        role: row.role,
        is_practitioner: row.practitioner_at.is_some(),
        silence: Silence::stored(row.silenced_at, row.silenced_until, now),
        language: row.language,
        zone: row.zone.parse().unwrap_or(chrono_tz::UTC),
        theme: row.theme,
        speaks_for,
        stewards: stewards.into_iter().collect(),
        moderates,
        named_in,
        accepted: accepted?,
    }))
}

/// Whose session this is.
pub async fn session_member(db: &impl Reads, token_hash: &str) -> Result<Option<(SessionId, MemberId)>> {
    let rows = db.rows("SELECT id, member FROM session WHERE token_hash = $1", values![token_hash]).await?;
    rows.first().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).transpose()
}

/// What signing in needs to know of an account.
#[derive(Debug, FromQueryResult)]
pub struct Account {
    pub id: MemberId,
    pub name: String,
    pub email: Option<String>,
    pub language: Language,
    pub zone: String,
    pub password_hash: Option<String>,
    pub confirmed_at: Option<Instant>,
    pub suspended_at: Option<Instant>,
}

const ACCOUNT: &str = "SELECT id, name, email, language, zone, password_hash, confirmed_at, suspended_at FROM member";

pub async fn account_by_email(db: &impl Reads, email_folded: &str) -> Result<Option<Account>> {
    db.one(&format!("{ACCOUNT} WHERE email_folded = $1"), values![email_folded]).await
}

pub async fn account_by_handle(db: &impl Reads, handle: &str) -> Result<Option<Account>> {
    db.one(&format!("{ACCOUNT} WHERE handle = $1 AND erased_at IS NULL"), values![handle]).await
}

/// Those of some handles that Members have.
pub async fn members_named(db: &impl Reads, handles: Vec<String>) -> Result<HashSet<String>> {
    if handles.is_empty() {
        return Ok(HashSet::new());
    }
    let places: Vec<String> = (1..=handles.len()).map(|at| format!("${at}")).collect();
    let sql = format!("SELECT handle FROM member WHERE handle IN ({}) AND confirmed_at IS NOT NULL AND erased_at IS NULL", places.join(", "));
    Ok(db.column::<String>(&sql, handles.into_iter().map(Into::into).collect()).await?.into_iter().collect())
}

/// Where a Member gets mail: name and address, while they may act.
pub async fn address_of(db: &impl Reads, member: MemberId) -> Result<Option<(String, String)>> {
    let sql = "SELECT name, email FROM member WHERE id = $1 AND email IS NOT NULL AND confirmed_at IS NOT NULL AND suspended_at IS NULL AND erased_at IS NULL";
    let rows = db.rows(sql, values![member]).await?;
    rows.first().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).transpose()
}

/// The language a Member chose.
pub async fn language_of(db: &impl Reads, member: MemberId) -> Result<Option<Language>> {
    db.value("SELECT language FROM member WHERE id = $1", values![member]).await
}

/// One of a Member's sessions, for settings.
#[derive(Debug, FromQueryResult)]
pub struct Session {
    pub id: SessionId,
    pub program: String,
    pub created_at: Instant,
    pub used_at: Option<Instant>,
}

impl Session {
    /// The browser and the system, by the names people know.
    pub fn named(&self) -> String {
        super::programs::program_name(&self.program)
    }
}

pub async fn sessions_of(db: &impl Reads, member: MemberId) -> Result<Vec<Session>> {
    db.all(
        "SELECT s.id, s.program, s.created_at, u.used_at FROM session s LEFT JOIN session_use u ON u.session = s.id
         WHERE s.member = $1 ORDER BY s.id DESC LIMIT 100",
        values![member],
    )
    .await
}

/// A Member as their own page and settings show them.
#[derive(Debug, FromQueryResult)]
pub struct Profile {
    pub id: MemberId,
    pub handle: String,
    pub name: String,
    pub about: String,
    pub language: Language,
    pub zone: String,
    pub theme: Theme,
    pub role: Role,
    pub practitioner_at: Option<Instant>,
    pub speaks_for: Option<OrganisationId>,
    pub created_at: Instant,
}

impl Profile {
    pub fn initials(&self) -> String {
        super::initials(&self.name)
    }
}

/// The profile of someone who can be seen: confirmed and not erased.
pub async fn profile(db: &impl Reads, handle: &str) -> Result<Option<Profile>> {
    db.one(
        "SELECT id, handle, name, about, language, zone, theme, role, practitioner_at, speaks_for, created_at
         FROM member WHERE handle = $1 AND confirmed_at IS NOT NULL AND erased_at IS NULL",
        values![handle],
    )
    .await
}

/// An Organisation with what its page says.
#[derive(Debug, Clone, FromQueryResult)]
pub struct OrganisationRow {
    pub id: OrganisationId,
    pub name: String,
    pub short_name: String,
    pub kind: String,
    pub level: Level,
    pub country: String,
    pub standing: String,
}

const ORGANISATION: &str = "SELECT o.id, o.name, o.short_name, o.kind, o.level, o.country, o.standing FROM organisation o";

/// All Organisations, for a choice; a network has some hundreds.
pub async fn organisations(db: &impl Reads) -> Result<Vec<OrganisationRow>> {
    db.all(&format!("{ORGANISATION} WHERE o.merged_into IS NULL ORDER BY o.short_name, o.id LIMIT 2000"), vec![]).await
}

pub async fn organisation(db: &impl Reads, id: OrganisationId) -> Result<Option<OrganisationRow>> {
    db.one(&format!("{ORGANISATION} WHERE o.id = $1 AND o.merged_into IS NULL"), values![id]).await
}

/// The Organisation that is meant by an id: itself, or the one that it was merged into.
pub async fn present(db: &impl Reads, id: OrganisationId) -> Result<Option<OrganisationId>> {
    db.value("SELECT COALESCE(merged_into, id) FROM organisation WHERE id = $1", values![id]).await
}

/// The one that an Organisation was merged into, if it was.
pub async fn merged_into(db: &impl Reads, id: OrganisationId) -> Result<Option<OrganisationId>> {
    db.value("SELECT merged_into FROM organisation WHERE id = $1 AND merged_into IS NOT NULL", values![id]).await
}

/// Within which an Organisation lies, and the version of what is said of it.
pub async fn within_and_version(db: &impl Reads, id: OrganisationId) -> Result<(Option<OrganisationId>, i64)> {
    let rows = db.rows("SELECT within, version FROM organisation WHERE id = $1", values![id]).await?;
    let Some(row) = rows.first() else { return Ok((None, 0)) };
    Ok((row.try_get_by_index::<Option<i64>>(0)?.map(OrganisationId), row.try_get_by_index(1)?))
}

/// What an Organisation lies within, the nearest first.
pub async fn above(db: &impl Reads, id: OrganisationId) -> Result<Vec<OrganisationRow>> {
    let mut above: Vec<OrganisationRow> = Vec::new();
    let (mut within, _) = within_and_version(db, id).await?;
    while let Some(next) = within.filter(|next| above.len() < super::organisations::HIGHEST && !above.iter().any(|known| known.id == *next)) {
        above.extend(organisation(db, next).await?);
        (within, _) = within_and_version(db, next).await?;
    }
    Ok(above)
}

/// What lies right within an Organisation.
pub async fn below(db: &impl Reads, id: OrganisationId) -> Result<Vec<OrganisationRow>> {
    let sql = format!("{ORGANISATION} WHERE o.within = $1 AND o.merged_into IS NULL ORDER BY o.short_name, o.id LIMIT 200");
    db.all(&sql, values![id]).await
}

/// How many Members belong to an Organisation.
pub async fn count_of(db: &impl Reads, id: OrganisationId) -> Result<i64> {
    Ok(db.value("SELECT count(*) FROM membership WHERE organisation = $1", values![id]).await?.unwrap_or(0))
}

/// The Organisations a Member belongs to.
pub async fn organisations_of(db: &impl Reads, member: MemberId) -> Result<Vec<OrganisationRow>> {
    let sql = format!("{ORGANISATION} JOIN membership b ON b.organisation = o.id WHERE b.member = $1 ORDER BY b.since, o.id LIMIT 50");
    db.all(&sql, values![member]).await
}

/// A line of the directory and of the page where admins confirm people.
#[derive(Debug, FromQueryResult)]
pub struct Listed {
    pub id: MemberId,
    pub handle: String,
    pub name: String,
    pub about: String,
    pub role: Role,
    pub practitioner_at: Option<Instant>,
    pub short_name: Option<String>,
    pub level: Option<String>,
}

impl Listed {
    pub fn initials(&self) -> String {
        super::initials(&self.name)
    }
}

const LISTED: &str = "SELECT m.id, m.handle, m.name, m.about, m.role, m.practitioner_at, o.short_name, o.level
    FROM member m LEFT JOIN organisation o ON o.id = m.speaks_for
    WHERE m.confirmed_at IS NOT NULL AND m.erased_at IS NULL AND m.suspended_at IS NULL";

/// Members by name after a cursor (name and id of the last one shown), `limit` at most.
pub async fn directory(db: &impl Reads, after: (&str, i64), limit: u64) -> Result<Vec<Listed>> {
    let sql = format!("{LISTED} AND (m.name > $1 OR (m.name = $1 AND m.id > $2)) ORDER BY m.name, m.id LIMIT {limit}");
    db.all(&sql, values![after.0, after.1]).await
}

/// The people of one Organisation.
pub async fn people_of(db: &impl Reads, organisation: OrganisationId) -> Result<Vec<Listed>> {
    let sql = format!("{LISTED} AND m.id IN (SELECT member FROM membership WHERE organisation = $1) ORDER BY m.name, m.id LIMIT 200");
    db.all(&sql, values![organisation]).await
}

/// Members whom nobody has confirmed as Practitioners yet, the newest first.
pub async fn unconfirmed(db: &impl Reads, limit: u64) -> Result<Vec<Listed>> {
    db.all(&format!("{LISTED} AND m.practitioner_at IS NULL ORDER BY m.id DESC LIMIT {limit}"), vec![]).await
}

/// Whether more than one person has joined.
pub async fn is_anybody_else(db: &impl Reads) -> Result<bool> {
    let two: Vec<MemberId> = db.column("SELECT id FROM member WHERE confirmed_at IS NOT NULL ORDER BY id LIMIT 2", vec![]).await?;
    Ok(two.len() > 1)
}
