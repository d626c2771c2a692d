//! Opening a Dialogue: its question and up to six Stages.

use askama::Template;
use axum::extract::Path;
use chrono::{Datelike, Days, NaiveDate, TimeZone};

use super::Numbered;
use crate::clock::{Instant, YEARS};
use crate::dialogues::rules::{STAGES, checked, checked_text};
use crate::dialogues::{NewStage, OpenDialogue};
use crate::error::{Error, Result, Say, Wrong};
use crate::forum::{self, Space, SpaceId};
use crate::people::{Level, OrganisationId, OrganisationRow, organisations};
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};
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

    fn is_wrong(&self, name: &str, number: &usize) -> bool {
        self.wrongs.has(&format!("{name}-{number}"))
    }

    fn chose(&self, name: &str, number: &usize, word: impl ToString) -> bool {
        self.value(name, number) == word.to_string()
    }
}

async fn draw(context: &Context, id: SpaceId, sent: Numbered, wrongs: Wrongs) -> Result<NewPage> {
    let page = context.page(&[]).await?;
    let space = forum::space(&context.site.db, &context.reader, id).await?;
    forum::allows(&context.reader, space.place(), space.may_open)?;
    Ok(NewPage { page, space, organisations: organisations(&context.site.db).await?, sent, wrongs })
}

/// Days that a new Stage is proposed to take.
const STAGE_DAYS: u64 = 28;
/// Votes that are proposed as needed, and how many in a hundred may disagree.
const PROPOSED: (i64, i64) = (5, 25);

/// What the form proposes: Stages of four weeks, one after the other, and how a vote is won.
fn proposed(context: &Context) -> Numbered {
    let today = context.site.now().date_in(context.reader.zone);
    let of_stage = |number: usize| {
        let closes = today.checked_add_days(Days::new(STAGE_DAYS * number as u64)).map(|date| date.to_string()).unwrap_or_default();
        [("closes", closes), ("quorum", PROPOSED.0.to_string()), ("disagree", PROPOSED.1.to_string())].map(|(name, value)| (format!("{name}-{number}"), value))
    };
    Numbered((1..=STAGES).flat_map(of_stage).collect())
}

/// The form (GET /spaces/{id}/dialogues/new).
pub async fn form(context: Context, Path(id): Path<SpaceId>) -> Answer {
    html(&draw(&context, id, proposed(&context), Wrongs::default()).await?)
}

/// Opens it (POST /spaces/{id}/dialogues).
pub async fn open(context: Context, Path(id): Path<SpaceId>, Form(sent): Form<Numbered>) -> Answer {
    let opened = match read(&context, id, &sent).await {
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

async fn read(context: &Context, space: SpaceId, sent: &Numbered) -> Result<OpenDialogue> {
    context.count_write()?;
    let mut wrongs = Wrongs::default();
    let title = wrongs.take(checked("title", sent.get("title"), limits::TITLE));
    let question = wrongs.take(checked("question", sent.get("question"), limits::SHORT_TEXT));
    let background = wrongs.take(checked_text("background", sent.get("background")));
    let (mut stages, mut named) = (Vec::new(), 0);
    for number in 1..=STAGES {
        let get = |name: &str| sent.get(&format!("{name}-{number}")).trim().to_owned();
        if get("name").is_empty() {
            continue;
        }
        named += 1;
        match stage(context, named, number, get) {
            Ok(stage) => stages.push(stage),
            Err(wrong) => wrongs.0.extend(wrong),
        }
    }
    if named < 2 {
        wrongs.add("name-1", "wrong-two-stages");
    }
    let (Some(title), Some(question), Some(background), true) = (title, question, background, wrongs.is_empty()) else { return Err(Error::Invalid(wrongs.0)) };
    Ok(OpenDialogue {
        by: (*context.reader).clone(),
        space,
        title,
        question,
        rendered: context.render(&background).await?,
        background,
        language: context.reader.language.word().into(),
        leads: Vec::new(),
        stages,
    })
}

/// The fields of the Stages, where what is wrong with one leads to.
const LEVEL: [&str; STAGES] = ["level-1", "level-2", "level-3", "level-4", "level-5", "level-6"];
const CLOSES: [&str; STAGES] = ["closes-1", "closes-2", "closes-3", "closes-4", "closes-5", "closes-6"];
const QUORUM: [&str; STAGES] = ["quorum-1", "quorum-2", "quorum-3", "quorum-4", "quorum-5", "quorum-6"];

/// The Stage as it was typed in, or all that is wrong with it. `number` is that of its part of the form, from 1.
fn stage(context: &Context, position: i64, number: usize, get: impl Fn(&str) -> String) -> Result<NewStage, Vec<Wrong>> {
    let level = get("level").parse().ok();
    // The end of that day where the one who opens it is.
    let date = get("closes").parse().ok().filter(|date: &NaiveDate| YEARS.contains(&date.year()));
    let end = date.and_then(|date| date.and_hms_opt(23, 59, 59)).and_then(|at| context.reader.zone.from_local_datetime(&at).latest());
    let closes_at = end.map(|at| Instant::from_utc(at.to_utc())).filter(|at| *at > context.site.now());
    let whole = |name: &str, most: i64| get(name).parse::<i64>().ok().filter(|n| (0..=most).contains(n));
    let vote = whole("quorum", 100_000).zip(whole("disagree", 100));
    let (Some(level), Some(closes_at), Some((quorum, disagree_most))) = (level, closes_at, vote) else {
        let wrong = [(level.is_none(), LEVEL, "wrong-stage-choice"), (closes_at.is_none(), CLOSES, "wrong-stage-date"), (vote.is_none(), QUORUM, "wrong-stage-quorum")];
        return Err(wrong.into_iter().filter(|(is_wrong, ..)| *is_wrong).map(|(_, field, key)| Wrong { field: field[number - 1], say: Say::new(key).with("number", number) }).collect());
    };
    let organisation = get("organisation").parse().ok().map(OrganisationId);
    Ok(NewStage { position, name: get("name").chars().take(limits::NAME).collect(), level, organisation, closes_at, quorum, disagree_most })
}
