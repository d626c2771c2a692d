//! What reads Workshops.

use chrono_tz::Tz;
use sea_orm::FromQueryResult;

use super::rules::RoomClock;
use super::{ActivityId, ActivityKind, MessageId, Standing, WorkshopId};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::forum::TopicId;
use crate::forum::space_words;
use crate::journal::{MaybeId, Reads};
use crate::people::rights::{Layer, Place, readable, visible};
use crate::people::{Language, Level, MemberId, Reader};
use crate::values;

/// The most that is read of a Workshop's people at once: beyond that a page names numbers.
pub const PEOPLE: u64 = 1_000;

/// A Workshop with its Space.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Workshop {
    pub id: WorkshopId,
    pub space: i64,
    pub layer: Layer,
    pub space_title: String,
    /// The language of that title.
    pub space_language: String,
    pub title: String,
    pub source: String,
    pub html: String,
    pub language: String,
    pub local_start: String,
    pub zone: String,
    pub is_second: bool,
    pub minutes: i64,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub capacity: i64,
    pub link: String,
    pub registered: i64,
    pub waiting: i64,
    pub people_version: i64,
    /// When its Space was archived.
    pub archived_at: Option<Instant>,
    pub uid: String,
    pub sequence: i64,
    pub told_sequence: i64,
    pub version: i64,
    pub cancelled_at: Option<Instant>,
    pub step: i64,
    pub opened_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub deadline: Option<Instant>,
    pub remaining: Option<i64>,
    pub moves: i64,
    pub topic: Option<TopicId>,
    pub topic_slug: Option<String>,
}

impl Workshop {
    pub fn place(&self) -> Place {
        Place { space: self.space, layer: self.layer }
    }

    /// The event's own zone; a name that the zone data does not know any more is read as UTC.
    pub fn tz(&self) -> Tz {
        self.zone.parse().unwrap_or(Tz::UTC)
    }

    pub fn href(&self) -> String {
        href(self.id)
    }

    pub fn room_href(&self) -> String {
        format!("/workshops/{}/room", self.id)
    }

    pub fn clock(&self) -> RoomClock {
        RoomClock { step: self.step, opened_at: self.opened_at, ended_at: self.ended_at, deadline: self.deadline, remaining: self.remaining }
    }

    /// The address of the minutes, once they are there.
    pub fn topic_href(&self) -> Option<String> {
        self.topic.map(|topic| crate::forum::topic_href(topic, self.topic_slug.as_deref().unwrap_or_default()))
    }

    pub fn is_over(&self, now: Instant) -> bool {
        let until = if self.clock().is_running() { self.ends_at.plus(super::rules::OVERTIME) } else { self.ends_at };
        self.ended_at.is_some() || until < now
    }

    /// Whether the room is what people come for now.
    pub fn is_on(&self, now: Instant) -> bool {
        let near = self.starts_at.minus(super::rules::DOORS) <= now;
        self.cancelled_at.is_none() && !self.is_over(now) && (near || self.clock().is_running())
    }
}

/// `/workshops/7`.
pub fn href(id: WorkshopId) -> String {
    format!("/workshops/{id}")
}

const FROM: &str = concat!("FROM workshop w JOIN space s ON s.id = w.space ", space_words!("x"));

/// One Workshop, if the reader may see it.
pub async fn workshop(db: &impl Reads, reader: &Reader, id: WorkshopId) -> Result<Workshop> {
    let workshop = workshop_for(db, reader.language, id).await?.ok_or(Error::NotFound)?;
    visible(reader, workshop.place())?;
    Ok(workshop)
}

/// One Workshop, whoever asks: for the live line, which has looked at the door, and for mail.
pub async fn workshop_for(db: &impl Reads, language: Language, id: WorkshopId) -> Result<Option<Workshop>> {
    let sql = format!(
        "SELECT w.id, w.space, s.layer, x.title AS space_title, x.language AS space_language, w.title, w.source, w.html, w.language, w.local_start, w.zone, w.is_second,
                w.minutes, w.starts_at, w.ends_at, w.capacity, w.link, w.registered, w.waiting, w.people_version, s.archived_at, w.uid, w.sequence,
                w.told_sequence, w.version, w.cancelled_at, w.step, w.opened_at, w.ended_at, w.deadline, w.remaining, w.moves, w.topic,
                t.slug AS topic_slug
         {FROM} LEFT JOIN topic t ON t.id = w.topic WHERE w.id = $2"
    );
    db.one(&sql, values![language, id]).await
}

/// A line of a list of Workshops.
#[derive(Clone, Debug, FromQueryResult)]
pub struct WorkshopRow {
    pub id: WorkshopId,
    /// The first of its weekly row; itself where it stands alone.
    pub series: WorkshopId,
    pub title: String,
    pub language: String,
    pub space: i64,
    pub space_title: String,
    /// The language of that title.
    pub space_language: String,
    pub zone: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub capacity: i64,
    pub registered: i64,
    pub waiting: i64,
    pub cancelled_at: Option<Instant>,
    pub opened_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub topic: Option<TopicId>,
    /// How the reader stands to it.
    pub standing: Option<Standing>,
}

impl WorkshopRow {
    pub fn href(&self) -> String {
        href(self.id)
    }

    pub fn tz(&self) -> Tz {
        self.zone.parse().unwrap_or(Tz::UTC)
    }

    pub fn is_live(&self) -> bool {
        self.opened_at.is_some() && self.ended_at.is_none()
    }

    pub fn is_full(&self) -> bool {
        self.capacity > 0 && self.registered >= self.capacity
    }

    pub fn is_registered(&self) -> bool {
        self.standing == Some(Standing::Registered)
    }

    pub fn is_waiting(&self) -> bool {
        self.standing == Some(Standing::Waiting)
    }
}

const ROW: &str = "SELECT w.id, COALESCE(w.series, w.id) AS series, w.title, w.language, w.space, x.title AS space_title, x.language AS space_language, w.zone, w.starts_at, w.ends_at, w.capacity, w.registered,
           w.waiting, w.cancelled_at, w.opened_at, w.ended_at, w.topic, r.standing";

/// A list of Workshops, one of two: what lies ahead (or runs), the nearest first; what is over, the latest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Ahead,
    Over,
}

/// The Workshops that a reader may see, of one Space or of all. `after` is the end and id of the last one shown.
pub async fn workshops(db: &impl Reads, reader: &Reader, which: Which, space: Option<i64>, now: Instant, after: Option<(i64, i64)>, limit: u64) -> Result<Vec<WorkshopRow>> {
    // The rule of Workshop::is_over once more.
    let ahead = "w.ended_at IS NULL AND (w.ends_at >= $3 OR (w.ends_at >= $6 AND w.opened_at IS NOT NULL))";
    let (more, order) = match which {
        Which::Ahead => (format!("w.ends_at >= $6 AND {ahead} AND (w.ends_at > $4 OR (w.ends_at = $4 AND w.id > $5))"), "w.ends_at, w.id"),
        Which::Over => (format!("NOT ({ahead}) AND (w.ends_at < $4 OR (w.ends_at = $4 AND w.id < $5))"), "w.ends_at DESC, w.id DESC"),
    };
    let overtime = now.minus(super::rules::OVERTIME);
    let after = after.unwrap_or(match which {
        Which::Ahead => (i64::MIN, i64::MIN),
        Which::Over => (i64::MAX, i64::MAX),
    });
    let place = space.map_or(String::new(), |space| format!("AND w.space = {space}"));
    let sql = format!(
        "{ROW} {FROM} LEFT JOIN registration r ON r.workshop = w.id AND r.member = $2 AND r.standing <> 'withdrawn'
         WHERE {more} AND {} {place} ORDER BY {order} LIMIT {limit}",
        readable(reader, "s")
    );
    db.all(&sql, values![reader.language, MaybeId(reader.id().map(|id| id.0)), now, after.0, after.1, overtime]).await
}

/// How many Workshops a Space has, and how many of them are still to come, or run.
pub async fn held_in(db: &impl Reads, space: i64, now: Instant) -> Result<(i64, i64)> {
    let sql = "SELECT count(*), COALESCE(sum(CASE WHEN ended_at IS NULL AND cancelled_at IS NULL AND (ends_at >= $2 OR (ends_at >= $3 AND opened_at IS NOT NULL)) THEN 1 ELSE 0 END), 0)
        FROM workshop WHERE space = $1";
    let rows = db.rows(sql, values![space, now, now.minus(super::rules::OVERTIME)]).await?;
    rows.first().map_or(Ok((0, 0)), |row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
}

/// The Workshops ahead that a Member is registered for, the nearest first.
pub async fn workshops_of(db: &impl Reads, reader: &Reader, member: MemberId, now: Instant, limit: u64) -> Result<Vec<WorkshopRow>> {
    let sql = format!(
        "{ROW} {FROM} JOIN registration r ON r.workshop = w.id AND r.member = $2 AND r.standing = 'registered'
         WHERE w.ends_at >= $3 AND w.ended_at IS NULL AND w.cancelled_at IS NULL AND {} ORDER BY w.ends_at, w.id LIMIT {limit}",
        readable(reader, "s")
    );
    db.all(&sql, values![reader.language, member, now]).await
}

/// One part of an Agenda.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Activity {
    pub id: ActivityId,
    pub position: i64,
    pub kind: ActivityKind,
    pub title: String,
    pub minutes: i64,
    pub question: String,
    pub board: Option<i64>,
}

pub async fn agenda(db: &impl Reads, workshop: WorkshopId) -> Result<Vec<Activity>> {
    let sql = "SELECT id, position, kind, title, minutes, question, board FROM activity WHERE workshop = $1 ORDER BY position LIMIT 50";
    db.all(sql, values![workshop]).await
}

/// A person as the pages of a Workshop name them.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Person {
    pub member: MemberId,
    pub handle: String,
    pub name: String,
    pub short_name: Option<String>,
    pub level: Option<Level>,
}

impl Person {
    pub fn initials(&self) -> String {
        crate::people::initials(&self.name)
    }
}

/// Those who lead it, in their order.
pub async fn facilitators(db: &impl Reads, workshop: WorkshopId) -> Result<Vec<Person>> {
    db.all(
        "SELECT m.id AS member, m.handle, m.name, o.short_name, o.level FROM workshop_facilitator f
         JOIN member m ON m.id = f.member AND m.erased_at IS NULL LEFT JOIN organisation o ON o.id = m.speaks_for
         WHERE f.workshop = $1 ORDER BY f.position, m.id LIMIT 50",
        values![workshop],
    )
    .await
}

pub async fn facilitator_ids(db: &impl Reads, workshop: WorkshopId) -> Result<Vec<MemberId>> {
    db.column("SELECT member FROM workshop_facilitator WHERE workshop = $1 ORDER BY position, member LIMIT 50", values![workshop]).await
}

/// How a Member stands to a Workshop; `None` for somebody who never registered.
pub async fn standing(db: &impl Reads, workshop: WorkshopId, member: MemberId) -> Result<Option<Standing>> {
    db.value("SELECT standing FROM registration WHERE workshop = $1 AND member = $2", values![workshop, member]).await
}

/// The place of a Member on the waiting list, from 1.
pub async fn place_in_line(db: &impl Reads, workshop: WorkshopId, member: MemberId) -> Result<i64> {
    let sql = "SELECT count(*) FROM registration r JOIN registration me ON me.workshop = r.workshop AND me.member = $2
               WHERE r.workshop = $1 AND r.standing = 'waiting' AND (r.joined_at < me.joined_at OR (r.joined_at = me.joined_at AND r.id <= me.id))";
    Ok(db.value(sql, values![workshop, member]).await?.unwrap_or(0))
}

/// The ids of those with a standing, in the order in which they joined.
pub async fn members_standing(db: &impl Reads, workshop: WorkshopId, standing: Standing, limit: u64) -> Result<Vec<MemberId>> {
    let sql = format!("SELECT member FROM registration WHERE workshop = $1 AND standing = $2 ORDER BY joined_at, id LIMIT {limit}");
    db.column(&sql, values![workshop, standing]).await
}

/// Something said in the chat.
#[derive(Clone, Debug, FromQueryResult)]
pub struct MessageRow {
    pub id: MessageId,
    pub author: Option<MemberId>,
    pub author_name: Option<String>,
    pub words: String,
    pub at: Instant,
}

impl MessageRow {
    /// Its place in the list.
    pub fn key(&self) -> String {
        format!("{:016x}", self.id.0)
    }

    pub fn initials(&self) -> String {
        crate::people::initials(self.author_name.as_deref().unwrap_or("·"))
    }

    pub fn hue(&self) -> String {
        crate::web::face_hue(&self.author.map_or(0, |id| id.0))
    }
}

const MESSAGE: &str = "SELECT c.id, c.author, m.name AS author_name, c.words, c.at FROM workshop_message c
    LEFT JOIN member m ON m.id = c.author AND m.erased_at IS NULL";

/// The latest of what was said, the oldest of it first.
pub async fn messages(db: &impl Reads, workshop: WorkshopId, limit: u64) -> Result<Vec<MessageRow>> {
    let sql = format!("{MESSAGE} WHERE c.workshop = $1 ORDER BY c.id DESC LIMIT {limit}");
    let mut rows: Vec<MessageRow> = db.all(&sql, values![workshop]).await?;
    rows.reverse();
    Ok(rows)
}

pub async fn message(db: &impl Reads, id: MessageId) -> Result<Option<MessageRow>> {
    db.one(&format!("{MESSAGE} WHERE c.id = $1"), values![id]).await
}

/// A raised hand.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Hand {
    pub member: MemberId,
    pub name: String,
    pub spoken: i64,
}

impl Hand {
    pub fn initials(&self) -> String {
        crate::people::initials(&self.name)
    }
}

/// Who wants to speak: those who have spoken least go first, then by the time of raising.
pub async fn hands(db: &impl Reads, workshop: WorkshopId) -> Result<Vec<Hand>> {
    db.all(
        "SELECT h.member, m.name, h.spoken FROM hand h JOIN member m ON m.id = h.member AND m.erased_at IS NULL
         WHERE h.workshop = $1 AND h.raised_at IS NOT NULL ORDER BY h.spoken, h.raised_at, h.member LIMIT 100",
        values![workshop],
    )
    .await
}

/// Decisions and actions as they were noted.
pub async fn outcomes(db: &impl Reads, workshop: WorkshopId) -> Result<Vec<String>> {
    db.column("SELECT words FROM workshop_outcome WHERE workshop = $1 ORDER BY position LIMIT 100", values![workshop]).await
}

/// How many came for each Organisation, the most first; `None` are those who spoke for themselves.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Came {
    pub short_name: Option<String>,
    pub people: i64,
}

pub async fn attendance(db: &impl Reads, workshop: WorkshopId) -> Result<Vec<Came>> {
    db.all(
        "SELECT o.short_name, count(*) AS people FROM attendance a LEFT JOIN organisation o ON o.id = a.speaks_for
         WHERE a.workshop = $1 GROUP BY o.short_name ORDER BY people DESC, o.short_name IS NULL, o.short_name LIMIT 500",
        values![workshop],
    )
    .await
}
