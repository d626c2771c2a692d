//! The minutes: drafted from what happened, edited by a facilitator, published as a Topic.

use askama::Template;
use axum::extract::Path;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::forum::{checked_text, checked_title};
use crate::journal::FormKey;
use crate::people::Language;
use crate::secret;
use crate::web::{Answer, Context, Form, Page, Words, Wrongs, html, redirect, wrong_form};
use crate::workshops::draft::{decided, draft, lines_of};
use crate::workshops::rules::may_edit;
use crate::workshops::{PublishMinutes, Workshop, WorkshopId, facilitator_ids, workshop};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MinutesForm {
    title: String,
    body: String,
    /// Decisions and actions, a line each.
    decided: String,
    key: String,
    /// Which button: `preview` shows, anything else publishes.
    r#do: String,
}

#[derive(Template)]
#[template(path = "workshops/minutes.html")]
struct MinutesPage {
    page: Page,
    workshop: Workshop,
    form: MinutesForm,
    wrongs: Wrongs,
    preview: Option<String>,
}

/// The words of the Workshop's own language, as far as the site has it.
fn own_words(context: &Context, workshop: &Workshop) -> Words {
    workshop.language.parse::<Language>().map_or_else(|()| context.words(), Words)
}

/// The editor with the draft in it (GET /workshops/{id}/minutes).
pub async fn edit(context: Context, Path(id): Path<WorkshopId>) -> Answer {
    let page = context.page(&[]).await?;
    let workshop = own(&context, id).await?;
    if let Some(href) = workshop.topic_href() {
        return Ok(redirect(&href));
    }
    let words = own_words(&context, &workshop);
    let form = MinutesForm {
        title: words.t1("minutes-title", "title", &workshop.title),
        body: draft(&context.site.db, words, &workshop).await?,
        key: secret::token(),
        ..Default::default()
    };
    html(&MinutesPage { page, workshop, form, wrongs: Wrongs::default(), preview: None })
}

/// Publishes them (POST /workshops/{id}/minutes), or shows how they will look.
pub async fn publish(context: Context, Path(id): Path<WorkshopId>, Form(form): Form<MinutesForm>) -> Answer {
    let workshop = own(&context, id).await?;
    let words = own_words(&context, &workshop);
    if form.r#do == "preview" {
        context.count_write()?;
        let page = context.page(&[]).await?;
        let preview = Some(context.render(&format!("{}{}", form.body, decided(words, &lines_of(&form.decided)))).await?.0);
        return html(&MinutesPage { page, workshop, form, wrongs: Wrongs::default(), preview });
    }
    let done = match checked(&context, id, words, &form).await {
        Ok(act) => context.site.write(act).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(href) => Ok(redirect(&href)),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            let page = context.page(&[]).await?;
            wrong_form(&MinutesPage { page, workshop, form, wrongs, preview: None })
        }
    }
}

async fn own(context: &Context, id: WorkshopId) -> Result<Workshop> {
    let (db, reader) = (&context.site.db, &context.reader);
    let workshop = workshop(db, reader, id).await?;
    may_edit(reader, workshop.space, &facilitator_ids(db, id).await?)?;
    if workshop.opened_at.is_none() {
        return Err(Error::conflict("wrong-minutes-early"));
    }
    Ok(workshop)
}

async fn checked(context: &Context, id: WorkshopId, words: Words, form: &MinutesForm) -> Result<PublishMinutes> {
    context.count_write()?;
    let mut wrongs = Wrongs::default();
    let outcomes = lines_of(&form.decided);
    let title = wrongs.take(checked_title(&form.title));
    let source = wrongs.take(checked_text(&format!("{}{}", form.body.trim_end(), decided(words, &outcomes))));
    let (Some(title), Some(source)) = (title, source) else { return Err(Error::Invalid(wrongs.0)) };
    Ok(PublishMinutes {
        by: (*context.reader).clone(),
        workshop: id,
        rendered: context.render(&source).await?,
        key: FormKey::of(&form.key, &["minutes", &id.to_string(), &title, &source]),
        title,
        source,
        outcomes,
    })
}
