//! The directory: Members and Organisations.

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use crate::error::Error;
use crate::journal::Room;
use crate::people::{Listed, OrganisationId, OrganisationRow, Profile};
use crate::web::{Answer, Context, Page, html};
use crate::people;

/// People on one page of the directory.
const PAGE: u64 = 50;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct After {
    after: String,
    id: i64,
}

#[derive(Template)]
#[template(path = "people/directory.html")]
struct DirectoryPage {
    page: Page,
    people: Vec<Listed>,
    next: Option<String>,
}

/// Members by name (GET /people).
pub async fn list(context: Context, Query(after): Query<After>) -> Answer {
    let page = context.page(&[Room::Site]).await?;
    let mut people = people::directory(&context.site.db, (&after.after, after.id), PAGE + 1).await?;
    let more = people.len() as u64 > PAGE;
    people.truncate(PAGE as usize);
    let next = people.last().filter(|_| more).map(|last| format!("/people?after={}&id={}", crate::web::errors::encode(&last.name), last.id));
    html(&DirectoryPage { page, people, next })
}

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonPage {
    page: Page,
    person: Profile,
    organisations: Vec<OrganisationRow>,
}

/// One Member (GET /people/{handle}).
pub async fn person(context: Context, Path(handle): Path<String>) -> Answer {
    let page = context.page(&[Room::Site]).await?;
    let person = people::profile(&context.site.db, &handle).await?.ok_or(Error::NotFound)?;
    let organisations = people::organisations_of(&context.site.db, person.id).await?;
    html(&PersonPage { page, person, organisations })
}

#[derive(Template)]
#[template(path = "people/organisations.html")]
struct OrganisationsPage {
    page: Page,
    organisations: Vec<OrganisationRow>,
}

/// Organisations (GET /organisations).
pub async fn organisations(context: Context) -> Answer {
    let page = context.page(&[Room::Site]).await?;
    let organisations = people::organisations(&context.site.db).await?;
    html(&OrganisationsPage { page, organisations })
}

#[derive(Template)]
#[template(path = "people/organisation.html")]
struct OrganisationPage {
    page: Page,
    organisation: OrganisationRow,
    /// Shown to Members alone.
    people: Vec<Listed>,
}

/// One Organisation (GET /organisations/{id}).
pub async fn organisation(context: Context, Path(id): Path<OrganisationId>) -> Answer {
    let page = context.page(&[Room::Site]).await?;
    let db = &context.site.db;
    let organisation = people::organisation(db, id).await?.ok_or(Error::NotFound)?;
    let people = if context.reader.member.is_some() { people::people_of(db, id).await? } else { Vec::new() };
    html(&OrganisationPage { page, organisation, people })
}
