//! A Board's own page, its panel, and the forms on it. Each form returns to the page it stood on.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use rand::Rng;
use serde::Deserialize;

use super::queries::{self, Board};
use super::rules::{checked, checked_card};
use super::{AddBoard, AddCard, AddGroup, BoardId, CardChange, CardId, CastDot, ChangeCard, ChangeGroup, GroupChange, GroupId, SetPhase, panel};
use crate::error::{Error, Result};
use crate::forum::{self, Space, SpaceId, allows};
use crate::journal::{FormKey, Room};
use crate::limits;
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

#[derive(Template)]
#[template(path = "boards/board.html")]
struct BoardPage {
    page: Page,
    board: Board,
    space: Space,
    panel: String,
    wrongs: Wrongs,
    /// What was typed and could not be taken.
    typed: String,
}

async fn draw(context: &Context, id: BoardId, wrongs: Wrongs, typed: String) -> Result<BoardPage> {
    let page = context.page(&[Room::Board(id.0)]).await?;
    let db = &context.site.db;
    let board = queries::board(db, &context.reader, id).await?;
    let space = forum::space(db, &context.reader, board.space).await?;
    let panel = panel(context, id, &format!("/boards/{id}")).await?;
    Ok(BoardPage { page, board, space, panel, wrongs, typed })
}

/// A Board by itself (GET /boards/{id}).
pub async fn show(context: Context, Path(id): Path<BoardId>) -> Answer {
    html(&draw(&context, id, Wrongs::default(), String::new()).await?)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Back {
    back: String,
}

/// The panel alone, for a page that fetches it anew (GET /boards/{id}/panel).
pub async fn panel_alone(context: Context, Path(id): Path<BoardId>, Query(sent): Query<Back>) -> Answer {
    let back = local(&sent.back, id);
    let headers = [(axum::http::header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, axum::response::Html(panel(&context, id, &back).await?)).into_response())
}

/// A path of this site to return to.
fn local(back: &str, id: BoardId) -> String {
    if back.starts_with('/') && !back.starts_with("//") && !back.contains('\\') { back.to_owned() } else { format!("/boards/{id}") }
}

/// Everything a form on a Board can say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BoardForm {
    text: String,
    r#do: String,
    to: String,
    target: String,
    change: i64,
    version: i64,
    card: String,
    key: String,
    back: String,
}

/// Where to go after an act; bad input shows the Board with words and what was typed.
async fn after<T>(context: &Context, id: BoardId, form: BoardForm, done: Result<T>) -> Answer {
    match done {
        Ok(_) => Ok(redirect(&local(&form.back, id))),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&draw(context, id, wrongs, form.text).await?)
        }
    }
}

/// A new card (POST /boards/{id}/cards).
pub async fn add_card(context: Context, Path(board): Path<BoardId>, Form(form): Form<BoardForm>) -> Answer {
    context.count_write()?;
    let done = match checked_card(&form.text) {
        Ok(text) => {
            let shuffle = i64::from(rand::rng().next_u32());
            let key = FormKey::of(&form.key, &["card", &board.to_string(), &text]);
            context.site.write(AddCard { by: (*context.reader).clone(), board, text, shuffle, key }).await
        }
        Err(wrong) => Err(Error::Invalid(vec![wrong])),
    };
    after(&context, board, form, done).await
}

/// Edits, removes, hides or moves a card (POST /boards/{id}/cards/{card}).
pub async fn change_card(context: Context, Path((board, card)): Path<(BoardId, CardId)>, Form(form): Form<BoardForm>) -> Answer {
    context.count_write()?;
    let change = match form.r#do.as_str() {
        "edit" => checked_card(&form.text).map(CardChange::Edit).map_err(|wrong| Error::Invalid(vec![wrong])),
        "remove" => Ok(CardChange::Remove),
        "hide" => Ok(CardChange::Hide),
        "move" if form.to.is_empty() => Ok(CardChange::Move(None)),
        "move" => form.to.parse().map(|group| CardChange::Move(Some(GroupId(group)))).map_err(|_| Error::NotFound),
        _ => Err(Error::field("do", "wrong-choice")),
    };
    let done = match change {
        Ok(change) => context.site.write(ChangeCard { by: (*context.reader).clone(), board, card, change }).await,
        Err(error) => Err(error),
    };
    after(&context, board, form, done).await
}

/// A new group (POST /boards/{id}/groups).
pub async fn add_group(context: Context, Path(board): Path<BoardId>, Form(form): Form<BoardForm>) -> Answer {
    context.count_write()?;
    let done = match checked("text", &form.text, limits::TITLE) {
        Ok(title) => {
            let with = form.card.parse().ok().map(CardId);
            context.site.write(AddGroup { by: (*context.reader).clone(), board, title, with }).await
        }
        Err(wrong) => Err(Error::Invalid(vec![wrong])),
    };
    after(&context, board, form, done).await
}

/// Renames, removes or notes on a group (POST /boards/{id}/groups/{group}).
pub async fn change_group(context: Context, Path((board, group)): Path<(BoardId, GroupId)>, Form(form): Form<BoardForm>) -> Answer {
    context.count_write()?;
    let change = match form.r#do.as_str() {
        "rename" => checked("text", &form.text, limits::TITLE).map(GroupChange::Rename).map_err(|wrong| Error::Invalid(vec![wrong])),
        "remove" => Ok(GroupChange::Remove),
        "note" if form.text.chars().count() > limits::POST => Err(Error::field("text", crate::error::Say::new("wrong-too-long").with("limit", limits::POST))),
        "note" => Ok(GroupChange::Note { text: form.text.trim().to_owned(), version: form.version }),
        _ => Err(Error::field("do", "wrong-choice")),
    };
    let done = match change {
        Ok(change) => context.site.write(ChangeGroup { by: (*context.reader).clone(), board, group, change }).await,
        Err(error) => Err(error),
    };
    after(&context, board, form, done).await
}

/// Gives or takes back a dot (POST /boards/{id}/votes).
pub async fn vote(context: Context, Path(board): Path<BoardId>, Form(form): Form<BoardForm>) -> Answer {
    context.count_write()?;
    let act = CastDot { by: (*context.reader).clone(), board, target: form.target.clone(), change: form.change };
    let done = context.site.write(act).await;
    after(&context, board, form, done).await
}

/// Moves the Board on or back (POST /boards/{id}/phase).
pub async fn set_phase(context: Context, Path(board): Path<BoardId>, Form(form): Form<BoardForm>) -> Answer {
    let done = match form.to.parse() {
        Ok(phase) => context.site.write(SetPhase { by: (*context.reader).clone(), board, phase }).await,
        Err(()) => Err(Error::field("to", "wrong-choice")),
    };
    after(&context, board, form, done).await
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewBoardForm {
    title: String,
    question: String,
    dots: String,
}

#[derive(Template)]
#[template(path = "boards/new.html")]
struct NewBoardPage {
    page: Page,
    space: Space,
    form: NewBoardForm,
    wrongs: Wrongs,
}

/// The form of a Board that stands by itself (GET /spaces/{id}/boards/new).
pub async fn new_board(context: Context, Path(id): Path<SpaceId>) -> Answer {
    let page = context.page(&[]).await?;
    let space = forum::space(&context.site.db, &context.reader, id).await?;
    allows(&context.reader, space.place(), space.may_start)?;
    let form = NewBoardForm { dots: "5".into(), ..Default::default() };
    html(&NewBoardPage { page, space, form, wrongs: Wrongs::default() })
}

/// Opens it (POST /spaces/{id}/boards).
pub async fn open(context: Context, Path(id): Path<SpaceId>, Form(form): Form<NewBoardForm>) -> Answer {
    let space = forum::space(&context.site.db, &context.reader, id).await?;
    allows(&context.reader, space.place(), space.may_start)?;
    context.count_write()?;
    let mut wrongs = Wrongs::default();
    let title = wrongs.take(checked("title", &form.title, limits::TITLE));
    let question = wrongs.take(checked("question", &form.question, limits::SHORT_TEXT));
    let dots: Option<i64> = form.dots.trim().parse().ok().filter(|dots| (1..=super::rules::DOTS).contains(dots));
    if dots.is_none() {
        wrongs.add("dots", crate::error::Say::new("wrong-board-dots").with("limit", super::rules::DOTS));
    }
    let (Some(title), Some(question), Some(dots)) = (title, question, dots) else {
        let page = context.page(&[]).await?;
        return wrong_form(&NewBoardPage { page, space, form, wrongs });
    };
    let by = context.member()?.id;
    let board = context.site.write(AddBoard { by, space: id, workshop: None, title, question, dots, leads: Vec::new() }).await?;
    Ok(redirect(&format!("/boards/{board}")))
}
