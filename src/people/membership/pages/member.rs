//! A Member asks to belong to an Organisation, or leaves it.

use axum::extract::Path;
use serde::Deserialize;

use crate::error::{Error, Say};
use crate::limits;
use crate::people::OrganisationId;
use crate::people::membership::{AskToJoin, Leave};
use crate::people::pages::directory::organisation_in_error;
use crate::web::{Answer, Context, Form, Wrongs, redirect};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskForm {
    words: String,
}

/// Asks to belong (POST /organisations/{id}/ask).
pub async fn ask(context: Context, Path(organisation): Path<OrganisationId>, Form(form): Form<AskForm>) -> Answer {
    context.count_write()?;
    let by = context.member()?.id;
    let words = form.words.trim().to_owned();
    let asked = match words.chars().count() > limits::SHORT_TEXT {
        true => Err(Error::field("words", Say::new("wrong-too-long").with("limit", limits::SHORT_TEXT))),
        false => context.site.write(AskToJoin { by, organisation, words }).await,
    };
    match asked {
        Ok(_) => Ok(redirect(&format!("/organisations/{organisation}"))),
        Err(error) => organisation_in_error(&context, organisation, form.words, Wrongs::of(error)?).await,
    }
}

/// Leaves it (POST /organisations/{id}/leave).
pub async fn leave(context: Context, Path(organisation): Path<OrganisationId>) -> Answer {
    context.count_write()?;
    let member = context.member()?.id;
    context.site.write(Leave { by: (*context.reader).clone(), organisation, member }).await?;
    Ok(redirect(&format!("/organisations/{organisation}")))
}
