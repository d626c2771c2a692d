//! People for admins: those who wait to be confirmed, and everybody, found by name, handle, address and standing.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;

use crate::error::Result;
use crate::journal::Room;
use crate::people::membership::{Question, open_questions};
use crate::people::{self, Found, Listed, OrganisationRow, Role, Sought, Standing};
use crate::web::errors::encode;
use crate::web::{Answer, Context, Page, Wrongs, html};

/// How many of those who wait are shown at once.
const WAITING: u64 = 100;
/// People on one page.
const PAGE: u64 = 50;

/// What is asked, as it stands in the address; what is no word of ours asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    role: String,
    practitioner: String,
    standing: String,
    organisation: String,
    /// The last one of the page before: their word and id.
    word: String,
    id: String,
}

impl Asked {
    fn sought(&self) -> Sought {
        Sought {
            text: self.q.clone(),
            role: self.role.parse().ok(),
            is_practitioner: match self.practitioner.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            standing: self.standing.parse().ok(),
            organisation: self.organisation.parse().ok().map(people::OrganisationId),
        }
    }

    /// The address of what comes after this one.
    fn next(&self, last: &Found) -> String {
        let pairs = [("q", &self.q), ("role", &self.role), ("practitioner", &self.practitioner), ("standing", &self.standing), ("organisation", &self.organisation), ("word", &last.word)];
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}&", encode(value)));
        format!("/admin/people?{}id={}", pairs.collect::<String>(), last.id)
    }
}

#[derive(Template)]
#[template(path = "people/admin/list.html")]
pub struct ListPage {
    page: Page,
    asked: Asked,
    is_everybody: bool,
    waiting: Vec<Listed>,
    /// What is asked about people in any Organisation.
    questions: Vec<Question>,
    found: Vec<Found>,
    organisations: Vec<OrganisationRow>,
    next: Option<String>,
    wrongs: Wrongs,
}

impl ListPage {
    fn roles(&self) -> &'static [Role] {
        Role::ALL
    }

    fn standings(&self) -> &'static [Standing] {
        Standing::ALL
    }
}

/// The list (GET /admin/people).
pub async fn list(context: Context, Query(asked): Query<Asked>) -> Answer {
    html(&page(&context, asked, Wrongs::default()).await?)
}

pub(super) async fn page(context: &Context, asked: Asked, wrongs: Wrongs) -> Result<ListPage> {
    let page = context.page(&[Room::Site]).await?;
    let (db, sought) = (&context.site.db, asked.sought());
    let is_first = asked.id.is_empty();
    let begin = if people::search::asked(&sought.text).is_empty() { i64::MAX } else { 0 };
    let after = (asked.word.as_str(), asked.id.parse().unwrap_or(begin));
    let mut found = people::find_people(db, &sought, context.site.now(), after, PAGE + 1).await?;
    let is_more = found.len() as u64 > PAGE;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| is_more).map(|last| asked.next(last));
    let is_everybody = sought.is_everybody();
    let waiting = if is_everybody && is_first { people::unconfirmed(db, WAITING).await? } else { Vec::new() };
    let questions = if is_everybody && is_first { open_questions(db).await? } else { Vec::new() };
    Ok(ListPage { page, asked, questions, is_everybody: is_everybody && is_first, waiting, found, organisations: people::organisations(db).await?, next, wrongs })
}
