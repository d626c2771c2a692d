//! A Stage's page: what is said, the Synthesis and its vote, the Points from below and their answers.

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use serde::Deserialize;

use crate::dialogues::queries::{self, Answer, Contribution, Dialogue, Point, Stage};
use crate::dialogues::rules::{Tally, belongs, checked, checked_text};
use crate::dialogues::{
    AddContribution, AnswerKind, AnswerPoint, CastVote, Choice, DialogueId, PassOn, PointId, StageId, StageState, StartRatification, StartSumUp,
};
use crate::error::{Error, Result};
use crate::journal::{FormKey, Room};
use crate::web::{Answer as Response, Context, Form, Page, Wrongs, html, redirect, wrong_form};
use crate::{limits, secret};

/// Everything a form on a Stage can say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StageForm {
    text: String,
    entered_for: String,
    choice: String,
    reason: String,
    kind: String,
    point: i64,
    version: i64,
    to: String,
    key: String,
}

/// A Point with the numbers it cites and its answers.
struct PointView {
    point: Point,
    cites: Vec<i64>,
    answers: Vec<Answer>,
}

#[derive(Template)]
#[template(path = "dialogues/_stage.html")]
struct Panel {
    page: Page,
    stage: Stage,
    contributions: Vec<Contribution>,
    /// The Synthesis as far as it is open: to all from the vote on, to those who lead before.
    points: Vec<PointView>,
    incoming: Vec<PointView>,
    tally: Tally,
    reasons: Vec<(Choice, String)>,
    own_vote: Option<(Choice, String)>,
    is_of_it: bool,
    leads: bool,
    may_answer: bool,
    form: StageForm,
    wrongs: Wrongs,
}

impl Panel {
    fn is(&self, word: &str) -> bool {
        self.stage.state.word() == word
    }

    fn choices(&self) -> &'static [Choice] {
        Choice::ALL
    }

    fn kinds(&self) -> &'static [AnswerKind] {
        AnswerKind::ALL
    }

    fn is_choice(&self, choice: &Choice) -> bool {
        self.own_vote.as_ref().is_some_and(|(own, _)| own == choice) || self.form.choice == choice.word()
    }

    fn reason(&self) -> &str {
        if self.form.reason.is_empty() { self.own_vote.as_ref().map_or("", |(_, reason)| reason.as_str()) } else { &self.form.reason }
    }
}

#[derive(Template)]
#[template(path = "dialogues/stage.html")]
struct StagePage {
    page: Page,
    dialogue: Dialogue,
    stage: Stage,
    panel: String,
}

async fn views(context: &Context, points: Vec<Point>) -> Result<Vec<PointView>> {
    let db = &context.site.db;
    let mut views = Vec::new();
    for point in points {
        let (cites, answers) = (queries::cites(db, point.id).await?, queries::answers(db, point.id).await?);
        views.push(PointView { point, cites, answers });
    }
    Ok(views)
}

async fn draw(context: &Context, id: DialogueId, stage: StageId, form: StageForm, wrongs: Wrongs) -> Result<(Dialogue, Stage, String)> {
    let (db, reader) = (&context.site.db, &context.reader);
    let page = context.page(&[]).await?;
    let dialogue = queries::dialogue(db, reader, id).await?;
    let stage = queries::stage(db, stage).await?;
    if stage.dialogue != id {
        return Err(Error::NotFound);
    }
    let leads = queries::leads(db, reader, &dialogue).await?;
    let is_open = matches!(stage.state, StageState::Ratify | StageState::PassedOn) || (leads && stage.state == StageState::SumUp);
    let points = if is_open { queries::points(db, stage.id, stage.version).await? } else { Vec::new() };
    let incoming = queries::incoming(db, &stage).await?.into_iter().map(|(point, _)| point).collect();
    let own_vote = match reader.id() {
        Some(member) => queries::own_vote(db, &stage, member).await?,
        None => None,
    };
    let member = reader.member.as_ref();
    let panel = Panel {
        contributions: queries::contributions(db, stage.id).await?,
        points: views(context, points).await?,
        incoming: views(context, incoming).await?,
        tally: queries::tally(db, &stage).await?,
        reasons: if is_open { queries::reasons(db, &stage).await? } else { Vec::new() },
        own_vote,
        is_of_it: member.is_some_and(|own| belongs(own, stage.level, stage.organisation).is_ok()),
        leads,
        may_answer: stage.state != StageState::Planned && queries::may_answer(db, reader, &dialogue, &stage).await?,
        form: StageForm { key: secret::token(), ..form },
        wrongs,
        page,
        stage: stage.clone(),
    };
    Ok((dialogue, stage, panel.render()?))
}

async fn page(context: &Context, id: DialogueId, stage: StageId, form: StageForm, wrongs: Wrongs) -> Result<StagePage> {
    let page = context.page(&[Room::Dialogue(id.0)]).await?;
    let (dialogue, stage, panel) = draw(context, id, stage, form, wrongs).await?;
    Ok(StagePage { page, dialogue, stage, panel })
}

/// A Stage (GET /dialogues/{id}/stages/{stage}).
pub async fn show(context: Context, Path((id, stage)): Path<(DialogueId, StageId)>) -> Response {
    html(&page(&context, id, stage, StageForm::default(), Wrongs::default()).await?)
}

/// The part of it that changes (GET /dialogues/{id}/stages/{stage}/panel).
pub async fn panel(context: Context, Path((id, stage)): Path<(DialogueId, StageId)>) -> Response {
    let (_, _, html) = draw(&context, id, stage, StageForm::default(), Wrongs::default()).await?;
    Ok(([(axum::http::header::CACHE_CONTROL, "private, no-store")], axum::response::Html(html)).into_response())
}

/// Where to go after an act; what could not be taken comes back with words.
async fn after<T>(context: &Context, id: DialogueId, stage: StageId, form: StageForm, done: Result<T>) -> Response {
    match done {
        Ok(_) => Ok(redirect(&format!("/dialogues/{id}/stages/{stage}"))),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&page(context, id, stage, form, wrongs).await?)
        }
    }
}

/// Says something in a Stage (POST /dialogues/{id}/stages/{stage}/contributions).
pub async fn contribute(context: Context, Path((id, stage)): Path<(DialogueId, StageId)>, Form(form): Form<StageForm>) -> Response {
    context.count_write()?;
    let entered_for = form.entered_for.trim().to_owned();
    let done = match checked_text("text", &form.text) {
        Ok(_) if entered_for.chars().count() > limits::TITLE => Err(Error::field("entered_for", crate::error::Say::new("wrong-too-long").with("limit", limits::TITLE))),
        Ok(source) => {
            let key = FormKey::of(&form.key, &["contribution", &stage.to_string(), &entered_for, &source]);
            let rendered = context.render(&source).await?;
            let act = AddContribution { by: (*context.reader).clone(), stage, entered_for, source, rendered, key, salt: secret::token() };
            context.site.write(act).await
        }
        Err(wrong) => Err(Error::Invalid(vec![wrong])),
    };
    after(&context, id, stage, form, done).await
}

/// Votes on the Synthesis (POST /dialogues/{id}/stages/{stage}/votes).
pub async fn vote(context: Context, Path((id, stage)): Path<(DialogueId, StageId)>, Form(form): Form<StageForm>) -> Response {
    context.count_write()?;
    let reason = if form.reason.trim().is_empty() { Ok(String::new()) } else { checked("reason", &form.reason, limits::SHORT_TEXT) };
    let done = match (form.choice.parse::<Choice>(), reason) {
        (Ok(choice), Ok(reason)) => {
            context.site.write(CastVote { by: (*context.reader).clone(), stage, version: form.version, choice, reason }).await
        }
        (Err(()), _) => Err(Error::field("choice", "wrong-choice")),
        (_, Err(wrong)) => Err(Error::Invalid(vec![wrong])),
    };
    after(&context, id, stage, form, done).await
}

/// Answers a Point from below (POST /dialogues/{id}/stages/{stage}/answers).
pub async fn answer(context: Context, Path((id, stage)): Path<(DialogueId, StageId)>, Form(form): Form<StageForm>) -> Response {
    context.count_write()?;
    let text = if form.text.trim().is_empty() { Ok(String::new()) } else { checked_text("answer", &form.text) };
    let done = match (form.kind.parse::<AnswerKind>(), text) {
        (Ok(kind), Ok(source)) => {
            let rendered = context.render(&source).await?;
            let act = AnswerPoint { by: (*context.reader).clone(), stage, point: PointId(form.point), kind, source, rendered, salt: secret::token() };
            context.site.write(act).await
        }
        (Err(()), _) => Err(Error::field("kind", "wrong-choice")),
        (_, Err(wrong)) => Err(Error::Invalid(vec![wrong])),
    };
    after(&context, id, stage, form, done).await
}

/// Moves the Stage on (POST /dialogues/{id}/stages/{stage}/state).
pub async fn set_state(context: Context, Path((id, stage)): Path<(DialogueId, StageId)>, Form(form): Form<StageForm>) -> Response {
    context.count_write()?;
    let by = (*context.reader).clone();
    let done = match form.to.as_str() {
        "sum_up" => context.site.write(StartSumUp { by, stage }).await,
        "ratify" => context.site.write(StartRatification { by, stage }).await,
        "passed_on" => context.site.write(PassOn { by, stage }).await,
        _ => Err(Error::field("to", "wrong-choice")),
    };
    after(&context, id, stage, form, done).await
}
