//! Whom a Dialogue concerns: every contributor learns at each step what became of what they said, and who is to answer
//! that Points wait.

use super::kinds::Dialogues;
use super::queries::{contribution, dialogue};
use super::{ContributionId, DialogueId, PointId, StageId, StageState, queries};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Entry, Kind, Reads};
use crate::live::BoxFuture;
use crate::notify::{Described, DigestItem, Line, Telling};
use crate::people::{MemberId, Reader};
use crate::values;
use crate::web::Words;
use crate::web::markdown::excerpt;

pub struct Tells;

/// Authors of Contributions by a query that gives contribution and author.
async fn authors(site: &Site, sql: &str, id: i64) -> Result<Vec<(ContributionId, MemberId)>> {
    let rows = site.db.rows(sql, values![id]).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

const OF_STAGE: &str = "SELECT id, author FROM contribution WHERE stage = $1 AND author IS NOT NULL AND entered_for = '' AND withdrawn_at IS NULL ORDER BY id LIMIT 1000";
const OF_POINT: &str = "SELECT c.id, c.author FROM point_cite k JOIN contribution c ON c.id = k.contribution
    WHERE k.point = $1 AND c.author IS NOT NULL AND c.entered_for = '' ORDER BY c.id LIMIT 1000";

impl crate::notify::Tells for Tells {
    fn domain(&self) -> &'static str {
        "dialogues"
    }

    fn told<'a>(&'a self, site: &'a Site, entry: &'a Entry) -> BoxFuture<'a, Result<Vec<Telling>>> {
        Box::pin(async move {
            let (reason, found, step) = match Dialogues::of(entry) {
                Some(Dialogues::StageMoved { stage, .. }) => {
                    let now = queries::stage(&site.db, StageId(stage)).await?;
                    if now.state != StageState::Ratify {
                        return Ok(Vec::new());
                    }
                    ("dialogue-summed-up", authors(site, OF_STAGE, stage).await?, format!("v{}", now.version))
                }
                Some(Dialogues::PassedOn { stage, .. }) => {
                    let contributors = authors(site, OF_STAGE, stage).await?;
                    let told = contributors.into_iter().map(|(id, member)| (member, "dialogue-passed-on", format!("contribution:{id}:passed")));
                    return Ok(others(entry, told.chain(asked(site, StageId(stage)).await?)));
                }
                Some(Dialogues::Answered { point, .. }) => ("dialogue-answered", authors(site, OF_POINT, point).await?, format!("a{}", entry.id)),
                Some(Dialogues::Commented { contribution: id, comment, .. }) => {
                    let known = contribution(&site.db, ContributionId(id)).await?;
                    let author = known.author.filter(|_| known.entered_for.is_empty());
                    ("dialogue-commented", author.map(|author| (known.id, author)).into_iter().collect(), format!("c{comment}"))
                }
                _ => return Ok(Vec::new()),
            };
            Ok(others(entry, found.into_iter().map(|(id, member)| (member, reason, format!("contribution:{id}:{step}")))))
        })
    }

    fn describe<'a>(&'a self, site: &'a Site, reader: &'a Reader, thing: &'a str) -> BoxFuture<'a, Result<Option<Described>>> {
        Box::pin(async move {
            match described(site, reader, thing).await {
                Ok(described) => Ok(Some(described)),
                Err(Error::NotFound) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    fn digest<'a>(&'a self, site: &'a Site, reader: &'a Reader, since: Instant) -> BoxFuture<'a, Result<Vec<DigestItem>>> {
        Box::pin(async move {
            let Some(member) = reader.id() else { return Ok(Vec::new()) };
            let mut items = Vec::new();
            let sql = "SELECT a.point, k.contribution, a.created_at FROM contribution c JOIN point_cite k ON k.contribution = c.id
                JOIN point_answer a ON a.point = k.point WHERE c.author = $1 AND a.created_at > $2 ORDER BY a.id DESC LIMIT 10";
            for row in site.db.rows(sql, values![member, since]).await? {
                let (point, id, at): (PointId, i64, Instant) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
                let thing = format!("contribution:{id}:p{point}");
                if let Some(described) = self.describe(site, reader, &thing).await? {
                    items.push(DigestItem { reason: "dialogue-answered", described, thing, at, weight: 90.0, note: String::new() });
                }
            }
            // Votes that wait for them.
            for row in queries::dialogues(&site.db, reader).await?.into_iter().take(20) {
                for stage in queries::stages(&site.db, row.id).await? {
                    let theirs = reader.member.as_ref().is_some_and(|own| super::rules::belongs(own, stage.level, stage.organisation).is_ok());
                    if stage.state == StageState::Ratify && theirs && stage.closes_at > site.now() && queries::own_vote(&site.db, &stage, member).await?.is_none() {
                        let href = format!("/dialogues/{}/stages/{}", row.id, stage.id);
                        let described = Described { href, who: String::new(), title: row.title.clone(), line: Line::Fact(stage.name.clone()) };
                        items.push(DigestItem { reason: "dialogue-ratify", described, thing: format!("stage:{}", stage.id), at: site.now(), weight: 70.0, note: String::new() });
                    }
                }
            }
            Ok(items)
        })
    }
}

type Told = (MemberId, &'static str, String);

/// Nobody is told of what they did themselves.
fn others(entry: &Entry, told: impl Iterator<Item = Told>) -> Vec<Telling> {
    told.filter(|(member, ..)| Some(member.0) != entry.actor).map(|(member, reason, thing)| Telling { member, reason, thing }).collect()
}

/// The name of what waits for a Stage's answers: Points that another passed to it.
pub(super) fn waits(answering: StageId, from: StageId) -> String {
    format!("stage:{answering}:{from}")
}

/// Of whom answers to the Points are expected that a Stage has passed on.
async fn asked(site: &Site, from: StageId) -> Result<Vec<Told>> {
    let passed = queries::stage(&site.db, from).await?;
    let mut told = Vec::new();
    for stage in queries::stages(&site.db, passed.dialogue).await?.into_iter().filter(|one| one.position == passed.position + 1) {
        let people = queries::answerers(&site.db, &stage).await?;
        told.extend(people.into_iter().map(|member| (member, "dialogue-waits", waits(stage.id, from))));
    }
    Ok(told)
}

async fn described(site: &Site, reader: &Reader, thing: &str) -> Result<Described> {
    match thing.strip_prefix("stage:") {
        Some(stages) => described_waiting(site, reader, stages).await,
        None => described_contribution(site, reader, thing).await,
    }
}

/// Points without an answer, for who may give it; what was answered waits no more.
async fn described_waiting(site: &Site, reader: &Reader, stages: &str) -> Result<Described> {
    let (answering, from) = stages.split_once(':').ok_or(Error::NotFound)?;
    let (answering, from) = (answering.parse().map_err(|_| Error::NotFound)?, from.parse().map(StageId).map_err(|_| Error::NotFound)?);
    let stage = queries::stage(&site.db, StageId(answering)).await?;
    let place = dialogue(&site.db, reader, stage.dialogue).await?;
    let waiting = queries::incoming(&site.db, &stage).await?.iter().filter(|(point, is_answered)| point.stage == from && !is_answered).count();
    if waiting == 0 || !queries::may_answer(&site.db, reader, &place, &stage).await? {
        return Err(Error::NotFound);
    }
    let line = Words(reader.language).with("dialogue-points-wait", &[("stage", stage.name), ("n", waiting.to_string())]);
    Ok(Described { href: format!("/dialogues/{}/stages/{}#incoming", place.id, stage.id), who: String::new(), title: place.title, line: Line::Fact(line) })
}

async fn described_contribution(site: &Site, reader: &Reader, thing: &str) -> Result<Described> {
    let id = thing.split(':').nth(1).and_then(|id| id.parse().ok()).map(ContributionId).ok_or(Error::NotFound)?;
    let known = contribution(&site.db, id).await?;
    let stage = queries::stage(&site.db, known.stage).await?;
    let place = dialogue(&site.db, reader, DialogueId(stage.dialogue.0)).await?;
    Ok(Described {
        href: format!("/dialogues/{}/contributions/{id}", place.id),
        who: String::new(),
        title: place.title,
        line: Line::said(excerpt(&known.html, 140)),
    })
}
