//! Signing in by password or by a link, and signing out. Unknown accounts cost the same time and get the same words.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use serde::Deserialize;

use super::mailed::or_spent;
use super::mails::LinkMail;
use super::register::LinkPage;
use super::{program, signed_in};
use crate::error::{Error, Result};
use crate::limits::{self, Counted};
use crate::mail::Address;
use crate::people::account::erasure_of;
use crate::people::acts::{LinkPurpose, NewLink, link_member};
use crate::people::{AskLink, EndSession, SignIn, SignInByLink, account_by_email, fold_email};
use crate::secret;
use crate::workshops::Letterhead;
use crate::web::{Answer, Context, Failure, Form, Page, Wrongs, html, local_path, redirect, session_cookie, wrong_form};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    email: String,
    password: String,
    next: String,
    /// What was just mailed: `link`.
    mailed: String,
}

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct SignInPage {
    page: Page,
    form: SignInForm,
    wrongs: Wrongs,
}

/// The form (GET /sign-in).
pub async fn form(context: Context, Query(form): Query<SignInForm>) -> Answer {
    if context.reader.member.is_some() {
        return Ok(redirect(local_path(&form.next).unwrap_or("/")));
    }
    let page = context.page(&[]).await?;
    html(&SignInPage { page, form: SignInForm { password: String::new(), ..form }, wrongs: Wrongs::default() })
}

/// Signs in by password (POST /sign-in).
pub async fn send(context: Context, headers: HeaderMap, Form(form): Form<SignInForm>) -> Answer {
    let site = &context.site;
    match check(&context, &form).await {
        Ok(member) => {
            let session_token = secret::token();
            site.write(SignIn { member, session_token: session_token.clone(), program: program(&headers) }).await?;
            Ok(signed_in(site, &session_token, &onward(site, member, &form.next).await?))
        }
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            let page = context.page(&[]).await?;
            wrong_form(&SignInPage { page, form: SignInForm { password: String::new(), ..form }, wrongs })
        }
    }
}

/// Where signing in leads: to what was asked for, or to where an account that is to be erased can be kept.
async fn onward(site: &crate::app::Site, member: crate::people::MemberId, next: &str) -> Result<String> {
    let is_going = erasure_of(&site.db, member).await?.is_some();
    Ok(if is_going { "/settings/erase".to_owned() } else { next.to_owned() })
}

/// Guesses slow the guesser: they are counted by address and account together, so nobody is locked out by others.
async fn check(context: &Context, form: &SignInForm) -> Result<crate::people::MemberId> {
    let site = &context.site;
    let email = fold_email(&form.email);
    site.limits.count(Counted::SignIn, format!("{} {email}", context.peer))?;
    if form.password.chars().count() > limits::PASSWORD {
        return Err(Error::field("", "wrong-sign-in"));
    }
    let account = account_by_email(&site.db, &email).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let is_right = site.passwords.is_right(hash, form.password.clone()).await?;
    match account {
        Some(account) if is_right && account.confirmed_at.is_some() && account.suspended_at.is_none() => Ok(account.id),
        Some(account) if is_right && account.suspended_at.is_some() => Err(Error::field("", "wrong-suspended")),
        Some(_) if is_right => Err(Error::field("", "wrong-unconfirmed")),
        _ => Err(Error::field("", "wrong-sign-in")),
    }
}

/// Mails a link (POST /sign-in/link). The answer is the same for every address; the mail goes out after it.
pub async fn ask_link(context: Context, Form(form): Form<SignInForm>) -> Answer {
    let site = context.site.clone();
    site.limits.count(Counted::MailAsked, context.peer)?;
    let email = fold_email(&form.email);
    if email.is_empty() {
        let mut wrongs = Wrongs::default();
        wrongs.add("email", "wrong-email-empty");
        let page = context.page(&[]).await?;
        return wrong_form(&SignInPage { page, form, wrongs });
    }
    let tasks = site.tasks.clone();
    tasks.spawn(async move {
        if let Err(error) = mail_link(&site, &email).await {
            tracing::error!("sign-in link: {error}");
        }
    });
    Ok(redirect("/sign-in?mailed=link"))
}

async fn mail_link(site: &crate::app::Site, folded: &str) -> Result<()> {
    let Some(account) = account_by_email(&site.db, folded).await? else { return Ok(()) };
    let (Some(email), None) = (account.email, account.suspended_at) else { return Ok(()) };
    let link = NewLink::new(LinkPurpose::SignIn);
    let to = Address { name: account.name, email };
    let mail = LinkMail::SignIn.write(site, Some(account.id), to, account.language, &link.token).await?;
    site.note(AskLink { member: Some(account.id), link, mail: Some(mail) }).await
}

/// What the link of the mail opens: a page with a button (GET /sign-in/{token}).
pub async fn link_form(context: Context, Path(token): Path<String>, Query(form): Query<SignInForm>) -> Answer {
    or_spent(&context, LinkPurpose::SignIn, offer(&context, &token, form.next).await).await
}

async fn offer(context: &Context, token: &str, next: String) -> Answer {
    link_member(&context.site.db, token, LinkPurpose::SignIn, context.site.now()).await?;
    let page = context.page(&[]).await?;
    let (title, what, button) = (page.t("sign-in-link-title"), page.t("sign-in-link-what"), page.t("sign-in-link-button"));
    html(&LinkPage { page, title, what, action: format!("/sign-in/{token}"), button, next })
}

/// Signs in by the link (POST /sign-in/{token}).
pub async fn use_link(context: Context, Path(token): Path<String>, headers: HeaderMap, Form(form): Form<SignInForm>) -> Answer {
    let session_token = secret::token();
    let opened = context.site.write(SignInByLink { token, session_token: session_token.clone(), program: program(&headers), head: Letterhead::of(&context.site).await? }).await;
    let done = match opened {
        Ok((member, _)) => Ok(signed_in(&context.site, &session_token, &onward(&context.site, member, &form.next).await?)),
        Err(error) => Err(Failure::from(error)),
    };
    or_spent(&context, LinkPurpose::SignIn, done).await
}

/// Signs out here (POST /sign-out).
pub async fn sign_out(context: Context) -> Answer {
    let by = context.member()?.id;
    if let Some(session) = context.reader.session {
        context.site.write(EndSession { by, session }).await?;
    }
    let mut response = redirect("/");
    response.headers_mut().append(header::SET_COOKIE, session_cookie(&context.site, ""));
    Ok(response)
}
