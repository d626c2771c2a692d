//! The live room: the whole page, its Activity alone (for what is personal in it), and what is done in it by forms.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::journal::{FormKey, Room};
use crate::people::{Member, MemberId};
use crate::secret;
use crate::web::{Answer, Context, Fill, Form, Fragment, Page, Wrongs, html, redirect, wrong_form};
use crate::workshops::live::{RoomView, message_fragment};
use crate::workshops::rules::checked_words;
use crate::workshops::{self, EnterRoom, HandMove, Move, MoveHand, MoveRoom, SayInRoom, WorkshopId, admit, brainstorm, messages, workshop};

/// Lines of chat on a page.
const CHAT: u64 = 200;
/// People named as here; the live line names as many.
const NAMED: usize = 30;

#[derive(Template)]
#[template(path = "workshops/room.html")]
struct RoomPage {
    page: Page,
    view: RoomView,
    name: String,
    agenda: String,
    clock: String,
    activity: String,
    chat: String,
    hands: String,
    lead: String,
    here: Vec<String>,
    key: String,
    words: String,
    wrongs: Wrongs,
}

impl RoomPage {
    /// The server's clock when this was written, in milliseconds: browsers learn their own offset from it.
    fn now(&self) -> i64 {
        self.page.now().micros() / 1000
    }
}

/// The room (GET /workshops/{id}/room). Who is not registered sees the Workshop's page, where one registers.
pub async fn show(context: Context, Path(id): Path<WorkshopId>) -> Answer {
    context.member()?;
    let known = workshop(&context.site.db, &context.reader, id).await?;
    match admit(&context.site.db, &context.reader, &known).await {
        Ok(()) => {}
        Err(Error::NotAllowed | Error::Conflict(_)) => return Ok(redirect(&known.href())),
        Err(error) => return Err(error.into()),
    }
    if !known.is_over(context.site.now()) {
        context.site.write(EnterRoom { by: (*context.reader).clone(), workshop: id }).await?;
    }
    html(&draw(&context, id, String::new(), Wrongs::default()).await?)
}

/// The Rooms of a room's page: its own, and that of the Board it is at.
async fn rooms(context: &Context, id: WorkshopId) -> Result<Vec<Room>> {
    let view = RoomView::load(&context.site, id, context.words()).await?.ok_or(Error::NotFound)?;
    Ok(std::iter::once(Room::Workshop(id.0)).chain(view.board().map(Room::Board)).collect())
}

async fn draw(context: &Context, id: WorkshopId, words: String, wrongs: Wrongs) -> Result<RoomPage> {
    let page = context.page(&rooms(context, id).await?).await?;
    let (site, reader) = (&context.site, &context.reader);
    workshop(&site.db, reader, id).await?;
    let view = RoomView::load(site, id, context.words()).await?.ok_or(Error::NotFound)?;
    let fill = Fill { reader, words: context.words(), unread: &|_| false };
    let filled = |text: String| Fragment::parse(&text).fill(&fill);
    let panel = panel(context, &view).await?;
    let chat: Result<Vec<String>> = messages(&site.db, id, CHAT).await?.iter().map(|message| message_fragment(context.words(), message)).collect();
    Ok(RoomPage {
        name: filled(view.name()?),
        agenda: filled(view.agenda()?),
        clock: filled(view.clock(page.now())?),
        activity: filled(view.activity(panel.as_deref(), "")?),
        chat: filled(chat?.concat()),
        hands: filled(view.hands()?),
        lead: filled(view.lead()?),
        here: here(context, id),
        key: secret::token(),
        page,
        view,
        words,
        wrongs,
    })
}

async fn panel(context: &Context, view: &RoomView) -> Result<Option<String>> {
    let Some(board) = view.board() else { return Ok(None) };
    brainstorm::panel(context, board, &view.workshop.room_href()).await.map(Some)
}

/// The names of those who are here now: on the live line, and whoever asks.
fn here(context: &Context, id: WorkshopId) -> Vec<String> {
    let present = context.site.live.present(Room::Workshop(id.0));
    let mut people: std::collections::BTreeMap<MemberId, String> = std::collections::BTreeMap::new();
    let name = |member: &std::sync::Arc<Member>| (member.id, member.name.clone());
    people.extend(present.iter().filter_map(|(_, reader)| reader.member.as_ref()).map(name));
    people.extend(context.reader.member.as_ref().map(name));
    people.into_values().take(NAMED).collect()
}

/// The Activity with what is personal in it (GET /workshops/{id}/room/activity): what a browser fetches when the live
/// line says that the room moved on. It carries the Rooms it needs from then on.
pub async fn activity(context: Context, Path(id): Path<WorkshopId>) -> Answer {
    let known = workshop(&context.site.db, &context.reader, id).await?;
    admit(&context.site.db, &context.reader, &known).await?;
    let page = context.page(&rooms(&context, id).await?).await?;
    let view = RoomView::load(&context.site, id, context.words()).await?.ok_or(Error::NotFound)?;
    let panel = panel(&context, &view).await?;
    let text = view.activity(panel.as_deref(), &page.rooms)?;
    let fill = Fill { reader: &context.reader, words: context.words(), unread: &|_| false };
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, Fragment::parse(&text).fill(&fill)).into_response())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct MoveForm {
    r#do: String,
    seen: String,
}

/// Moves the room's clock (POST /workshops/{id}/room/move): facilitators.
pub async fn lead(context: Context, Path(id): Path<WorkshopId>, headers: HeaderMap, Form(form): Form<MoveForm>) -> Answer {
    context.count_write()?;
    let (Ok(what), Ok(seen)) = (form.r#do.parse::<Move>(), form.seen.parse()) else { return Err(Error::NotFound.into()) };
    let done = context.site.write(MoveRoom { by: (*context.reader).clone(), workshop: id, what, seen }).await;
    answer(&context, id, &headers, done, String::new()).await
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SayForm {
    words: String,
    key: String,
}

/// Says something (POST /workshops/{id}/room/say).
pub async fn say(context: Context, Path(id): Path<WorkshopId>, headers: HeaderMap, Form(form): Form<SayForm>) -> Answer {
    context.count_write()?;
    let done = match checked_words("words", &form.words) {
        Ok(words) => {
            let key = FormKey::of(&form.key, &["said", &id.to_string(), &words]);
            context.site.write(SayInRoom { by: (*context.reader).clone(), workshop: id, words, key }).await
        }
        Err(wrong) => Err(Error::Invalid(vec![wrong])),
    };
    answer(&context, id, &headers, done.map(|_| ()), form.words).await
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct HandForm {
    r#do: String,
    of: String,
}

/// Raises or lowers a hand (POST /workshops/{id}/room/hand).
pub async fn hand(context: Context, Path(id): Path<WorkshopId>, headers: HeaderMap, Form(form): Form<HandForm>) -> Answer {
    context.count_write()?;
    let by = context.member()?.id;
    let Ok(what) = form.r#do.parse::<HandMove>() else { return Err(Error::NotFound.into()) };
    let of = if form.of.is_empty() { by } else { form.of.parse().map_err(|_| Error::NotFound)? };
    let done = context.site.write(MoveHand { by: (*context.reader).clone(), workshop: id, what, of }).await;
    answer(&context, id, &headers, done, String::new()).await
}

/// Back to the room. Our module asks without leaving the page: it hears the change on the live line.
async fn answer(context: &Context, id: WorkshopId, headers: &HeaderMap, done: Result<()>, typed: String) -> Answer {
    let is_quick = headers.contains_key("x-plenary");
    match done {
        Ok(()) if is_quick => Ok(StatusCode::NO_CONTENT.into_response()),
        Ok(()) => Ok(redirect(&format!("{}/room", workshops::href(id)))),
        Err(error @ (Error::Conflict(_) | Error::Invalid(_))) => {
            let wrongs = Wrongs::of(error)?;
            if is_quick {
                let words: Vec<String> = wrongs.0.iter().map(|wrong| context.words().say(&wrong.say)).collect();
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, axum::Json(serde_json::json!({ "wrong": words.join(" ") }))).into_response());
            }
            let known = workshop(&context.site.db, &context.reader, id).await?;
            if admit(&context.site.db, &context.reader, &known).await.is_err() {
                return Ok(redirect(&known.href()));
            }
            wrong_form(&draw(context, id, typed, wrongs).await?)
        }
        Err(error) => Err(error.into()),
    }
}
