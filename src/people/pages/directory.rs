//! The directory: Members and Organisations.

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use crate::error::Error;
use crate::journal::Room;
use crate::people::{Listed, OrganisationId, OrganisationRow, Profile};
use crate::web::{Answer, Context, Page, html, redirect};
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
    /// What it lies within, the nearest first; what lies right within it.
    above: Vec<OrganisationRow>,
    below: Vec<OrganisationRow>,
    /// Shown to Members alone.
    people: Vec<Listed>,
}

/// One Organisation (GET /organisations/{id}).
pub async fn organisation(context: Context, Path(id): Path<OrganisationId>) -> Answer {
    let page = context.page(&[Room::Site]).await?;
    let db = &context.site.db;
    let Some(organisation) = people::organisation(db, id).await? else {
        // Links to one that was entered twice lead to the one that stayed.
        let into = people::merged_into(db, id).await?.ok_or(Error::NotFound)?;
        return Ok(redirect(&format!("/organisations/{into}")));
    };
    let people = if context.reader.member.is_some() { people::people_of(db, id).await? } else { Vec::new() };
    let (above, below) = (people::above(db, id).await?, people::below(db, id).await?);
    html(&OrganisationPage { page, organisation, people, above, below })
}
