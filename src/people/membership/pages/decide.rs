//! What Stewards and admins decide: who belongs, who is a Practitioner, who looks after an Organisation.

use axum::extract::Path;
use serde::Deserialize;

use crate::error::{Error, Result, Say};
use crate::people::membership::{self, AnswerQuestion, Leave, QuestionId, SetOwnPractitioner, SetSteward};
use crate::people::pages::directory::organisation_in_error;
use crate::people::pages::organisations::edit_in_error;
use crate::people::rights::may_steward;
use crate::people::{MemberId, OrganisationId, account_by_email, account_by_handle, fold_email, organisation};
use crate::web::{self, Context, Form, Wrongs, local_path, redirect};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// `yes`, `no`; `back` by whoever asked.
    answer: String,
    /// Where the button stood.
    back: String,
}

/// Answers what is asked (POST /questions/{id}).
pub async fn answer(context: Context, Path(question): Path<QuestionId>, Form(form): Form<AnswerForm>) -> web::Answer {
    context.count_write()?;
    let found = membership::question(&context.site.db, question).await?.ok_or(Error::NotFound)?;
    let is_theirs = context.reader.is(found.member) || may_steward(&context.reader, found.organisation);
    if !is_theirs {
        return Err(Error::NotFound.into());
    }
    let answered = match form.answer.parse() {
        Ok(answer) => context.site.write(AnswerQuestion { by: (*context.reader).clone(), question, answer }).await,
        Err(()) => Err(Error::conflict("wrong-choice")),
    };
    match answered {
        Ok(organisation) => Ok(redirect(local_path(&form.back).unwrap_or(&format!("/organisations/{organisation}")))),
        Err(error) => organisation_in_error(&context, found.organisation, String::new(), Wrongs::of(error)?).await,
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    /// `practitioner`, `practitioner_end`, `remove`.
    r#do: String,
}

/// Decides about somebody who belongs there (POST /organisations/{id}/people/{handle}).
pub async fn person(context: Context, Path((organisation, handle)): Path<(OrganisationId, String)>, Form(form): Form<PersonForm>) -> web::Answer {
    context.count_write()?;
    let db = &context.site.db;
    crate::people::organisation(db, organisation).await?.ok_or(Error::NotFound)?;
    if !may_steward(&context.reader, organisation) {
        return Err(Error::NotAllowed.into());
    }
    let member = membership::person_in(db, organisation, &handle).await?.ok_or(Error::NotFound)?.member;
    let by = (*context.reader).clone();
    let done = match form.r#do.as_str() {
        "practitioner" => context.site.write(SetOwnPractitioner { by, organisation, member, is_practitioner: true }).await,
        "practitioner_end" => context.site.write(SetOwnPractitioner { by, organisation, member, is_practitioner: false }).await,
        "remove" => context.site.write(Leave { by, organisation, member }).await,
        _ => Err(Error::conflict("wrong-choice")),
    };
    match done {
        Ok(()) => Ok(redirect(&format!("/organisations/{organisation}#stewarding"))),
        Err(error) => organisation_in_error(&context, organisation, String::new(), Wrongs::of(error)?).await,
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StewardForm {
    /// A handle, with or without its @, or an address.
    who: String,
    /// `end`; anything else names.
    r#do: String,
}

/// Names a Steward or ends it (POST /organisations/{id}/stewards).
pub async fn stewards(context: Context, Path(id): Path<OrganisationId>, Form(form): Form<StewardForm>) -> web::Answer {
    context.count_write()?;
    organisation(&context.site.db, id).await?.ok_or(Error::NotFound)?;
    let by = Some(context.member()?.id);
    let done = match found(&context, &form.who).await {
        Ok(member) => context.site.write(SetSteward { by, organisation: id, member, is_steward: form.r#do != "end" }).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(redirect(&format!("/organisations/{id}/edit#stewards"))),
        Err(error) => edit_in_error(&context, id, form.who, Wrongs::of(error)?).await,
    }
}

/// The Member with this handle or address.
async fn found(context: &Context, who: &str) -> Result<MemberId> {
    let (db, who) = (&context.site.db, who.trim());
    if who.is_empty() {
        return Err(Error::field("who", "wrong-person-empty"));
    }
    let account = match who.contains('@') && !who.starts_with('@') {
        true => account_by_email(db, &fold_email(who)).await?,
        false => account_by_handle(db, &who.trim_start_matches('@').to_lowercase()).await?,
    };
    let account = account.filter(|account| account.confirmed_at.is_some() && account.suspended_at.is_none());
    account.map(|account| account.id).ok_or_else(|| Error::field("who", Say::new("wrong-person-unknown").with("who", who)))
}
