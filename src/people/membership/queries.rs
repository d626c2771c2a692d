//! What reads Stewards and the questions that wait for them.

use sea_orm::FromQueryResult;

use super::acts::belongs;
use super::{Answer, Described, QuestionId, QuestionKind};
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::Reads;
use crate::people::{MemberId, OrganisationId};
use crate::values;

/// A question with whom and what it is about.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Question {
    pub id: QuestionId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub member: MemberId,
    pub handle: String,
    pub name: String,
    pub kind: QuestionKind,
    pub words: String,
    pub asked_at: Instant,
    pub answered_at: Option<Instant>,
    pub answer: Option<Answer>,
}

impl Question {
    pub fn is_join(&self) -> bool {
        self.kind == QuestionKind::Join
    }
}

const QUESTION: &str = "SELECT q.id, q.organisation, o.name AS organisation_name, q.member, m.handle, m.name, q.kind, q.words, q.asked_at, q.answered_at, q.answer
    FROM membership_question q JOIN organisation o ON o.id = q.organisation JOIN member m ON m.id = q.member AND m.erased_at IS NULL";

pub async fn question(db: &impl Reads, id: QuestionId) -> Result<Option<Question>> {
    db.one(&format!("{QUESTION} WHERE q.id = $1"), values![id]).await
}

/// What waits for an answer in an Organisation, the oldest first.
pub async fn questions_in(db: &impl Reads, organisation: OrganisationId) -> Result<Vec<Question>> {
    db.all(&format!("{QUESTION} WHERE q.organisation = $1 AND q.answered_at IS NULL ORDER BY q.id LIMIT 200"), values![organisation]).await
}

/// What waits for an answer anywhere, the oldest first.
pub async fn open_questions(db: &impl Reads) -> Result<Vec<Question>> {
    db.all(&format!("{QUESTION} WHERE q.answered_at IS NULL ORDER BY q.id LIMIT 200"), vec![]).await
}

/// What somebody asked of an Organisation and nobody has answered.
pub async fn asked(db: &impl Reads, organisation: OrganisationId, member: MemberId) -> Result<Option<QuestionId>> {
    let sql = "SELECT id FROM membership_question WHERE organisation = $1 AND member = $2 AND kind = 'join' AND answered_at IS NULL";
    db.value(sql, values![organisation, member]).await
}

/// Organisations that somebody has asked to belong to, by their names.
pub async fn asked_by(db: &impl Reads, member: MemberId) -> Result<Vec<String>> {
    let sql = "SELECT o.name FROM membership_question q JOIN organisation o ON o.id = q.organisation
        WHERE q.member = $1 AND q.kind = 'join' AND q.answered_at IS NULL ORDER BY q.id LIMIT 20";
    db.column(sql, values![member]).await
}

/// Who is asked about an Organisation: its Stewards and all admins.
pub async fn asked_about(db: &impl Reads, organisation: OrganisationId) -> Result<Vec<MemberId>> {
    let sql = "SELECT m.id FROM member m WHERE m.confirmed_at IS NOT NULL AND m.suspended_at IS NULL AND m.erased_at IS NULL
        AND (m.role = 'admin' OR m.id IN (SELECT s.member FROM steward s WHERE s.organisation = $1)) ORDER BY m.id LIMIT 200";
    db.column(sql, values![organisation]).await
}

/// Somebody of an Organisation, for its Stewards.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Person {
    pub member: MemberId,
    pub handle: String,
    pub name: String,
    pub practitioner_at: Option<Instant>,
    pub steward_since: Option<Instant>,
}

const PERSON: &str = "SELECT m.id AS member, m.handle, m.name, m.practitioner_at, s.since AS steward_since FROM membership b
    JOIN member m ON m.id = b.member AND m.confirmed_at IS NOT NULL AND m.erased_at IS NULL
    LEFT JOIN steward s ON s.organisation = b.organisation AND s.member = b.member";

/// Its people, Stewards first.
pub async fn people_in(db: &impl Reads, organisation: OrganisationId) -> Result<Vec<Person>> {
    let sql = format!("{PERSON} WHERE b.organisation = $1 ORDER BY (CASE WHEN s.since IS NULL THEN 1 ELSE 0 END), m.name, m.id LIMIT 500");
    db.all(&sql, values![organisation]).await
}

/// Somebody of an Organisation, by their handle.
pub async fn person_in(db: &impl Reads, organisation: OrganisationId, handle: &str) -> Result<Option<Person>> {
    db.one(&format!("{PERSON} WHERE b.organisation = $1 AND m.handle = $2"), values![organisation, handle]).await
}

/// Its Stewards.
pub async fn stewards_of(db: &impl Reads, organisation: OrganisationId) -> Result<Vec<Person>> {
    db.all(&format!("{PERSON} WHERE b.organisation = $1 AND s.since IS NOT NULL ORDER BY s.since, m.id LIMIT 50"), values![organisation]).await
}

/// Where it is, and the languages it works in.
pub async fn described(db: &impl Reads, organisation: OrganisationId) -> Result<Described> {
    let rows = db.rows("SELECT place, languages FROM organisation WHERE id = $1", values![organisation]).await?;
    let Some(row) = rows.first() else { return Ok(Described::default()) };
    let (place, languages): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok(Described { place, languages: languages.split(", ").filter(|code| !code.is_empty()).map(str::to_owned).collect() })
}

/// Whether somebody belongs to an Organisation.
pub async fn is_of(db: &impl Reads, organisation: OrganisationId, member: MemberId) -> Result<bool> {
    belongs(db, organisation, member).await
}
