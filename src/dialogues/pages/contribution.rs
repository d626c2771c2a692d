//! A Contribution's trail, which reads like a letter: what was said, what it became, what was answered.

use askama::Template;
use axum::extract::Path;
use serde::Deserialize;

use crate::dialogues::queries::{self, Answer, Comment, Contribution, Dialogue, Point, Stage};
use crate::dialogues::rules::checked_text;
use crate::dialogues::{AddComment, ContributionId, DialogueId, StageState, Withdraw};
use crate::error::{Error, Result};
use crate::journal::{FormKey, Room};
use crate::secret;
use crate::web::{Answer as Response, Context, Form, Page, Wrongs, html, redirect, wrong_form};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CommentForm {
    text: String,
    key: String,
}

/// A Point that cites the Contribution, in one version of the Synthesis.
struct Became {
    point: Point,
    /// Whether this version was the one that stood at the end (so far).
    is_present: bool,
    answers: Vec<Answer>,
}

#[derive(Template)]
#[template(path = "dialogues/contribution.html")]
struct ContributionPage {
    page: Page,
    dialogue: Dialogue,
    stage: Stage,
    contribution: Contribution,
    became: Vec<Became>,
    comments: Vec<Comment>,
    form: CommentForm,
    wrongs: Wrongs,
}

impl ContributionPage {
    /// Whether every Point that stands has its answer: nothing more is to come.
    fn is_answered(&self) -> bool {
        let mut standing = self.became.iter().filter(|view| view.is_present).peekable();
        self.stage.passed_at.is_some() && standing.peek().is_some() && standing.all(|view| !view.answers.is_empty())
    }

    fn is_own(&self) -> bool {
        self.contribution.author.is_some_and(|author| self.page.reader.is(author)) && self.contribution.entered_for.is_empty()
    }
}

async fn draw(context: &Context, id: DialogueId, contribution: ContributionId, form: CommentForm, wrongs: Wrongs) -> Result<ContributionPage> {
    let db = &context.site.db;
    let page = context.page(&[Room::Dialogue(id.0)]).await?;
    let dialogue = queries::dialogue(db, &context.reader, id).await?;
    let contribution = queries::contribution(db, contribution).await?;
    let stage = queries::stage(db, contribution.stage).await?;
    if stage.dialogue != id {
        return Err(Error::NotFound);
    }
    let mut became = Vec::new();
    for point in queries::became(db, contribution.id).await? {
        // A draft is the facilitators' until the vote begins.
        if stage.state == StageState::SumUp && point.version == stage.version {
            continue;
        }
        let answers = queries::answers(db, point.id).await?;
        became.push(Became { is_present: point.version == stage.version, point, answers });
    }
    let comments = queries::comments(db, contribution.id).await?;
    Ok(ContributionPage { page, dialogue, stage, contribution, became, comments, form: CommentForm { key: secret::token(), ..form }, wrongs })
}

/// The trail (GET /dialogues/{id}/contributions/{contribution}).
pub async fn show(context: Context, Path((id, contribution)): Path<(DialogueId, ContributionId)>) -> Response {
    html(&draw(&context, id, contribution, CommentForm::default(), Wrongs::default()).await?)
}

/// A comment on it (POST /dialogues/{id}/contributions/{contribution}/comments).
pub async fn comment(context: Context, Path((id, contribution)): Path<(DialogueId, ContributionId)>, Form(form): Form<CommentForm>) -> Response {
    context.count_write()?;
    let done = match checked_text("text", &form.text) {
        Ok(source) => {
            let key = FormKey::of(&form.key, &["comment", &contribution.to_string(), &source]);
            let rendered = context.render(&source).await?;
            context.site.write(AddComment { by: (*context.reader).clone(), contribution, source, rendered, key }).await
        }
        Err(wrong) => Err(Error::Invalid(vec![wrong])),
    };
    match done {
        Ok(()) => Ok(redirect(&format!("/dialogues/{id}/contributions/{contribution}#comments"))),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&draw(&context, id, contribution, form, wrongs).await?)
        }
    }
}

/// Takes one's own words back while all gather (POST /dialogues/{id}/contributions/{contribution}/withdraw).
pub async fn withdraw(context: Context, Path((id, contribution)): Path<(DialogueId, ContributionId)>) -> Response {
    context.count_write()?;
    let stage = context.site.write(Withdraw { by: (*context.reader).clone(), contribution }).await?;
    Ok(redirect(&format!("/dialogues/{id}/stages/{stage}")))
}
