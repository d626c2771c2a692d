//! Whom a Space names: the people of a private one, and its Moderators.

use askama::Template;
use axum::extract::Path;
use serde::Deserialize;

use crate::error::{Error, Result, Say};
use crate::forum::{self, ChangeSpacePerson, ManagedSpace, RemoveSpacePerson, SetSpacePerson, SpaceId, SpacePerson, may_manage};
use crate::journal::Room;
use crate::people::{self, MemberId, Reader};
use crate::people::rights::Layer;
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

#[derive(Template)]
#[template(path = "forum/manage/people.html")]
struct PeoplePage {
    page: Page,
    space: ManagedSpace,
    title: String,
    people: Vec<SpacePerson>,
    form: PersonForm,
    wrongs: Wrongs,
    is_seen: bool,
}

impl PeoplePage {
    fn is_private(&self) -> bool {
        self.space.layer == Layer::Private
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    /// A handle, with or without its @, or an address.
    who: String,
    moderates: String,
    /// With somebody who is named: `moderate`, `only_read`, `remove`.
    r#do: String,
}

async fn draw(context: &Context, id: SpaceId, form: PersonForm, wrongs: Wrongs) -> Result<PeoplePage> {
    let db = &context.site.db;
    let space = forum::managed(db, id).await?;
    may_manage(&context.reader, space.place())?;
    let page = context.page(&[Room::Space(id.0)]).await?;
    let texts = forum::space_texts(db, id).await?;
    let own = texts.iter().find(|text| text.language == context.reader.language).or(texts.first());
    let title = own.map(|text| text.title.clone()).unwrap_or_default();
    let is_seen = people::rights::may_read(&context.reader, space.place());
    Ok(PeoplePage { page, title, people: forum::space_people(db, id).await?, space, form, wrongs, is_seen })
}

/// Its people (GET /spaces/{id}/people).
pub async fn list(context: Context, Path(id): Path<SpaceId>) -> Answer {
    html(&draw(&context, id, PersonForm::default(), Wrongs::default()).await?)
}

/// Names somebody (POST /spaces/{id}/people).
pub async fn add(context: Context, Path(id): Path<SpaceId>, Form(form): Form<PersonForm>) -> Answer {
    context.count_write()?;
    let space = forum::managed(&context.site.db, id).await?;
    may_manage(&context.reader, space.place())?;
    let mut named = found(&context, &form.who).await;
    if let Ok(member) = named
        && space.layer == Layer::Practitioners
        && !context.site.people.member(&context.site.db, &context.site.bus, member).await?.is_some_and(|member| people::rights::may_read(&Reader::of(member, None), space.place()))
    {
        named = Err(Error::field("who", "wrong-person-practitioner"));
    }
    let added = match named {
        // In a Space that is not private only Moderators are named.
        Ok(member) => {
            let moderates = form.moderates == "yes" || space.layer != Layer::Private;
            context.site.write(SetSpacePerson { by: context.reader.id(), space: id, member, moderates }).await
        }
        Err(error) => Err(error),
    };
    match added {
        Ok(()) => Ok(redirect(&format!("/spaces/{id}/people"))),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&draw(&context, id, form, wrongs).await?)
        }
    }
}

/// The Member with this handle or address.
async fn found(context: &Context, who: &str) -> Result<MemberId> {
    let who = who.trim();
    if who.is_empty() {
        return Err(Error::field("who", "wrong-person-empty"));
    }
    let db = &context.site.db;
    let account = match who.contains('@') && !who.starts_with('@') {
        true => people::account_by_email(db, &people::fold_email(who)).await?,
        false => people::account_by_handle(db, &who.trim_start_matches('@').to_lowercase()).await?,
    };
    let account = account.filter(|account| account.confirmed_at.is_some() && account.suspended_at.is_none());
    account.map(|account| account.id).ok_or_else(|| Error::field("who", Say::new("wrong-person-unknown").with("who", who)))
}

/// Gives or takes a Moderator's rights, or lets somebody go (POST /spaces/{id}/people/{handle}).
pub async fn change(context: Context, Path((id, handle)): Path<(SpaceId, String)>, Form(form): Form<PersonForm>) -> Answer {
    context.count_write()?;
    let space = forum::managed(&context.site.db, id).await?;
    may_manage(&context.reader, space.place())?;
    let people = forum::space_people(&context.site.db, id).await?;
    let person = people.iter().find(|person| person.handle == handle).ok_or(Error::NotFound)?;
    let (by, member) = ((*context.reader).clone(), person.member);
    let done = match form.r#do.as_str() {
        "moderate" => context.site.write(ChangeSpacePerson { by, space: id, member, moderates: true }).await,
        "only_read" if space.layer == Layer::Private => context.site.write(ChangeSpacePerson { by, space: id, member, moderates: false }).await,
        "remove" => context.site.write(RemoveSpacePerson { by, space: id, member }).await,
        _ => Err(Error::conflict("wrong-choice")),
    };
    match done {
        // Whoever let themselves go has nothing to see here any more.
        Ok(()) if context.reader.is(member) && !context.reader.is_admin() => Ok(redirect("/spaces")),
        Ok(()) => Ok(redirect(&format!("/spaces/{id}/people"))),
        Err(error) => wrong_form(&draw(&context, id, PersonForm::default(), Wrongs::of(error)?).await?),
    }
}
