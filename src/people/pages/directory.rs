//! The directory: Members and Organisations.

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::journal::Room;
use crate::people::{Listed, OrganisationId, OrganisationRow, Profile};
use crate::people::membership::pages::{Beside, beside};
use crate::web::{Answer, Context, Page, Wrongs, html, redirect, wrong_form};
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
    /// How the reader stands to it.
    beside: Beside,
}

/// One Organisation (GET /organisations/{id}).
pub async fn organisation(context: Context, Path(id): Path<OrganisationId>) -> Answer {
    let Some(page) = organisation_page(&context, id, String::new(), Wrongs::default()).await? else {
        // Links to one that was entered twice lead to the one that stayed.
        let into = people::merged_into(&context.site.db, id).await?.ok_or(Error::NotFound)?;
        return Ok(redirect(&format!("/organisations/{into}")));
    };
    html(&page)
}

/// The same with what is wrong with a form on it, and the words that were typed.
pub async fn organisation_in_error(context: &Context, id: OrganisationId, words: String, wrongs: Wrongs) -> Answer {
    wrong_form(&organisation_page(context, id, words, wrongs).await?.ok_or(Error::NotFound)?)
}

async fn organisation_page(context: &Context, id: OrganisationId, words: String, wrongs: Wrongs) -> Result<Option<OrganisationPage>> {
    let page = context.page(&[Room::Site]).await?;
    let db = &context.site.db;
    let Some(organisation) = people::organisation(db, id).await? else { return Ok(None) };
    let beside = beside(context, id, words, wrongs).await?;
    let people = if context.reader.member.is_some() { people::people_of(db, id).await? } else { Vec::new() };
    let (above, below) = (people::above(db, id).await?, people::below(db, id).await?);
    Ok(Some(OrganisationPage { page, organisation, people, above, below, beside }))
}
