//! A Board's own page, its panel, and the forms on it. Each form returns to the page it stood on.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use rand::Rng;
use serde::Deserialize;

use super::queries::{self, Board};
use super::rules::{checked, checked_card, hidden_in};
use super::{AddCard, AddGroup, BoardId, CardChange, CardId, CastDot, ChangeCard, ChangeGroup, GroupChange, GroupId, OpenBoard, Phase, SetPhase, panel};
use crate::error::{Error, Result};
use crate::forum::{self, Space, SpaceId, allows};
use crate::journal::{FormKey, Room};
use crate::limits;
use crate::secret;
use crate::web::{Answer, Context, Form, Page, Wrongs, html, local_path, redirect, wrong_form};

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
    local_path(back).map_or_else(|| format!("/boards/{id}"), str::to_owned)
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

/// Where to go after an act; bad input shows the Board with words and what was typed. The Board's module is told the
/// number of the entry, or what is wrong, and stays where it is.
async fn after(context: &Context, id: BoardId, headers: &HeaderMap, form: BoardForm, done: Result<i64>) -> Answer {
    let by_module = headers.contains_key("x-plenary");
    match done {
        Ok(number) if by_module => Ok(axum::Json(serde_json::json!({ "n": number })).into_response()),
        Ok(_) => Ok(redirect(&local(&form.back, id))),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            if by_module {
                let words: Vec<String> = wrongs.0.iter().map(|wrong| context.words().say(&wrong.say)).collect();
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, axum::Json(serde_json::json!({ "wrong": words.join(" ") }))).into_response());
            }
            wrong_form(&draw(context, id, wrongs.whole(), form.text).await?)
        }
    }
}

/// A new card (POST /boards/{id}/cards).
pub async fn add_card(context: Context, Path(board): Path<BoardId>, headers: HeaderMap, Form(form): Form<BoardForm>) -> Answer {
    context.count_write()?;
    let done = match checked_card(&form.text) {
        Ok(text) => {
            let shuffle = i64::from(rand::rng().next_u32());
            let key = FormKey::of(&form.key, &["card", &board.to_string(), &text]);
            context.site.write(AddCard { by: (*context.reader).clone(), board, text, shuffle, key }).await.map(|_| 0)
        }
        Err(wrong) => Err(Error::Invalid(vec![wrong])),
    };
    after(&context, board, &headers, form, done).await
}

/// Edits, removes, hides or moves a card (POST /boards/{id}/cards/{card}).
pub async fn change_card(context: Context, Path((board, card)): Path<(BoardId, CardId)>, headers: HeaderMap, Form(form): Form<BoardForm>) -> Answer {
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
    after(&context, board, &headers, form, done).await
}

/// A new group (POST /boards/{id}/groups).
pub async fn add_group(context: Context, Path(board): Path<BoardId>, headers: HeaderMap, Form(form): Form<BoardForm>) -> Answer {
    context.count_write()?;
    let done = match checked("text", &form.text, limits::TITLE) {
        Ok(title) => {
            let with = form.card.parse().ok().map(CardId);
            let key = FormKey::of(&form.key, &["group", &board.to_string(), &title, &form.card]);
            context.site.write(AddGroup { by: (*context.reader).clone(), board, title, with, key }).await.map(|_| 0)
        }
        Err(wrong) => Err(Error::Invalid(vec![wrong])),
    };
    after(&context, board, &headers, form, done).await
}

/// Renames, removes or notes on a group (POST /boards/{id}/groups/{group}).
pub async fn change_group(context: Context, Path((board, group)): Path<(BoardId, GroupId)>, headers: HeaderMap, Form(form): Form<BoardForm>) -> Answer {
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
    after(&context, board, &headers, form, done).await
}

#[derive(Template)]
#[template(path = "boards/card.html")]
struct CardPage {
    page: Page,
    board: Board,
    card: queries::Card,
    groups: Vec<queries::Group>,
    may_move: bool,
    may_hide: bool,
    back: String,
    key: String,
}

/// What can be done with one card: the groups it may move to (GET /boards/{id}/cards/{card}).
pub async fn card(context: Context, Path((board, card)): Path<(BoardId, CardId)>, Query(sent): Query<Back>) -> Answer {
    let page = context.page(&[]).await?;
    let db = &context.site.db;
    let found = queries::board(db, &context.reader, board).await?;
    // While all write nobody learns of another's card.
    let card = queries::card(db, board, card).await?.filter(|_| found.phase != Phase::Write).ok_or(Error::NotFound)?;
    let may_move = found.phase == Phase::Group && allows(&context.reader, found.place(), found.may_reply).is_ok();
    let may_hide = hidden_in(found.phase).is_ok() && queries::leads(db, &context.reader, &found).await?;
    let groups = if may_move { queries::groups(db, board).await? } else { Vec::new() };
    html(&CardPage { page, board: found, card, groups, may_move, may_hide, back: local(&sent.back, board), key: secret::token() })
}

#[derive(Template)]
#[template(path = "boards/group.html")]
struct GroupPage {
    page: Page,
    board: Board,
    group: queries::Group,
    may_change: bool,
    back: String,
}

/// Renaming or undoing one group (GET /boards/{id}/groups/{group}).
pub async fn group(context: Context, Path((board, group)): Path<(BoardId, GroupId)>, Query(sent): Query<Back>) -> Answer {
    let page = context.page(&[]).await?;
    let db = &context.site.db;
    let found = queries::board(db, &context.reader, board).await?;
    let group = queries::group(db, board, group).await?.ok_or(Error::NotFound)?;
    let may_change = found.phase == Phase::Group && allows(&context.reader, found.place(), found.may_reply).is_ok();
    html(&GroupPage { page, board: found, group, may_change, back: local(&sent.back, board) })
}

/// Gives or takes back a dot (POST /boards/{id}/votes).
pub async fn vote(context: Context, Path(board): Path<BoardId>, headers: HeaderMap, Form(form): Form<BoardForm>) -> Answer {
    context.count_write()?;
    let key = FormKey::of(&form.key, &["dot", &board.to_string(), &form.target, &form.change.to_string()]);
    let act = CastDot { by: (*context.reader).clone(), board, target: form.target.clone(), change: form.change, key };
    let done = context.site.write(act).await.map(|()| 0);
    after(&context, board, &headers, form, done).await
}

/// Moves the Board on or back (POST /boards/{id}/phase).
pub async fn set_phase(context: Context, Path(board): Path<BoardId>, headers: HeaderMap, Form(form): Form<BoardForm>) -> Answer {
    context.count_write()?;
    let done = match form.to.parse() {
        Ok(phase) => context.site.write(SetPhase { by: (*context.reader).clone(), board, phase }).await.map(|()| 0),
        Err(()) => Err(Error::field("to", "wrong-choice")),
    };
    after(&context, board, &headers, form, done).await
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewBoardForm {
    title: String,
    question: String,
    dots: String,
    key: String,
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
    let form = NewBoardForm { dots: "5".into(), key: secret::token(), ..Default::default() };
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
    let key = FormKey::of(&form.key, &["board", &id.to_string(), &title, &question, &form.dots]);
    let act = OpenBoard { by: (*context.reader).clone(), space: id, title, question, dots, key };
    let board = context.site.write(act).await?;
    Ok(redirect(&format!("/boards/{board}")))
}
