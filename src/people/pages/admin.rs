//! What admins decide of people: who is a Practitioner, who has which role, who may write and sign in.

pub mod list;
pub mod person;

use axum::extract::Path;
use serde::Deserialize;

use crate::error::{Error, Wrong};
use crate::people::{Role, SetPractitioner, SetRole};
use crate::web::{Answer, Context, Form, Wrongs, redirect, wrong_form};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Decision {
    confirm: String,
    role: String,
    /// Where the button stood: `person`, `admin`, or the list.
    back: String,
}

fn back(decision: &Decision, handle: &str) -> String {
    match decision.back.as_str() {
        "person" => format!("/people/{handle}"),
        "admin" => format!("/admin/people/{handle}"),
        _ => "/admin/people".into(),
    }
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
        Err(error) => wrong_form(&list::page(&context, list::Asked::default(), Wrongs::of(error)?.whole()).await?),
    }
}
