//! Scheduling a Workshop, or a weekly row of them, with its Agenda and its facilitators.

use crate::error::{Error, Result};
use crate::forum::{self, SpaceId};
use crate::journal::{Act, FormKey, MaybeId, Tx};
use crate::people::rights::may_read;
use crate::people::{self, MemberId, Reader};
use crate::values;
use crate::web::Rendered;
use crate::workshops::kinds::Workshops;
use crate::workshops::rules::may_schedule;
use crate::workshops::when::Start;
use crate::workshops::{ActivityKind, WorkshopId};

/// What is entered about a Workshop, checked.
#[derive(Clone, Debug)]
pub struct Draft {
    pub title: String,
    /// Markdown as typed, and what became of it.
    pub source: String,
    pub rendered: Rendered,
    pub language: String,
    pub start: Start,
    pub minutes: i64,
    /// 0: as many as come.
    pub capacity: i64,
    /// Where the call is; may be empty.
    pub link: String,
    pub facilitators: Vec<MemberId>,
    pub agenda: Vec<DraftActivity>,
}

/// One part of an Agenda as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftActivity {
    pub kind: ActivityKind,
    pub title: String,
    pub minutes: i64,
    /// The question of a brainstorm or discussion, a note on a talk; may be empty.
    pub question: String,
}

/// A new Workshop.
pub struct ScheduleWorkshop {
    pub by: Reader,
    pub space: SpaceId,
    pub draft: Draft,
    /// One start and one UID for each meeting; the first is the draft's own.
    pub meetings: Vec<(Start, String)>,
    pub key: FormKey,
}

impl Act for ScheduleWorkshop {
    /// The first of its meetings.
    type Answer = WorkshopId;

    async fn run(&self, tx: &Tx) -> Result<WorkshopId> {
        let by = self.by.signed_in()?.id;
        let space = forum::space(tx, &self.by, self.space).await?;
        may_schedule(&self.by, &space)?;
        if let Some(known) = tx.already(by.0, &self.key).await? {
            return Ok(WorkshopId(known));
        }
        check_facilitators(tx, &space, &self.draft.facilitators).await?;
        let mut first: Option<WorkshopId> = None;
        for (start, uid) in &self.meetings {
            let workshop = self.insert(tx, start, uid, first).await?;
            first.get_or_insert(workshop);
            store_facilitators(tx, workshop, &self.draft.facilitators).await?;
            store_agenda(tx, workshop, &self.draft.agenda).await?;
            tx.record(Some(by.0), &Workshops::Scheduled { workshop: workshop.0, space: self.space.0 }).await?;
        }
        let first = first.ok_or_else(|| Error::bug("a Workshop without a meeting"))?;
        tx.done(by.0, &self.key, first.0).await?;
        Ok(first)
    }
}

impl ScheduleWorkshop {
    async fn insert(&self, tx: &Tx, start: &Start, uid: &str, series: Option<WorkshopId>) -> Result<WorkshopId> {
        let draft = &self.draft;
        let id = tx
            .insert(
                "INSERT INTO workshop (space, author, title, source, html, language, local_start, zone, is_second, minutes, starts_at, ends_at,
                     series, capacity, link, registered, waiting, people_version, uid, sequence, told_sequence, version, created_at, step, moves)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, 0, 1, $16, 0, 0, 1, $17, 0, 0) RETURNING id",
                values![
                    self.space,
                    MaybeId(self.by.id().map(|id| id.0)),
                    draft.title.clone(),
                    draft.source.clone(),
                    draft.rendered.0.clone(),
                    draft.language.clone(),
                    start.stored(),
                    start.zone.name(),
                    start.is_second,
                    draft.minutes,
                    start.at,
                    start.at.plus(chrono::Duration::minutes(draft.minutes)),
                    MaybeId(series.map(|first| first.0)),
                    draft.capacity,
                    draft.link.clone(),
                    uid,
                    tx.now()
                ],
            )
            .await?;
        Ok(WorkshopId(id))
    }
}

/// Only people who can read the Space may lead there.
pub(super) async fn check_facilitators(tx: &Tx, space: &forum::Space, facilitators: &[MemberId]) -> Result<()> {
    for id in facilitators {
        let member = people::load_member(tx, *id, tx.now()).await?;
        let reads = member.is_some_and(|member| may_read(&Reader::of(std::sync::Arc::new(member), None), space.place()));
        if !reads {
            return Err(Error::field("facilitators", "wrong-facilitator-space"));
        }
    }
    if facilitators.is_empty() { Err(Error::field("facilitators", "wrong-facilitator-none")) } else { Ok(()) }
}

pub(super) async fn store_facilitators(tx: &Tx, workshop: WorkshopId, facilitators: &[MemberId]) -> Result<()> {
    tx.write("DELETE FROM workshop_facilitator WHERE workshop = $1", values![workshop]).await?;
    for (position, member) in facilitators.iter().enumerate() {
        let sql = "INSERT INTO workshop_facilitator (workshop, member, position) VALUES ($1, $2, $3) ON CONFLICT (workshop, member) DO NOTHING";
        tx.write(sql, values![workshop, *member, position as i64]).await?;
    }
    Ok(())
}

pub(super) async fn store_agenda(tx: &Tx, workshop: WorkshopId, agenda: &[DraftActivity]) -> Result<()> {
    tx.write("DELETE FROM activity WHERE workshop = $1", values![workshop]).await?;
    for (at, activity) in agenda.iter().enumerate() {
        tx.write(
            "INSERT INTO activity (workshop, position, kind, title, minutes, question) VALUES ($1, $2, $3, $4, $5, $6)",
            values![workshop, at as i64 + 1, activity.kind, activity.title.clone(), activity.minutes, activity.question.clone()],
        )
        .await?;
    }
    Ok(())
}
