//! All Spaces for admins: their order, new ones, archived ones.

use askama::Template;
use axum::extract::Path;
use serde::Deserialize;

use super::form::SpaceForm;
use crate::error::{Error, Result};
use crate::forum::{self, AddSpace, ArchiveSpace, May, MoveSpace, SetSpacePerson, Space, SpaceId, SpaceRules, SpaceText};
use crate::journal::{Act, FormKey, Room, Tx};
use crate::people::rights::Layer;
use crate::people::{Language, Reader};
use crate::web::{Answer, Context, Form, Page, Words, Wrongs, html, redirect, wrong_form};

#[derive(Template)]
#[template(path = "forum/manage/list.html")]
struct ListPage {
    page: Page,
    spaces: Vec<Space>,
    wrongs: Wrongs,
}

impl ListPage {
    fn present(&self) -> impl Iterator<Item = &Space> {
        self.spaces.iter().filter(|space| space.archived_at.is_none())
    }

    fn archived(&self) -> impl Iterator<Item = &Space> {
        self.spaces.iter().filter(|space| space.archived_at.is_some())
    }

    /// What the template makes, by their titles.
    fn proposed(&self) -> Vec<String> {
        TEMPLATE.iter().map(|(key, _, _)| self.page.t(format!("template-{key}"))).collect()
    }
}

async fn draw(context: &Context, wrongs: Wrongs) -> Result<ListPage> {
    let page = context.page(&[Room::Site]).await?;
    Ok(ListPage { spaces: forum::all_spaces(&context.site.db, &context.reader).await?, page, wrongs })
}

/// The list (GET /admin/spaces).
pub async fn list(context: Context) -> Answer {
    html(&draw(&context, Wrongs::default()).await?)
}

#[derive(Template)]
#[template(path = "forum/manage/new.html")]
struct NewPage {
    page: Page,
    form: SpaceForm,
    wrongs: Wrongs,
    is_admin: bool,
}

impl NewPage {
    fn languages(&self) -> &'static [Language] {
        Language::ALL
    }

    fn layers(&self) -> &'static [Layer] {
        Layer::ALL
    }
}

/// The form of a new Space (GET /admin/spaces/new).
pub async fn new(context: Context) -> Answer {
    let page = context.page(&[]).await?;
    html(&NewPage { page, form: SpaceForm::of_new(), wrongs: Wrongs::default(), is_admin: true })
}

/// Makes a Space (POST /admin/spaces); a private one names whoever made it.
pub async fn add(context: Context, Form(form): Form<SpaceForm>) -> Answer {
    context.count_write()?;
    let mut wrongs = Wrongs::default();
    let made = match form.checked(&mut wrongs) {
        Some(meant) => {
            let new = NewSpace { layer: meant.layer, language: meant.language, rules: meant.rules, texts: meant.texts };
            context.site.write(MakeSpaces { by: (*context.reader).clone(), spaces: vec![new], is_first: false, key: FormKey::of(form.get("key"), &[form.get("title-en"), form.get("title-fr")]) }).await
        }
        None => Err(Error::Invalid(wrongs.0)),
    };
    match made {
        Ok(ids) => Ok(redirect(&ids.first().map_or("/admin/spaces".to_owned(), |id| format!("/spaces/{id}")))),
        Err(error) => {
            let page = context.page(&[]).await?;
            wrong_form(&NewPage { page, form, wrongs: Wrongs::of(error)?, is_admin: true })
        }
    }
}

/// The first Spaces of a network of cities: key of their words, layer, and who may what.
const TEMPLATE: &[(&str, Layer, SpaceRules)] = &[
    ("square", Layer::Public, SpaceRules::new()),
    ("dialogues", Layer::Public, SpaceRules { may_start: May::Moderators, ..SpaceRules::new() }),
    ("practice", Layer::Practitioners, SpaceRules { may_start: May::Practitioners, may_reply: May::Practitioners, ..SpaceRules::new() }),
    ("workshops", Layer::Practitioners, SpaceRules { may_start: May::Practitioners, may_reply: May::Practitioners, ..SpaceRules::new() }),
    ("news", Layer::Public, SpaceRules { may_start: May::Moderators, ..SpaceRules::new() }),
];

/// Makes the template's Spaces (POST /admin/spaces/template), where there are none yet.
pub async fn template(context: Context) -> Answer {
    context.count_write()?;
    let texts = |key: &str| {
        let text = |language: &Language| SpaceText { language: *language, title: Words(*language).t(format!("template-{key}")), purpose: Words(*language).t(format!("template-{key}-purpose")) };
        Language::ALL.iter().map(text).collect()
    };
    let spaces = TEMPLATE.iter().map(|(key, layer, rules)| NewSpace { layer: *layer, language: String::new(), rules: *rules, texts: texts(key) }).collect();
    let act = MakeSpaces { by: (*context.reader).clone(), spaces, is_first: true, key: FormKey::of("template", &["template"]) };
    match context.site.write(act).await {
        Ok(_) => Ok(redirect("/admin/spaces")),
        Err(error) => wrong_form(&draw(&context, Wrongs::of(error)?).await?),
    }
}

struct NewSpace {
    layer: Layer,
    language: String,
    rules: SpaceRules,
    texts: Vec<SpaceText>,
}

/// Makes Spaces at the end of the list, all or none.
struct MakeSpaces {
    by: Reader,
    spaces: Vec<NewSpace>,
    /// Only where there are none yet.
    is_first: bool,
    key: FormKey,
}

impl Act for MakeSpaces {
    type Answer = Vec<SpaceId>;

    async fn run(&self, tx: &Tx) -> Result<Vec<SpaceId>> {
        let by = self.by.signed_in()?.id;
        let mut made = Vec::new();
        let last = forum::last_position(tx).await?;
        if self.is_first && last > 0 {
            return Err(Error::conflict("wrong-spaces-there"));
        }
        if let Some(known) = tx.already(by.0, &self.key).await? {
            return Ok(vec![SpaceId(known)]);
        }
        for (position, new) in (last + 1..).zip(&self.spaces) {
            let texts = new.texts.iter().map(|text| (text.language, text.title.clone(), text.purpose.clone())).collect();
            let act = AddSpace { by: Some(by), layer: new.layer, language: new.language.clone(), position, rules: new.rules, texts };
            let space = act.run(tx).await?;
            if new.layer == Layer::Private {
                SetSpacePerson { by: Some(by), space, member: by, moderates: true }.run(tx).await?;
            }
            made.push(space);
        }
        if let Some(first) = made.first() {
            tx.done(by.0, &self.key, first.0).await?;
        }
        Ok(made)
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    r#do: String,
}

/// One place up or down (POST /admin/spaces/{id}/move).
pub async fn shift(context: Context, Path(id): Path<SpaceId>, Form(asked): Form<Asked>) -> Answer {
    context.count_write()?;
    let is_up = match asked.r#do.as_str() {
        "up" => true,
        "down" => false,
        _ => return wrong_form(&draw(&context, Wrongs::of(Error::conflict("wrong-choice"))?).await?),
    };
    context.site.write(MoveSpace { by: (*context.reader).clone(), space: id, is_up }).await?;
    Ok(redirect("/admin/spaces"))
}

/// Archives a Space, or opens it again (POST /admin/spaces/{id}/archive).
pub async fn archive(context: Context, Path(id): Path<SpaceId>, Form(asked): Form<Asked>) -> Answer {
    context.count_write()?;
    let act = ArchiveSpace { by: (*context.reader).clone(), space: id, is_archived: asked.r#do != "open" };
    match context.site.write(act).await {
        Ok(()) => Ok(redirect("/admin/spaces")),
        Err(error) => wrong_form(&draw(&context, Wrongs::of(error)?).await?),
    }
}
