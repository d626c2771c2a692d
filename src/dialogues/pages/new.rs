//! Opening a Dialogue: its question and up to six Stages.

use askama::Template;
use axum::extract::Path;
use chrono::{Datelike, NaiveDate, TimeZone};

use super::Numbered;
use crate::clock::{Instant, YEARS};
use crate::dialogues::rules::{STAGES, checked, checked_text};
use crate::dialogues::{NewStage, OpenDialogue};
use crate::error::{Error, Result, Say};
use crate::forum::{self, Space, SpaceId};
use crate::people::{Level, OrganisationId, OrganisationRow, organisations};
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, render_markdown, wrong_form};
use crate::limits;

#[derive(Template)]
#[template(path = "dialogues/new.html")]
struct NewPage {
    page: Page,
    space: Space,
    organisations: Vec<OrganisationRow>,
    sent: Numbered,
    wrongs: Wrongs,
}

impl NewPage {
    fn numbers(&self) -> std::ops::RangeInclusive<usize> {
        1..=STAGES
    }

    fn levels(&self) -> &'static [Level] {
        Level::ALL
    }

    fn value(&self, name: &str, number: &usize) -> String {
        self.sent.get(&format!("{name}-{number}")).to_owned()
    }

    fn chose(&self, name: &str, number: &usize, word: impl ToString) -> bool {
        self.value(name, number) == word.to_string()
    }
}

async fn draw(context: &Context, id: SpaceId, sent: Numbered, wrongs: Wrongs) -> Result<NewPage> {
    let page = context.page(&[]).await?;
    let space = forum::space(&context.site.db, &context.reader, id).await?;
    if !context.reader.moderates(id.0) {
        return Err(Error::NotAllowed);
    }
    Ok(NewPage { page, space, organisations: organisations(&context.site.db).await?, sent, wrongs })
}

/// The form (GET /spaces/{id}/dialogues/new).
pub async fn form(context: Context, Path(id): Path<SpaceId>) -> Answer {
    html(&draw(&context, id, Numbered(Vec::new()), Wrongs::default()).await?)
}

/// Opens it (POST /spaces/{id}/dialogues).
pub async fn open(context: Context, Path(id): Path<SpaceId>, Form(sent): Form<Numbered>) -> Answer {
    let opened = match read(&context, id, &sent) {
        Ok(act) => context.site.write(act).await,
        Err(error) => Err(error),
    };
    match opened {
        Ok((dialogue, _)) => Ok(redirect(&format!("/dialogues/{dialogue}"))),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&draw(&context, id, sent, wrongs).await?)
        }
    }
}

fn read(context: &Context, space: SpaceId, sent: &Numbered) -> Result<OpenDialogue> {
    context.count_write()?;
    let mut wrongs = Wrongs::default();
    let title = wrongs.take(checked("title", sent.get("title"), limits::TITLE));
    let question = wrongs.take(checked("question", sent.get("question"), limits::SHORT_TEXT));
    let background = wrongs.take(checked_text("background", sent.get("background")));
    let mut stages = Vec::new();
    for number in 1..=STAGES {
        let get = |name: &str| sent.get(&format!("{name}-{number}")).trim().to_owned();
        if get("name").is_empty() {
            continue;
        }
        match stage(context, stages.len() as i64 + 1, number, get) {
            Ok(stage) => stages.push(stage),
            Err(say) => wrongs.add("name-1", say),
        }
    }
    if stages.len() < 2 && wrongs.is_empty() {
        wrongs.add("name-1", "wrong-two-stages");
    }
    let (Some(title), Some(question), Some(background), true) = (title, question, background, wrongs.is_empty()) else { return Err(Error::Invalid(wrongs.0)) };
    Ok(OpenDialogue {
        by: (*context.reader).clone(),
        space,
        title,
        question,
        rendered: render_markdown(&background),
        background,
        language: context.reader.language.word().into(),
        leads: Vec::new(),
        stages,
    })
}

fn stage(context: &Context, position: i64, number: usize, get: impl Fn(&str) -> String) -> Result<NewStage, Say> {
    let level = get("level").parse().map_err(|()| Say::new("wrong-stage-choice").with("number", number))?;
    let date = get("closes").parse().ok().filter(|date: &NaiveDate| YEARS.contains(&date.year()));
    let date = date.ok_or_else(|| Say::new("wrong-stage-date").with("number", number))?;
    // The end of that day where the one who opens it is.
    let end = date.and_hms_opt(23, 59, 59).and_then(|at| context.reader.zone.from_local_datetime(&at).latest());
    let closes_at = end.map(|at| Instant::from_utc(at.to_utc())).filter(|at| *at > context.site.now()).ok_or_else(|| Say::new("wrong-stage-date").with("number", number))?;
    let quorum = get("quorum").parse().ok().filter(|n| (0..=100_000).contains(n)).ok_or_else(|| Say::new("wrong-stage-quorum").with("number", number))?;
    let disagree_most = get("disagree").parse().ok().filter(|n| (0..=100).contains(n)).ok_or_else(|| Say::new("wrong-stage-quorum").with("number", number))?;
    let organisation = get("organisation").parse().ok().map(OrganisationId);
    Ok(NewStage { position, name: get("name").chars().take(limits::NAME).collect(), level, organisation, closes_at, quorum, disagree_most })
}
