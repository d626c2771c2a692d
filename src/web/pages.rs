//! Pages of no single domain: home, the style guide, the choice of a language.

use askama::Template;
use axum::http::header;
use serde::Deserialize;

use super::cookies::{LANGUAGE_COOKIE, set_cookie};
use super::{Answer, Context, Form, Page, html, local_path, redirect};
use crate::forum;
use crate::network::pages::setup::Step;
use crate::people::Language;

/// Topics on the home page.
const LATEST: u64 = 15;
/// Of what waits, on the home page; the bell leads to the rest.
const WAITING: usize = 5;

#[derive(Template)]
#[template(path = "web/home.html")]
struct HomePage {
    page: Page,
    /// What waits, the newest first.
    notices: String,
    spaces: Vec<forum::Space>,
    rows: String,
    /// For admins: the steps of the guided page, until it is finished.
    setup: Option<Vec<Step>>,
    /// The next Workshops, as a short list.
    workshops: String,
    /// How many things were wrong when it was last looked, for admins.
    wrongs: i64,
}

impl HomePage {
    /// How many of the things that wait the list shows.
    fn waiting(&self) -> usize {
        WAITING
    }

    /// The steps of the guided page that are not done.
    fn open_steps(&self) -> Vec<&Step> {
        self.setup.iter().flatten().filter(|step| !step.is_done).collect()
    }

    /// How many Topics.
    fn latest(&self) -> u64 {
        LATEST
    }
}

/// Home (GET /): what waits and what is new; to a Visitor, what this is and how to join.
pub async fn home(context: Context) -> Answer {
    let page = context.page(&forum::heard(&context.site.db, &context.reader).await?).await?;
    let db = &context.site.db;
    let topics = forum::topics(db, &context.reader, forum::After::default(), LATEST).await?;
    let spaces = forum::spaces(db, &context.reader).await?;
    let notices = crate::notify::pages::waiting::rows(&context, WAITING).await?;
    let setup = crate::network::pages::setup::ahead(&context).await?;
    let wrongs = if context.reader.is_admin() { context.site.well.wrongs() } else { 0 };
    let (rows, workshops) = (forum::pages::rows(&context, &topics)?, crate::workshops::pages::next(&context, None).await?);
    html(&HomePage { page, notices, spaces, rows, setup, workshops, wrongs })
}

#[derive(Template)]
#[template(path = "web/styleguide.html")]
struct StyleGuide {
    page: Page,
}

/// Every component in every state (GET /styleguide); in the demo only.
pub async fn styleguide(context: Context) -> Answer {
    html(&StyleGuide { page: context.page(&[]).await? })
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct LanguageForm {
    language: String,
    back: String,
}

/// A Visitor's choice of language (POST /language), kept in a cookie; a Member's is kept with the account.
pub async fn language(context: Context, Form(form): Form<LanguageForm>) -> Answer {
    let mut response = redirect(local_path(&form.back).unwrap_or("/"));
    let Ok(language) = form.language.parse::<Language>() else { return Ok(response) };
    if let Some(member) = &context.reader.member {
        context.site.write(crate::people::SetLanguage { by: member.id, language }).await?;
    }
    response.headers_mut().append(header::SET_COOKIE, set_cookie(&context.site, LANGUAGE_COOKIE, language.word(), 365));
    Ok(response)
}
