//! What reads Dialogues.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;

use super::rules::Tally;
use super::{AnswerKind, Choice, ContributionId, DialogueId, PointId, StageId, StageState};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::forum::SpaceId;
use crate::journal::{MaybeId, Reads};
use crate::people::rights::{Layer, Place, readable, visible};
use crate::people::{Level, MemberId, OrganisationId, Reader};
use crate::values;

/// A Dialogue with what its rights need.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Dialogue {
    pub id: DialogueId,
    pub space: SpaceId,
    pub layer: Layer,
    pub title: String,
    pub question: String,
    pub background_html: String,
    pub language: String,
    pub created_at: Instant,
    /// When its Space was archived.
    pub archived_at: Option<Instant>,
}

impl Dialogue {
    pub fn place(&self) -> Place {
        Place { space: self.space.0, layer: self.layer }
    }
}

const DIALOGUE: &str = "SELECT d.id, d.space, s.layer, d.title, d.question, d.background_html, d.language, d.created_at, s.archived_at
    FROM dialogue d JOIN space s ON s.id = d.space";

/// A Dialogue, if the reader may see it.
pub async fn dialogue(db: &impl Reads, reader: &Reader, id: DialogueId) -> Result<Dialogue> {
    let dialogue: Dialogue = db.one(&format!("{DIALOGUE} WHERE d.id = $1"), values![id]).await?.ok_or(Error::NotFound)?;
    visible(reader, dialogue.place())?;
    Ok(dialogue)
}

pub async fn place_of(db: &impl Reads, id: i64) -> Result<Option<Place>> {
    let rows = db.rows("SELECT s.id, s.layer FROM dialogue d JOIN space s ON s.id = d.space WHERE d.id = $1", values![id]).await?;
    rows.first().map(|row| Ok(Place { space: row.try_get_by_index(0)?, layer: row.try_get_by_index(1)? })).transpose()
}

/// A line of the list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct DialogueRow {
    pub id: DialogueId,
    pub title: String,
    pub question: String,
    pub language: String,
    pub layer: Layer,
    pub said: i64,
}

/// The Dialogues a reader may see, the newest first.
pub async fn dialogues(db: &impl Reads, reader: &Reader) -> Result<Vec<DialogueRow>> {
    let sql = format!(
        "SELECT d.id, d.title, d.question, d.language, s.layer,
                CAST((SELECT COALESCE(sum(g.contributions), 0) FROM stage g WHERE g.dialogue = d.id) AS BIGINT) AS said
         FROM dialogue d JOIN space s ON s.id = d.space WHERE {} ORDER BY d.id DESC LIMIT 100",
        readable(reader, "s")
    );
    db.all(&sql, vec![]).await
}

/// How many Dialogues a Space has.
pub async fn held_in(db: &impl Reads, space: i64) -> Result<i64> {
    Ok(db.value("SELECT count(*) FROM dialogue WHERE space = $1", values![space]).await?.unwrap_or(0))
}

/// How many Contributions all its Stages have.
pub async fn said(db: &impl Reads, id: DialogueId) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(sum(contributions), 0) AS BIGINT) FROM stage WHERE dialogue = $1";
    Ok(db.value(sql, values![id]).await?.unwrap_or(0))
}

/// Whether somebody leads a Dialogue.
pub async fn leads(db: &impl Reads, reader: &Reader, dialogue: &Dialogue) -> Result<bool> {
    let Some(member) = reader.id() else { return Ok(false) };
    if reader.moderates(dialogue.space.0) {
        return Ok(true);
    }
    let sql = "SELECT member FROM dialogue_lead WHERE dialogue = $1 AND member = $2";
    Ok(db.value::<i64>(sql, values![dialogue.id, member]).await?.is_some())
}

/// Whether somebody may answer for a Stage: they speak for its Organisation, or lead the Dialogue.
pub async fn may_answer(db: &impl Reads, reader: &Reader, dialogue: &Dialogue, stage: &Stage) -> Result<bool> {
    let own = reader.member.as_ref().and_then(|own| own.speaks_for.as_ref()).map(|own| own.id);
    let speaks_for_it = stage.organisation.is_some() && own == stage.organisation;
    Ok(speaks_for_it || leads(db, reader, dialogue).await?)
}

/// Those of whom answers for a Stage are expected: who speak for its Organisation, and who were named to lead the Dialogue.
pub async fn answerers(db: &impl Reads, stage: &Stage) -> Result<Vec<MemberId>> {
    let sql = "SELECT m.id FROM membership k JOIN member m ON m.id = k.member AND m.speaks_for = k.organisation
        WHERE k.organisation = $1 AND m.erased_at IS NULL AND m.suspended_at IS NULL
        UNION SELECT member FROM dialogue_lead WHERE dialogue = $2 ORDER BY 1 LIMIT 1000";
    db.column(sql, values![MaybeId(stage.organisation.map(|id| id.0)), stage.dialogue]).await
}

#[derive(Clone, Debug, FromQueryResult)]
pub struct Stage {
    pub id: StageId,
    pub dialogue: DialogueId,
    pub position: i64,
    pub name: String,
    pub level: Level,
    pub organisation: Option<OrganisationId>,
    pub state: StageState,
    pub closes_at: Instant,
    pub quorum: i64,
    pub disagree_most: i64,
    pub version: i64,
    pub contributions: i64,
    pub passed_at: Option<Instant>,
}

const STAGE: &str = "SELECT id, dialogue, position, name, level, organisation, state, closes_at, quorum, disagree_most, version, contributions, passed_at FROM stage";

pub async fn stages(db: &impl Reads, dialogue: DialogueId) -> Result<Vec<Stage>> {
    db.all(&format!("{STAGE} WHERE dialogue = $1 ORDER BY position, id LIMIT 50"), values![dialogue]).await
}

pub async fn stage(db: &impl Reads, id: StageId) -> Result<Stage> {
    db.one(&format!("{STAGE} WHERE id = $1"), values![id]).await?.ok_or(Error::NotFound)
}

/// A Contribution as it is shown.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Contribution {
    pub id: ContributionId,
    pub stage: StageId,
    pub number: i64,
    pub author: Option<MemberId>,
    pub name: Option<String>,
    pub short_name: Option<String>,
    pub level: Option<Level>,
    pub entered_for: String,
    pub html: String,
    pub created_at: Instant,
    pub withdrawn_at: Option<Instant>,
    /// When its words went at their author's wish.
    pub erased_at: Option<Instant>,
    pub set_aside: Option<String>,
}

const CONTRIBUTION: &str = "SELECT c.id, c.stage, c.number, c.author, m.name, o.short_name, o.level, c.entered_for, c.html, c.created_at, c.withdrawn_at, c.erased_at,
           a.reason AS set_aside
    FROM contribution c LEFT JOIN member m ON m.id = c.author AND m.erased_at IS NULL LEFT JOIN organisation o ON o.id = m.speaks_for
    LEFT JOIN set_aside a ON a.contribution = c.id";

/// The Contributions of a Stage in their order.
pub async fn contributions(db: &impl Reads, stage: StageId) -> Result<Vec<Contribution>> {
    db.all(&format!("{CONTRIBUTION} WHERE c.stage = $1 ORDER BY c.number LIMIT 500"), values![stage]).await
}

pub async fn contribution(db: &impl Reads, id: ContributionId) -> Result<Contribution> {
    db.one(&format!("{CONTRIBUTION} WHERE c.id = $1"), values![id]).await?.ok_or(Error::NotFound)
}

#[derive(Clone, Debug, FromQueryResult)]
pub struct Comment {
    pub name: Option<String>,
    pub html: String,
    pub created_at: Instant,
    /// When its words went at their author's wish.
    pub erased_at: Option<Instant>,
}

/// The comments on one Contribution.
pub async fn comments(db: &impl Reads, id: ContributionId) -> Result<Vec<Comment>> {
    let sql = "SELECT m.name, k.html, k.created_at, k.erased_at FROM contribution_comment k
        LEFT JOIN member m ON m.id = k.author AND m.erased_at IS NULL WHERE k.contribution = $1 ORDER BY k.id LIMIT 500";
    db.all(sql, values![id]).await
}

#[derive(Clone, Debug, FromQueryResult)]
pub struct Point {
    pub id: PointId,
    pub stage: StageId,
    pub version: i64,
    pub number: i64,
    pub source: String,
    pub html: String,
    pub created_at: Instant,
}

/// The Points of one version of a Synthesis.
pub async fn points(db: &impl Reads, stage: StageId, version: i64) -> Result<Vec<Point>> {
    db.all("SELECT id, stage, version, number, source, html, created_at FROM point WHERE stage = $1 AND version = $2 ORDER BY number LIMIT 100", values![stage, version]).await
}

/// The numbers of the Contributions that a Point cites.
pub async fn cites(db: &impl Reads, point: PointId) -> Result<Vec<i64>> {
    let sql = "SELECT c.number FROM point_cite k JOIN contribution c ON c.id = k.contribution WHERE k.point = $1 ORDER BY c.number LIMIT 500";
    db.column(sql, values![point]).await
}

/// The numbers of Contributions that are cited by a version, and of those that were set aside.
pub async fn heard(db: &impl Reads, stage: &Stage) -> Result<(BTreeSet<i64>, BTreeSet<i64>, BTreeSet<i64>)> {
    let all: Vec<i64> = db.column("SELECT number FROM contribution WHERE stage = $1 AND withdrawn_at IS NULL ORDER BY number LIMIT 5000", values![stage.id]).await?;
    let cited: Vec<i64> = db
        .column(
            "SELECT DISTINCT c.number FROM point p JOIN point_cite k ON k.point = p.id JOIN contribution c ON c.id = k.contribution
             WHERE p.stage = $1 AND p.version = $2 ORDER BY c.number LIMIT 5000",
            values![stage.id, stage.version],
        )
        .await?;
    let aside: Vec<i64> = db
        .column("SELECT c.number FROM set_aside a JOIN contribution c ON c.id = a.contribution WHERE c.stage = $1 ORDER BY c.number LIMIT 5000", values![stage.id])
        .await?;
    Ok((all.into_iter().collect(), cited.into_iter().collect(), aside.into_iter().collect()))
}

/// The votes on the present version.
pub async fn tally(db: &impl Reads, stage: &Stage) -> Result<Tally> {
    let choices: Vec<Choice> = db.column("SELECT choice FROM ballot WHERE stage = $1 AND version = $2 LIMIT 100000", values![stage.id, stage.version]).await?;
    Ok(Tally::of(&choices))
}

/// What disagreeing and blocking voters gave as their reasons, without their names.
pub async fn reasons(db: &impl Reads, stage: &Stage) -> Result<Vec<(Choice, String)>> {
    let rows = db.rows("SELECT choice, reason FROM ballot WHERE stage = $1 AND version = $2 AND reason <> '' ORDER BY at, member LIMIT 200", values![stage.id, stage.version]).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// One's own vote on the present version.
pub async fn own_vote(db: &impl Reads, stage: &Stage, member: MemberId) -> Result<Option<(Choice, String)>> {
    let rows = db.rows("SELECT choice, reason FROM ballot WHERE stage = $1 AND version = $2 AND member = $3", values![stage.id, stage.version, member]).await?;
    rows.first().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).transpose()
}

#[derive(Clone, Debug, FromQueryResult)]
pub struct Answer {
    pub kind: AnswerKind,
    pub html: String,
    pub name: Option<String>,
    pub stage_name: String,
    pub level: Level,
    pub created_at: Instant,
}

/// The answers to a Point, the latest last; earlier ones stay.
pub async fn answers(db: &impl Reads, point: PointId) -> Result<Vec<Answer>> {
    let sql = "SELECT a.kind, a.html, m.name, s.name AS stage_name, s.level, a.created_at FROM point_answer a JOIN stage s ON s.id = a.stage
        LEFT JOIN member m ON m.id = a.author AND m.erased_at IS NULL WHERE a.point = $1 ORDER BY a.id LIMIT 100";
    db.all(sql, values![point]).await
}

/// The Points that came to a Stage from those before it, with whether it has answered each.
pub async fn incoming(db: &impl Reads, stage: &Stage) -> Result<Vec<(Point, bool)>> {
    let before: Vec<Stage> = stages(db, stage.dialogue).await?.into_iter().filter(|one| one.position == stage.position - 1 && one.state == StageState::PassedOn).collect();
    let mut found = Vec::new();
    for one in before {
        for point in points(db, one.id, one.version).await? {
            let sql = "SELECT id FROM point_answer WHERE point = $1 AND stage = $2 ORDER BY id DESC LIMIT 1";
            let answered = db.value::<i64>(sql, values![point.id, stage.id]).await?.is_some();
            found.push((point, answered));
        }
    }
    Ok(found)
}

/// What a Contribution became: every Point of every version that cites it.
pub async fn became(db: &impl Reads, id: ContributionId) -> Result<Vec<Point>> {
    let sql = "SELECT p.id, p.stage, p.version, p.number, p.source, p.html, p.created_at FROM point_cite k JOIN point p ON p.id = k.point
        WHERE k.contribution = $1 ORDER BY p.version, p.number LIMIT 200";
    db.all(sql, values![id]).await
}
