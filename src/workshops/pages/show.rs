//! A Workshop's page: before (when, what will happen, who, Register), now (Join the room), after (what came of it);
//! registering, withdrawing and cancelling.

use askama::Template;
use axum::extract::Path;

use crate::error::{Error, Result};
use crate::journal::Room;
use crate::web::{Answer, Context, Page, Wrongs, html, redirect, wrong_form};
use crate::workshops::draft::{BoardOutcome, board_outcomes};
use crate::workshops::rules::{leads, may_edit};
use crate::workshops::when::{differ, span};
use crate::workshops::{
    self, Activity, CancelWorkshop, Letterhead, Person, Register, Standing, Withdraw, Workshop, WorkshopId, agenda, facilitators, outcomes, place_in_line,
};

#[derive(Template)]
#[template(path = "workshops/show.html")]
struct ShowPage {
    page: Page,
    workshop: Workshop,
    agenda: Vec<Activity>,
    people: Vec<Person>,
    /// In the event's zone.
    when: String,
    /// In the reader's, where that shows another hour.
    when_here: Option<String>,
    standing: Option<Standing>,
    line: i64,
    may_edit: bool,
    leads: bool,
    is_over: bool,
    boards: Vec<BoardOutcome>,
    decided: Vec<String>,
    wrongs: Wrongs,
}

impl ShowPage {
    fn is_registered(&self) -> bool {
        self.standing == Some(Standing::Registered)
    }

    fn is_waiting(&self) -> bool {
        self.standing == Some(Standing::Waiting)
    }

    fn may_enter(&self) -> bool {
        self.is_registered() || self.leads
    }
}

/// The page (GET /workshops/{id}).
pub async fn show(context: Context, Path(id): Path<WorkshopId>) -> Answer {
    html(&draw(&context, id, Wrongs::default()).await?)
}

async fn draw(context: &Context, id: WorkshopId, wrongs: Wrongs) -> Result<ShowPage> {
    let (db, reader) = (&context.site.db, &context.reader);
    // The Rooms' numbers come before what is shown; the Space it is in cannot change.
    let space = workshops::workshop(db, reader, id).await?.space;
    let page = context.page(&[Room::Space(space)]).await?;
    let workshop = workshops::workshop(db, reader, id).await?;
    let people = facilitators(db, id).await?;
    let ids: Vec<_> = people.iter().map(|person| person.member).collect();
    let standing = match reader.id() {
        Some(member) => workshops::standing(db, id, member).await?,
        None => None,
    };
    let line = match (standing, reader.id()) {
        (Some(Standing::Waiting), Some(member)) => place_in_line(db, id, member).await?,
        _ => 0,
    };
    let (zone, own) = (workshop.tz(), reader.zone);
    let of = |zone| span(page.words, workshop.starts_at, workshop.ends_at, zone);
    Ok(ShowPage {
        when: of(zone),
        when_here: differ(workshop.starts_at, zone, own).then(|| of(own)),
        standing,
        line,
        may_edit: may_edit(reader, workshop.space, &ids).is_ok(),
        leads: leads(reader, &ids),
        is_over: workshop.is_over(page.now()),
        boards: if workshop.topic.is_some() { board_outcomes(db, &workshop).await? } else { Vec::new() },
        decided: outcomes(db, id).await?,
        agenda: agenda(db, id).await?,
        page,
        workshop,
        people,
        wrongs,
    })
}

/// Takes a place (POST /workshops/{id}/register).
pub async fn register(context: Context, Path(id): Path<WorkshopId>) -> Answer {
    context.count_write()?;
    let act = Register { by: (*context.reader).clone(), workshop: id, head: Letterhead::of(&context.site).await? };
    let done = context.site.write(act).await;
    answer(&context, id, done.map(|_| ())).await
}

/// Gives it back (POST /workshops/{id}/withdraw).
pub async fn withdraw(context: Context, Path(id): Path<WorkshopId>) -> Answer {
    context.count_write()?;
    let act = Withdraw { by: (*context.reader).clone(), workshop: id, head: Letterhead::of(&context.site).await? };
    let done = context.site.write(act).await;
    answer(&context, id, done).await
}

/// Cancels it for everybody (POST /workshops/{id}/cancel).
pub async fn cancel(context: Context, Path(id): Path<WorkshopId>) -> Answer {
    context.count_write()?;
    let act = CancelWorkshop { by: (*context.reader).clone(), workshop: id, head: Letterhead::of(&context.site).await? };
    let done = context.site.write(act).await;
    answer(&context, id, done).await
}

/// Back to the page; what could not be done is said there.
async fn answer(context: &Context, id: WorkshopId, done: Result<()>) -> Answer {
    match done {
        Ok(()) => Ok(redirect(&workshops::href(id))),
        Err(error @ Error::Conflict(_)) => wrong_form(&draw(context, id, Wrongs::of(error)?).await?),
        Err(error) => Err(error.into()),
    }
}
