//! Erasing one's account: what happens to what, the choice, the week, and taking it back.

use askama::Template;
use serde::Deserialize;

use super::prove;
use crate::error::{Error, Result};
use crate::journal::Room;
use crate::limits;
use crate::mail::Address;
use crate::people::account::queries::erasure_of;
use crate::people::account::{AskErasure, CancelErasure, Erasure};
use crate::people::address_of;
use crate::people::pages::mails::ShortMail;
use crate::web::{Answer, Context, Form, Page, Words, Wrongs, html, redirect, wrong_form};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EraseForm {
    /// `keep` or `erase`.
    words: String,
}

#[derive(Template)]
#[template(path = "people/erase.html")]
struct ErasePage {
    page: Page,
    form: EraseForm,
    wrongs: Wrongs,
    /// What was asked for already.
    pending: Option<Erasure>,
}

async fn page(context: &Context, form: EraseForm, wrongs: Wrongs) -> Result<ErasePage> {
    let member = context.member()?.id;
    let page = context.page(&[Room::Member(member.0)]).await?;
    Ok(ErasePage { page, form, wrongs, pending: erasure_of(&context.site.db, member).await? })
}

/// The page (GET /settings/erase).
pub async fn show(context: Context) -> Answer {
    html(&page(&context, EraseForm::default(), Wrongs::default()).await?)
}

/// Asks for it (POST /settings/erase), after a step-up.
pub async fn ask(context: Context, Form(form): Form<EraseForm>) -> Answer {
    if let Some(prove) = prove::needed(&context, "/settings/erase").await? {
        return Ok(prove);
    }
    match checked(&context, &form).await {
        Ok(act) => match context.site.write(act).await {
            Ok(()) => Ok(redirect("/settings/erase")),
            Err(error) => wrong_form(&page(&context, form, Wrongs::of(error)?).await?),
        },
        Err(error) => wrong_form(&page(&context, form, Wrongs::of(error)?).await?),
    }
}

async fn checked(context: &Context, form: &EraseForm) -> Result<AskErasure> {
    let member = context.member()?.clone();
    let words = match form.words.as_str() {
        "keep" => false,
        "erase" => true,
        _ => return Err(Error::field("words", "wrong-choice")),
    };
    let site = &context.site;
    let due = site.now().plus(limits::ERASURE);
    let mail = match address_of(&site.db, member.id).await? {
        Some((name, email)) => {
            let when = Words(member.language).moment(due, member.zone);
            let dedupe = format!("erasing:{}:{}", member.id, site.now().micros());
            let mail = ShortMail { key: "mail-erasing", path: "/settings/erase".into(), told: vec![("when", when)], dedupe, is_secret: false };
            Some(mail.write(site, Some(member.id), Address { name, email }, member.language).await?)
        }
        None => None,
    };
    Ok(AskErasure { by: member.id, session: context.reader.session, words, mail })
}

/// Takes it back (POST /settings/erase/cancel).
pub async fn cancel(context: Context) -> Answer {
    let by = context.member()?.id;
    context.site.write(CancelErasure { by, session: context.reader.session }).await?;
    Ok(redirect("/settings?saved=kept"))
}
