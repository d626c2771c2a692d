//! Invitations as admins look after them: links and lists, who has come, what can be withdrawn or sent again.

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use super::new;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::limits::Counted;
use crate::people::invitations::{
    self, Came, Invitation, InvitationId, InvitationListId, Into, Letter, Listed, RemakeLink, Resend, State, WithdrawInvitation, described, spaces_of,
};
use crate::secret;
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

/// What was just done.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    mailed: i64,
    members: i64,
    /// Whether a mail was sent again.
    again: i64,
}

/// An invitation with what it gives and who came.
struct Shown {
    invitation: Invitation,
    into: String,
    came: Vec<Came>,
    state: State,
    /// The last moment at which it can be used.
    last_day: Instant,
}

#[derive(Template)]
#[template(path = "people/invitations/list.html")]
struct ListPage {
    page: Page,
    links: Vec<Shown>,
    lists: Vec<Listed>,
    done: Done,
    wrongs: Wrongs,
}

async fn shown(context: &Context, found: Vec<Invitation>, came: &[Came]) -> Result<Vec<Shown>> {
    let (db, now) = (&context.site.db, context.site.now());
    let mut all = Vec::new();
    for invitation in found {
        let offer = invitation.offer(spaces_of(db, invitation.id).await?);
        let into: Into = described(db, context.reader.language, &offer).await?;
        let came = came.iter().filter(|one| one.invitation == invitation.id).cloned().collect();
        all.push(Shown { state: invitation.state(&now), last_day: invitation.last_day(), invitation, into: into.line(context.words()), came });
    }
    Ok(all)
}

async fn draw(context: &Context, done: Done, wrongs: Wrongs) -> Result<ListPage> {
    let page = context.page(&[]).await?;
    let db = &context.site.db;
    let links = shown(context, invitations::links(db).await?, &invitations::came_by_links(db).await?).await?;
    Ok(ListPage { page, links, lists: invitations::lists(db).await?, done, wrongs })
}

/// Links and lists (GET /admin/invitations).
pub async fn list(context: Context, Query(done): Query<Done>) -> Answer {
    html(&draw(&context, done, Wrongs::default()).await?)
}

#[derive(Template)]
#[template(path = "people/invitations/people.html")]
struct PeoplePage {
    page: Page,
    list: Listed,
    people: Vec<Shown>,
    done: Done,
    wrongs: Wrongs,
}

async fn draw_people(context: &Context, id: InvitationListId, done: Done, wrongs: Wrongs) -> Result<PeoplePage> {
    let page = context.page(&[]).await?;
    let db = &context.site.db;
    let list = invitations::list(db, id).await?.ok_or(Error::NotFound)?;
    let people = shown(context, invitations::people_in(db, id).await?, &invitations::came_of(db, id).await?).await?;
    Ok(PeoplePage { page, list, people, done, wrongs })
}

/// The people of a list (GET /admin/invitations/lists/{id}).
pub async fn people(context: Context, Path(id): Path<InvitationListId>, Query(done): Query<Done>) -> Answer {
    html(&draw_people(&context, id, done, Wrongs::default()).await?)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    /// `withdraw`, `link` (makes it anew), `resend`.
    r#do: String,
}

/// Withdraws one, makes its link anew, or mails it again (POST /admin/invitations/{id}).
pub async fn change(context: Context, Path(invitation): Path<InvitationId>, Form(form): Form<ChangeForm>) -> Answer {
    context.count_write()?;
    let (site, by) = (&context.site, context.member()?);
    let found = invitations::one(&site.db, invitation).await?.ok_or(Error::NotFound)?;
    let token = secret::token();
    let (done, again) = match form.r#do.as_str() {
        "withdraw" => (site.write(WithdrawInvitation { by: by.id, invitation }).await, 0),
        "link" if found.list.is_none() => {
            let made = site.write(RemakeLink { by: by.id, invitation, token: token.clone() }).await;
            if made.is_ok() {
                return new::shown(&context, &token).await;
            }
            (made, 0)
        }
        "resend" if found.list.is_some() => {
            site.limits.count(Counted::Invite, by.id)?;
            (site.write(Resend { by: by.id, invitation, token, letter: Letter::of(site, by).await? }).await, 1)
        }
        _ => (Err(Error::conflict("wrong-choice")), 0),
    };
    match (done, found.list) {
        (Ok(()), Some(list)) => Ok(redirect(&format!("/admin/invitations/lists/{list}?again={again}"))),
        (Ok(()), None) => Ok(redirect("/admin/invitations")),
        (Err(error), Some(list)) => wrong_form(&draw_people(&context, list, Done::default(), Wrongs::of(error)?).await?),
        (Err(error), None) => wrong_form(&draw(&context, Done::default(), Wrongs::of(error)?).await?),
    }
}
