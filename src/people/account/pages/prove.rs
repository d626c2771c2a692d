//! A step-up: before what is dangerous one proves once more who one is, by password or by a link that is mailed. It holds
//! for some minutes, and for this session alone.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::journal::Reads;
use crate::limits::{self, Counted};
use crate::mail::Address;
use crate::people::account::acts::ProveByLink;
use crate::people::account::queries::proved_at;
use crate::people::account::{Prove, has_password};
use crate::people::pages::mails::ShortMail;
use crate::people::{AskLink, LinkPurpose, NewLink, address_of, link_member};
use crate::secret;
use crate::values;
use crate::web::{Answer, Context, Form, Page, Wrongs, html, local_path, redirect, wrong_form};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProveForm {
    password: String,
    /// Where they wanted to go.
    next: String,
    /// Not empty where a link was mailed just now.
    mailed: String,
}

#[derive(Template)]
#[template(path = "people/prove.html")]
struct ProvePage {
    page: Page,
    form: ProveForm,
    wrongs: Wrongs,
    has_password: bool,
}

/// Where to send whoever has to prove first who they are; `None` for who did so a short while ago.
pub async fn needed(context: &Context, next: &str) -> Result<Option<Response>> {
    let Some(session) = context.reader.session else { return Err(Error::SignIn) };
    let proved = proved_at(&context.site.db, session).await?.ok_or(Error::SignIn)?;
    let is_fresh = context.site.now().since(proved) < limits::PROOF;
    Ok((!is_fresh).then(|| redirect(&format!("/settings/prove?next={next}"))))
}

async fn page(context: &Context, form: ProveForm, wrongs: Wrongs) -> Result<ProvePage> {
    let member = context.member()?.id;
    let form = ProveForm { password: String::new(), ..form };
    Ok(ProvePage { page: context.page(&[]).await?, form, wrongs, has_password: has_password(&context.site.db, member).await? })
}

fn onward(next: &str) -> &str {
    local_path(next).unwrap_or("/settings")
}

/// The form (GET /settings/prove).
pub async fn show(context: Context, Query(form): Query<ProveForm>) -> Answer {
    html(&page(&context, form, Wrongs::default()).await?)
}

/// By password (POST /settings/prove). Guesses are counted by session: they slow the guesser, not the owner.
pub async fn send(context: Context, Form(form): Form<ProveForm>) -> Answer {
    match check(&context, &form).await {
        Ok(()) => Ok(redirect(onward(&form.next))),
        Err(error) => wrong_form(&page(&context, form, Wrongs::of(error)?).await?),
    }
}

async fn check(context: &Context, form: &ProveForm) -> Result<()> {
    let (site, member) = (&context.site, context.member()?.id);
    let session = context.reader.session.ok_or(Error::SignIn)?;
    site.limits.count(Counted::SignIn, format!("prove {session}"))?;
    if form.password.chars().count() > limits::PASSWORD {
        return Err(Error::field("password", "wrong-proof"));
    }
    let hash: Option<Option<String>> = site.db.value("SELECT password_hash FROM member WHERE id = $1", values![member]).await?;
    if !site.passwords.is_right(hash.flatten(), form.password.clone()).await? {
        return Err(Error::field("password", "wrong-proof"));
    }
    site.note(Prove { session }).await
}

/// Mails a link (POST /settings/prove/link).
pub async fn ask_link(context: Context, Form(form): Form<ProveForm>) -> Answer {
    let (site, member) = (&context.site, context.member()?.id);
    site.limits.count(Counted::MailAsked, context.peer)?;
    if let Some((name, email)) = address_of(&site.db, member).await? {
        let link = NewLink::new(LinkPurpose::Prove);
        let path = format!("/settings/prove/{}?next={}", link.token, onward(&form.next));
        let mail = ShortMail { key: "mail-prove", path, told: Vec::new(), dedupe: format!("link:{}", secret::hashed(&link.token)), is_secret: true };
        let mail = mail.write(site, Some(member), Address { name, email }, context.reader.language).await?;
        site.note(AskLink { member: Some(member), link, mail: Some(mail) }).await?;
    }
    Ok(redirect(&format!("/settings/prove?mailed=link&next={}", onward(&form.next))))
}

#[derive(Template)]
#[template(path = "people/link.html")]
struct ProveLinkPage {
    page: Page,
    title: String,
    what: String,
    action: String,
    button: String,
    next: String,
}

/// What the link opens: a page with a button (GET /settings/prove/{token}).
pub async fn link_form(context: Context, Path(token): Path<String>, Query(form): Query<ProveForm>) -> Answer {
    if link_member(&context.site.db, &token, LinkPurpose::Prove, context.site.now()).await? != Some(context.member()?.id) {
        return Err(Error::Gone.into());
    }
    let page = context.page(&[]).await?;
    let (title, what, button) = (page.t("prove-title"), page.t("prove-link-what"), page.t("prove-button"));
    html(&ProveLinkPage { page, title, what, action: format!("/settings/prove/{token}"), button, next: form.next })
}

/// By the link (POST /settings/prove/{token}), in the session that is signed in here.
pub async fn use_link(context: Context, Path(token): Path<String>, Form(form): Form<ProveForm>) -> Answer {
    let (by, session) = (context.member()?.id, context.reader.session.ok_or(Error::SignIn)?);
    context.site.note(ProveByLink { by, session, token }).await?;
    Ok(redirect(onward(&form.next)))
}
