//! The editor of a Synthesis: its Points with what they cite, and a reason for each Contribution that is cited nowhere.

use askama::Template;
use axum::extract::Path;

use super::Numbered;
use crate::dialogues::queries::{self, Contribution, Dialogue, Stage};
use crate::dialogues::rules::{POINTS, checked_text, numbers};
use crate::dialogues::{DialogueId, NewPoint, SaveSynthesis, StageId, StageState};
use crate::error::{Error, Result};
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};
use crate::{limits, secret};

/// One line of the editor.
struct Line {
    number: usize,
    text: String,
    cites: String,
}

#[derive(Template)]
#[template(path = "dialogues/synthesis.html")]
struct SynthesisPage {
    page: Page,
    dialogue: Dialogue,
    stage: Stage,
    lines: Vec<Line>,
    contributions: Vec<(Contribution, String)>,
    wrongs: Wrongs,
}

async fn draw(context: &Context, id: DialogueId, stage: StageId, sent: Option<&Numbered>, wrongs: Wrongs) -> Result<SynthesisPage> {
    let db = &context.site.db;
    let page = context.page(&[]).await?;
    let dialogue = queries::dialogue(db, &context.reader, id).await?;
    let stage = queries::stage(db, stage).await?;
    if stage.dialogue != id {
        return Err(Error::NotFound);
    }
    if !queries::leads(db, &context.reader, &dialogue).await? {
        return Err(Error::NotAllowed);
    }
    if !matches!(stage.state, StageState::SumUp | StageState::Ratify) {
        return Err(Error::conflict(crate::error::Say::new("wrong-stage-state").with("state", stage.state.word())));
    }
    let mut lines = Vec::new();
    match sent {
        Some(sent) => lines.extend((1..=POINTS).map(|number| Line {
            number,
            text: sent.get(&format!("point-{number}")).to_owned(),
            cites: sent.get(&format!("cites-{number}")).to_owned(),
        })),
        None => {
            for point in queries::points(db, stage.id, stage.version).await? {
                let cites: Vec<String> = queries::cites(db, point.id).await?.iter().map(ToString::to_string).collect();
                lines.push(Line { number: lines.len() + 1, text: point.source, cites: cites.join(", ") });
            }
        }
    }
    // What is filled, and some empty lines to go on with.
    let filled = lines.iter().rposition(|line| !line.text.trim().is_empty()).map_or(0, |at| at + 1);
    lines.truncate(filled);
    for number in filled + 1..=(filled + 3).min(POINTS) {
        lines.push(Line { number, text: String::new(), cites: String::new() });
    }
    let contributions = queries::contributions(db, stage.id).await?.into_iter().map(|one| {
        let reason = match sent {
            Some(sent) => sent.get(&format!("aside-{}", one.number)).to_owned(),
            None => one.set_aside.clone().unwrap_or_default(),
        };
        (one, reason)
    });
    Ok(SynthesisPage { page, dialogue, contributions: contributions.collect(), stage, lines, wrongs })
}

/// The editor (GET /dialogues/{id}/stages/{stage}/synthesis).
pub async fn form(context: Context, Path((id, stage)): Path<(DialogueId, StageId)>) -> Answer {
    html(&draw(&context, id, stage, None, Wrongs::default()).await?)
}

/// Saves it (POST /dialogues/{id}/stages/{stage}/synthesis).
pub async fn save(context: Context, Path((id, stage)): Path<(DialogueId, StageId)>, Form(sent): Form<Numbered>) -> Answer {
    context.count_write()?;
    let saved = match checked(&context, stage, &sent).await {
        Ok(act) => context.site.write(act).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => Ok(redirect(&format!("/dialogues/{id}/stages/{stage}#synthesis"))),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&draw(&context, id, stage, Some(&sent), wrongs).await?)
        }
    }
}

async fn checked(context: &Context, stage: StageId, sent: &Numbered) -> Result<SaveSynthesis> {
    let mut points = Vec::new();
    for number in 1..=POINTS {
        let text = sent.get(&format!("point-{number}"));
        if text.trim().is_empty() {
            continue;
        }
        let source = checked_text("point-1", text).map_err(|wrong| Error::Invalid(vec![wrong]))?;
        points.push(NewPoint { rendered: context.render(&source).await?, source, cites: numbers(sent.get(&format!("cites-{number}"))) });
    }
    let set_aside = sent.0.iter().filter_map(|(name, reason)| {
        let number = name.strip_prefix("aside-")?.parse().ok()?;
        Some((number, reason.chars().take(limits::SHORT_TEXT).collect()))
    });
    Ok(SaveSynthesis {
        by: (*context.reader).clone(),
        stage,
        version: sent.number("version")?,
        points,
        set_aside: set_aside.collect(),
        salt: secret::token(),
    })
}
