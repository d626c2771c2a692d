//! A Space's settings: its words in each language, who may what, its layer. What another layer would show or hide is said
//! before it happens.

use askama::Template;
use axum::extract::Path;

use super::form::SpaceForm;
use crate::error::{Error, Result};
use crate::forum::{self, ChangeSpace, Held, ManagedSpace, SpaceId, may_manage};
use crate::people::Language;
use crate::people::rights::Layer;
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

#[derive(Template)]
#[template(path = "forum/manage/settings.html")]
struct SettingsPage {
    page: Page,
    space: ManagedSpace,
    /// As lists show it.
    title: String,
    form: SpaceForm,
    wrongs: Wrongs,
    is_admin: bool,
    /// The layer that was chosen instead, with what the Space holds, until one has said to be sure.
    other: Option<Layer>,
    held: Held,
    people: i64,
    is_seen: bool,
}

impl SettingsPage {
    fn languages(&self) -> &'static [Language] {
        Language::ALL
    }

    fn layers(&self) -> &'static [Layer] {
        Layer::ALL
    }

    /// "12 topics, 2 workshops": what becomes visible or hidden.
    fn holds(&self) -> String {
        let parts = [("held-topics", self.held.topics), ("held-boards", self.held.boards), ("held-workshops", self.held.workshops), ("held-dialogues", self.held.dialogues)];
        let parts: Vec<String> = parts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| self.page.n(key, n)).collect();
        if parts.is_empty() { self.page.t("held-nothing") } else { parts.join(", ") }
    }
}

async fn draw(context: &Context, space: ManagedSpace, form: SpaceForm, wrongs: Wrongs, other: Option<Layer>) -> Result<SettingsPage> {
    let db = &context.site.db;
    let page = context.page(&[]).await?;
    let texts = forum::space_texts(db, space.id).await?;
    let own = texts.iter().find(|text| text.language == context.reader.language).or(texts.first());
    Ok(SettingsPage {
        page,
        title: own.map(|text| text.title.clone()).unwrap_or_default(),
        form,
        wrongs,
        is_admin: context.reader.is_admin(),
        other,
        held: if other.is_some() { forum::held(db, space.id, context.site.now()).await? } else { Held::default() },
        people: if other.is_some() { i64::try_from(forum::space_people(db, space.id).await?.len()).unwrap_or(i64::MAX) } else { 0 },
        is_seen: crate::people::rights::may_read(&context.reader, space.place()),
        space,
    })
}

async fn seen(context: &Context, id: SpaceId) -> Result<ManagedSpace> {
    let space = forum::managed(&context.site.db, id).await?;
    may_manage(&context.reader, space.place())?;
    Ok(space)
}

/// The settings (GET /spaces/{id}/settings).
pub async fn form(context: Context, Path(id): Path<SpaceId>) -> Answer {
    let space = seen(&context, id).await?;
    let form = SpaceForm::of(&space, &forum::space_texts(&context.site.db, id).await?);
    html(&draw(&context, space, form, Wrongs::default(), None).await?)
}

/// Saves them (POST /spaces/{id}/settings); for another layer one is asked first.
pub async fn save(context: Context, Path(id): Path<SpaceId>, Form(form): Form<SpaceForm>) -> Answer {
    context.count_write()?;
    let space = seen(&context, id).await?;
    let mut wrongs = Wrongs::default();
    let saved = match form.checked(&mut wrongs) {
        Some(meant) if meant.layer != space.layer && form.get("sure") != meant.layer.word() => {
            let other = Some(meant.layer);
            return html(&draw(&context, space, form, wrongs, other).await?);
        }
        Some(meant) => {
            let act = ChangeSpace {
                by: (*context.reader).clone(),
                space: id,
                version: form.get("version").parse().unwrap_or_default(),
                layer: meant.layer,
                language: meant.language,
                rules: meant.rules,
                texts: meant.texts,
            };
            context.site.write(act).await
        }
        None => Err(Error::Invalid(wrongs.0)),
    };
    match saved {
        Ok(()) => Ok(redirect(&format!("/spaces/{id}/settings?saved=yes"))),
        Err(error) => wrong_form(&draw(&context, space, form, Wrongs::of(error)?, None).await?),
    }
}
