//! What admins decide of people: who is a Practitioner, who has which role.

use askama::Template;
use axum::extract::Path;
use serde::Deserialize;

use crate::error::{Error, Wrong};
use crate::journal::Room;
use crate::people::membership::{Question, open_questions};
use crate::people::{self, Listed, Role, SetPractitioner, SetRole};
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

/// How many of those who wait are shown at once.
const WAITING: u64 = 100;

#[derive(Template)]
#[template(path = "people/admin.html")]
struct AdminPage {
    page: Page,
    waiting: Vec<Listed>,
    /// What is asked about people in any Organisation.
    questions: Vec<Question>,
    wrongs: Wrongs,
}

/// Who waits to be confirmed (GET /admin/people).
pub async fn list(context: Context) -> Answer {
    html(&page(&context, Wrongs::default()).await?)
}

async fn page(context: &Context, wrongs: Wrongs) -> crate::error::Result<AdminPage> {
    let page = context.page(&[Room::Site]).await?;
    Ok(AdminPage { page, waiting: people::unconfirmed(&context.site.db, WAITING).await?, questions: open_questions(&context.site.db).await?, wrongs })
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Decision {
    confirm: String,
    role: String,
    /// Where the button stood.
    back: String,
}

fn back(decision: &Decision, handle: &str) -> String {
    if decision.back == "person" { format!("/people/{handle}") } else { "/admin/people".into() }
}

/// Confirms a Practitioner or ends it (POST /admin/people/{handle}/practitioner).
pub async fn practitioner(context: Context, Path(handle): Path<String>, Form(decision): Form<Decision>) -> Answer {
    let by = context.member()?.id;
    let to = back(&decision, &handle);
    context.site.write(SetPractitioner { by, handle, is_practitioner: decision.confirm == "yes" }).await?;
    Ok(redirect(&to))
}

/// Gives a role (POST /admin/people/{handle}/role).
pub async fn role(context: Context, Path(handle): Path<String>, Form(decision): Form<Decision>) -> Answer {
    let by = context.member()?.id;
    let to = back(&decision, &handle);
    let given = match decision.role.parse::<Role>() {
        Ok(role) => context.site.write(SetRole { by: Some(by), handle, role }).await.map(|_| ()),
        Err(()) => Err(Error::Invalid(vec![Wrong { field: "role", say: "wrong-choice".into() }])),
    };
    match given {
        Ok(()) => Ok(redirect(&to)),
        Err(error) => wrong_form(&page(&context, Wrongs::of(error)?.whole()).await?),
    }
}
