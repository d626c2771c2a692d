//! The Dialogues as the texts have them, told from the opening on: Contributions, Syntheses, votes, passing on, answers.

use std::collections::BTreeSet;

use chrono::Duration;
use serde::Deserialize;

use super::roster::{self, Roster};
use super::step::{Known, Step, Timed};
use super::written::age;
use super::texts;
use crate::clock::Instant;
use crate::dialogues::{
    AddComment, AddContribution, AnswerKind, AnswerPoint, CastVote, Choice, ContributionId, NewPoint, NewStage, OpenDialogue, PassOn, PointId,
    SaveSynthesis, StageId, StageState, StartRatification, StartSumUp, points,
};
use crate::error::{Error, Result};
use crate::forum::SpaceId;
use crate::journal::{Act, FormKey, Tx};
use crate::live::BoxFuture;
use crate::people::{Level, MemberId, OrganisationId};
use crate::web::Rendered;

#[derive(Clone, Debug, Deserialize)]
struct DialogueText {
    title: String,
    question: String,
    background: String,
    language: String,
    space: String,
    facilitators: Vec<String>,
    #[serde(rename = "stage")]
    stages: Vec<StageText>,
}

#[derive(Clone, Debug, Deserialize)]
struct StageText {
    name: String,
    level: Level,
    organisation: String,
    /// Days from now, as `-40d`.
    opens: String,
    closes: String,
    state: StageState,
    quorum: i64,
    #[serde(default, rename = "contribution")]
    contributions: Vec<ContributionText>,
    #[serde(default, rename = "point")]
    points: Vec<PointText>,
    #[serde(default)]
    set_aside: Vec<SetAsideText>,
    #[serde(default, rename = "vote")]
    votes: Vec<VoteText>,
}

#[derive(Clone, Debug, Deserialize)]
struct ContributionText {
    number: i64,
    /// Who wrote it, or entered it for somebody; a facilitator where the author wants no name.
    by: Option<String>,
    #[serde(default)]
    entered_for: String,
    #[serde(default)]
    anonymous: bool,
    age: String,
    text: String,
    #[serde(default, rename = "comment")]
    comments: Vec<CommentText>,
}

#[derive(Clone, Debug, Deserialize)]
struct CommentText {
    by: String,
    age: String,
    text: String,
}

#[derive(Clone, Debug, Deserialize)]
struct PointText {
    text: String,
    cites: BTreeSet<i64>,
    #[serde(default, rename = "answer")]
    answers: Vec<AnswerText>,
}

#[derive(Clone, Debug, Deserialize)]
struct AnswerText {
    kind: AnswerKind,
    by: String,
    age: String,
    text: String,
}

#[derive(Clone, Debug, Deserialize)]
struct SetAsideText {
    contribution: i64,
    reason: String,
}

#[derive(Clone, Debug, Deserialize)]
struct VoteText {
    by: String,
    choice: Choice,
    #[serde(default)]
    reason: String,
}

/// Of those who speak, how many of a hundred may disagree: the texts say "one in four".
const DISAGREE_MOST: i64 = 25;
/// Days before a Stage closes that it is summed up, and that the vote begins.
const SUMMED_UP: i64 = 9;
const VOTE: i64 = 6;

/// What happens in a Dialogue; `by` does it in the Stage that is named.
enum Happens {
    Opens { text: DialogueText, background: Rendered, closes: Vec<Instant> },
    Contribution { number: i64, entered_for: String, source: String, rendered: Rendered },
    Comment { number: i64, place: usize, source: String, rendered: Rendered },
    SumUp,
    Synthesis { points: Vec<NewPoint>, set_aside: Vec<(i64, String)> },
    Ratification,
    Vote { choice: Choice, reason: String },
    PassOn,
    Answer { of: usize, number: usize, kind: AnswerKind, source: String, rendered: Rendered },
}

struct InDialogue {
    dialogue: String,
    stage: usize,
    by: String,
    what: Happens,
}

/// Every Dialogue of the texts.
pub fn steps(roster: &Roster, began: Instant) -> Result<Vec<Timed>> {
    let mut steps = Vec::new();
    for (key, _) in texts::folder("dialogues/")? {
        let text: DialogueText = texts::toml(&format!("dialogues/{key}.toml"))?;
        steps.extend(one(roster, &key, &text, began)?);
    }
    Ok(steps)
}

fn one(roster: &Roster, key: &str, text: &DialogueText, began: Instant) -> Result<Vec<Timed>> {
    let wrong = |what: &str| Error::bug(format!("the demo's Dialogue {key}: {what}"));
    let opener = roster.people.iter().find(|person| person.roles.iter().any(|role| role == "admin")).ok_or_else(|| wrong("no admin"))?;
    let lead = text.facilitators.first().ok_or_else(|| wrong("nobody leads it"))?;
    let ago = |text: &str| age(text).and_then(|age| Duration::from_std(age).ok()).map(|age| began.minus(age)).ok_or_else(|| wrong(text));
    let day = |text: &str| text.trim_end_matches('d').parse().map(|days| began.plus(Duration::days(days))).map_err(|_| wrong(text));
    let closes = text.stages.iter().map(|stage| day(&stage.closes)).collect::<Result<Vec<_>>>()?;
    let opens = text.stages.first().map(|stage| day(&stage.opens)).ok_or_else(|| wrong("no Stage"))??;
    let mut happened: Vec<(Instant, usize, String, Happens)> = Vec::new();
    let opening = Happens::Opens { text: text.clone(), background: roster::rendered(&text.background), closes: closes.clone() };
    happened.push((opens, 0, opener.handle.clone(), opening));
    for (stage, parts) in text.stages.iter().enumerate() {
        for said in &parts.contributions {
            let for_whom = if said.anonymous { unnamed(&text.language) } else { &said.entered_for };
            let by = said.by.as_ref().unwrap_or(lead).clone();
            let (entered_for, source, rendered) = (for_whom.to_owned(), said.text.trim().to_owned(), roster::rendered(&said.text));
            happened.push((ago(&said.age)?, stage, by, Happens::Contribution { number: said.number, entered_for, source, rendered }));
            for (place, comment) in said.comments.iter().enumerate() {
                let (source, rendered) = (comment.text.trim().to_owned(), roster::rendered(&comment.text));
                // A comment is never older than what it speaks of, though both are said in whole days.
                let at = ago(&comment.age)?.max(ago(&said.age)?.plus(Duration::minutes(50 * (place as i64 + 1))));
                happened.push((at, stage, comment.by.clone(), Happens::Comment { number: said.number, place, source, rendered }));
            }
        }
        if parts.state == StageState::PassedOn {
            happened.extend(summed_up(stage, parts, closes[stage], lead));
        }
        for (number, point) in parts.points.iter().enumerate() {
            for answer in &point.answers {
                let (source, rendered) = (answer.text.trim().to_owned(), roster::rendered(&answer.text));
                happened.push((ago(&answer.age)?, stage + 1, answer.by.clone(), Happens::Answer { of: stage, number, kind: answer.kind, source, rendered }));
            }
        }
    }
    Ok(happened.into_iter().map(|(at, stage, by, what)| Timed::new(at, InDialogue { dialogue: key.to_owned(), stage, by, what })).collect())
}

/// How somebody is named who did not want to be.
fn unnamed(language: &str) -> &'static str {
    if language == "fr" { "une personne qui n’a pas voulu donner son nom" } else { "somebody who did not want to give a name" }
}

/// From the end of gathering to the passing on, in the days before the Stage closes.
fn summed_up(stage: usize, parts: &StageText, closes: Instant, lead: &str) -> Vec<(Instant, usize, String, Happens)> {
    let before = |days: i64| closes.minus(Duration::days(days));
    let points = parts.points.iter().map(|point| NewPoint { source: point.text.trim().to_owned(), rendered: roster::rendered(&point.text), cites: point.cites.clone() });
    let set_aside = parts.set_aside.iter().map(|aside| (aside.contribution, aside.reason.clone())).collect();
    let lead = lead.to_owned();
    let mut happened = vec![
        (before(SUMMED_UP + 1), stage, lead.clone(), Happens::SumUp),
        (before(SUMMED_UP), stage, lead.clone(), Happens::Synthesis { points: points.collect(), set_aside }),
        (before(VOTE), stage, lead.clone(), Happens::Ratification),
    ];
    for (place, vote) in parts.votes.iter().enumerate() {
        let at = before(VOTE).plus(Duration::hours(7 * (place as i64 + 1)));
        happened.push((at, stage, vote.by.clone(), Happens::Vote { choice: vote.choice, reason: vote.reason.clone() }));
    }
    happened.push((closes, stage, lead, Happens::PassOn));
    happened
}

impl Step for InDialogue {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            if let Happens::Opens { text, background, closes } = &self.what {
                return self.open(tx, known, text, background, closes).await;
            }
            let by = known.reader(tx, &self.by).await?;
            let stage = StageId(known.id("stage", &self.name(self.stage))?);
            let contribution = |number: i64| format!("{}/{number}", self.name(self.stage));
            // Random on a site; here the same each time, as everything.
            let salt = format!("demo {} {}", self.name(self.stage), tx.now().micros());
            match &self.what {
                Happens::Opens { .. } => {}
                Happens::Contribution { number, entered_for, source, rendered } => {
                    let key = FormKey::of("demo", &["contribution", &contribution(*number)]);
                    let (entered_for, source, rendered) = (entered_for.clone(), source.clone(), rendered.clone());
                    let id = AddContribution { by, stage, entered_for, source, rendered, key, salt }.run(tx).await?;
                    known.is("contribution", &contribution(*number), id.0);
                }
                Happens::Comment { number, place, source, rendered } => {
                    let key = FormKey::of("demo", &["comment", &contribution(*number), &place.to_string()]);
                    let contribution = ContributionId(known.id("contribution", &contribution(*number))?);
                    AddComment { by, contribution, source: source.clone(), rendered: rendered.clone(), key }.run(tx).await?;
                }
                Happens::SumUp => StartSumUp { by, stage }.run(tx).await?,
                Happens::Synthesis { points: said, set_aside } => {
                    let act = SaveSynthesis { by, stage, version: 0, points: said.clone(), set_aside: set_aside.clone(), salt };
                    let version = act.run(tx).await?;
                    for point in points(tx, stage, version).await? {
                        known.is("point", &format!("{}/{}", self.name(self.stage), point.number), point.id.0);
                    }
                }
                Happens::Ratification => StartRatification { by, stage }.run(tx).await?,
                Happens::Vote { choice, reason } => CastVote { by, stage, version: 1, choice: *choice, reason: reason.clone() }.run(tx).await?,
                Happens::PassOn => PassOn { by, stage }.run(tx).await?,
                Happens::Answer { of, number, kind, source, rendered } => {
                    let point = PointId(known.id("point", &format!("{}/{}", self.name(*of), number + 1))?);
                    AnswerPoint { by, stage, point, kind: *kind, source: source.clone(), rendered: rendered.clone(), salt }.run(tx).await?;
                }
            }
            Ok(())
        })
    }

    fn rows(&self) -> usize {
        30
    }
}

impl InDialogue {
    fn name(&self, stage: usize) -> String {
        format!("{}/{stage}", self.dialogue)
    }

    async fn open(&self, tx: &Tx, known: &mut Known, text: &DialogueText, background: &Rendered, closes: &[Instant]) -> Result<()> {
        let mut stages = Vec::new();
        for (place, (stage, closes_at)) in text.stages.iter().zip(closes).enumerate() {
            stages.push(NewStage {
                position: place as i64 + 1,
                name: stage.name.clone(),
                level: stage.level,
                organisation: Some(OrganisationId(known.id("organisation", &stage.organisation)?)),
                closes_at: *closes_at,
                quorum: stage.quorum,
                disagree_most: DISAGREE_MOST,
            });
        }
        let leads = text.facilitators.iter().map(|handle| Ok(MemberId(known.id("member", handle)?))).collect::<Result<_>>()?;
        let act = OpenDialogue {
            by: known.reader(tx, &self.by).await?,
            space: SpaceId(known.id("space", &text.space)?),
            title: text.title.clone(),
            question: text.question.clone(),
            background: text.background.trim().to_owned(),
            rendered: background.clone(),
            language: text.language.clone(),
            leads,
            stages,
        };
        let (dialogue, stages) = act.run(tx).await?;
        known.is("dialogue", &self.dialogue, dialogue.0);
        for (place, stage) in stages.into_iter().enumerate() {
            known.is("stage", &self.name(place), stage.0);
        }
        Ok(())
    }
}
