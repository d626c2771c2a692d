//! The list of Dialogues, and one's public page: the river, where it stands, what was answered.

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;

use crate::clock::Instant;
use super::river::River;
use crate::dialogues::queries::{self, Answer, Dialogue, DialogueRow, Point, Stage};
use crate::dialogues::rules::{ANSWER_WITHIN, Tally};
use crate::dialogues::{DialogueId, StageState};
use crate::error::Result;
use crate::forum::{self, Space};
use crate::journal::Room;
use crate::web::{Answer as Response, Context, Page, html};

#[derive(Template)]
#[template(path = "dialogues/list.html")]
struct ListPage {
    page: Page,
    dialogues: Vec<DialogueRow>,
}

/// The Dialogues one may see (GET /dialogues).
pub async fn list(context: Context) -> Response {
    let page = context.page(&forum::heard(&context.site.db, &context.reader).await?).await?;
    html(&ListPage { page, dialogues: queries::dialogues(&context.site.db, &context.reader).await? })
}

/// A Stage with its numbers.
pub struct StageView {
    pub stage: Stage,
    pub tally: Tally,
    pub points: Vec<(Point, Vec<Answer>)>,
    /// By when the Stage above should have answered.
    pub due: Option<Instant>,
    pub unanswered: usize,
}

impl StageView {
    /// The class of its place in the river.
    pub fn place(&self) -> &'static str {
        match self.stage.state {
            StageState::Planned => "ahead",
            StageState::PassedOn => "done",
            _ => "now",
        }
    }
}

#[derive(Template)]
#[template(path = "dialogues/_overview.html")]
struct Overview {
    page: Page,
    dialogue: Dialogue,
    stages: Vec<StageView>,
    river: River,
    contributions: i64,
}

impl Overview {
    /// Whether there is a Stage in which something can be done.
    fn is_open(&self) -> bool {
        self.stages.iter().any(|view| view.place() == "now")
    }

    fn passed_on(&self) -> impl Iterator<Item = &StageView> {
        self.stages.iter().filter(|view| view.place() == "done")
    }

    /// Points on their way up.
    fn points(&self) -> usize {
        self.passed_on().map(|view| view.points.len()).sum()
    }

    /// Those of them with an answer.
    fn answered(&self) -> usize {
        self.passed_on().map(|view| view.points.len() - view.unanswered).sum()
    }

    /// Those that should have had one by now.
    fn overdue(&self) -> usize {
        self.stages.iter().filter(|view| view.due.is_some_and(|due| self.is_overdue(&due))).map(|view| view.unanswered).sum()
    }

    fn is_overdue(&self, due: &Instant) -> bool {
        self.page.now() > *due
    }
}

#[derive(Template)]
#[template(path = "dialogues/dialogue.html")]
struct DialoguePage {
    page: Page,
    dialogue: Dialogue,
    space: Space,
    overview: String,
}

async fn overview(context: &Context, id: DialogueId) -> Result<(Dialogue, String)> {
    let db = &context.site.db;
    let page = context.page(&[]).await?;
    let dialogue = queries::dialogue(db, &context.reader, id).await?;
    let all = queries::stages(db, id).await?;
    let last = all.iter().map(|stage| stage.position).max().unwrap_or(0);
    let mut stages = Vec::new();
    for stage in all {
        let tally = queries::tally(db, &stage).await?;
        let mut points = Vec::new();
        // A draft is the facilitators' until the vote begins.
        if matches!(stage.state, StageState::Ratify | StageState::PassedOn) {
            for point in queries::points(db, stage.id, stage.version).await? {
                let answers = queries::answers(db, point.id).await?;
                points.push((point, answers));
            }
        }
        let unanswered = points.iter().filter(|(_, answers)| answers.is_empty()).count();
        let due = stage.passed_at.filter(|_| stage.position < last && unanswered > 0).map(|at| at.plus(ANSWER_WITHIN));
        stages.push(StageView { stage, tally, points, due, unanswered });
    }
    let contributions = stages.iter().map(|view| view.stage.contributions).sum();
    let river = River::of(&stages);
    let html = Overview { page, dialogue: dialogue.clone(), stages, river, contributions }.render()?;
    Ok((dialogue, html))
}

/// A Dialogue (GET /dialogues/{id}).
pub async fn show(context: Context, Path(id): Path<DialogueId>) -> Response {
    let page = context.page(&[Room::Dialogue(id.0)]).await?;
    let (dialogue, overview) = overview(&context, id).await?;
    let space = forum::space(&context.site.db, &context.reader, dialogue.space).await?;
    html(&DialoguePage { page, dialogue, space, overview })
}

/// The part of it that changes (GET /dialogues/{id}/panel).
pub async fn panel(context: Context, Path(id): Path<DialogueId>) -> Response {
    let (_, html) = overview(&context, id).await?;
    Ok(([(axum::http::header::CACHE_CONTROL, "private, no-store")], axum::response::Html(html)).into_response())
}
