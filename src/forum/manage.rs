//! What those who run Spaces look at: a Space with its rules in all languages, its people, and what it holds.

use sea_orm::FromQueryResult;

use super::{May, SpaceId, SpaceRules};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::Reads;
use crate::people::rights::{Layer, Place};
use crate::people::{Language, Level, MemberId};
use crate::{boards, dialogues, values, workshops};

/// People listed of one Space.
const PEOPLE: u64 = 1_000;

/// A Space as its settings show it: its rules as they are kept, archived or not.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ManagedSpace {
    pub id: SpaceId,
    pub layer: Layer,
    pub language: String,
    pub may_start: May,
    pub may_reply: May,
    pub may_schedule: May,
    pub may_open: May,
    pub archived_at: Option<Instant>,
    pub version: i64,
}

impl ManagedSpace {
    pub fn place(&self) -> Place {
        Place { space: self.id.0, layer: self.layer }
    }

    pub fn rules(&self) -> SpaceRules {
        SpaceRules { may_start: self.may_start, may_reply: self.may_reply, may_schedule: self.may_schedule, may_open: self.may_open }
    }
}

/// One Space, whoever asks: look at `may_manage` next.
pub async fn managed(db: &impl Reads, id: SpaceId) -> Result<ManagedSpace> {
    let sql = "SELECT id, layer, language, may_start, may_reply, may_schedule, may_open, archived_at, version FROM space WHERE id = $1";
    db.one(sql, values![id]).await?.ok_or(Error::NotFound)
}

/// Title and purpose in one language.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct SpaceText {
    pub language: Language,
    pub title: String,
    pub purpose: String,
}

/// In all languages, the main one first.
pub async fn space_texts(db: &impl Reads, id: SpaceId) -> Result<Vec<SpaceText>> {
    let sql = "SELECT t.language, t.title, t.purpose FROM space_text t LEFT JOIN network_language n ON n.language = t.language
                WHERE t.space = $1 ORDER BY COALESCE(n.position, 100), t.language LIMIT 100";
    db.all(sql, values![id]).await
}

/// Somebody whom a Space names.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SpacePerson {
    pub member: MemberId,
    pub handle: String,
    pub name: String,
    pub moderates: bool,
    pub short_name: Option<String>,
    pub level: Option<Level>,
}

impl SpacePerson {
    pub fn initials(&self) -> String {
        crate::people::initials(&self.name)
    }
}

/// Whom a Space names, its Moderators first.
pub async fn space_people(db: &impl Reads, id: SpaceId) -> Result<Vec<SpacePerson>> {
    let sql = format!(
        "SELECT m.id AS member, m.handle, m.name, p.moderates, o.short_name, o.level FROM space_person p JOIN member m ON m.id = p.member
         LEFT JOIN organisation o ON o.id = m.speaks_for WHERE p.space = $1 AND m.erased_at IS NULL
         ORDER BY p.moderates DESC, m.name, m.id LIMIT {PEOPLE}"
    );
    db.all(&sql, values![id]).await
}

/// What a Space holds, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub topics: i64,
    pub boards: i64,
    pub workshops: i64,
    pub dialogues: i64,
    /// Workshops that are still to come, or run.
    pub ahead: i64,
}

pub async fn held(db: &impl Reads, id: SpaceId, now: Instant) -> Result<Held> {
    let topics = db.value("SELECT count(*) FROM topic WHERE space = $1", values![id]).await?.unwrap_or(0);
    let (workshops, ahead) = workshops::held_in(db, id.0, now).await?;
    let (boards, dialogues) = (boards::held_in(db, id.0).await?, dialogues::held_in(db, id.0).await?);
    Ok(Held { topics, boards, workshops, dialogues, ahead })
}
