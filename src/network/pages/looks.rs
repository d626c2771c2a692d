//! The logo and the accent: chosen by admins, seen by everybody.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;

use super::settings::{From, answered, back_to};
use super::upload::WithPicture;
use crate::error::{Error, Result};
use crate::network::logo::{Made, made};
use crate::network::{Logo, SaveSettings, logo_png, rules};
use crate::people::Language;
use crate::web::{Answer, Context, Page, Pairs, Wrongs, html};

#[derive(Template)]
#[template(path = "network/looks.html")]
struct LooksPage {
    page: Page,
    form: Pairs,
    wrongs: Wrongs,
}

impl LooksPage {
    fn back(&self) -> &'static str {
        back_to(self.form.get("back"))
    }

    fn languages(&self) -> &'static [Language] {
        Language::ALL
    }
}

/// The form (GET /admin/settings/looks).
pub async fn form(context: Context, Query(from): Query<From>) -> Answer {
    let network = context.site.network().await?;
    let mut form = Pairs::default();
    if let Some(accent) = network.settings.accent {
        form.set("accent", &accent.light.to_string());
        form.set("accent_dark", &accent.dark.to_string());
    }
    if let Some(logo) = &network.settings.logo {
        form.texts("alt", |language| logo.alt.get(language));
    }
    form.set("version", &network.version.to_string());
    form.set("back", &from.back);
    html(&LooksPage { page: context.page(&[]).await?, form, wrongs: Wrongs::default() })
}

/// Saves them (POST /admin/settings/looks). The picture is made small off the async threads.
pub async fn save(context: Context, WithPicture { form, picture }: WithPicture) -> Answer {
    let saved = saved(&context, &form, picture).await;
    answered(saved, form, async |form, wrongs| Ok(LooksPage { page: context.page(&[]).await?, form, wrongs })).await
}

async fn saved(context: &Context, form: &Pairs, picture: Option<bytes::Bytes>) -> Result<()> {
    context.count_write()?;
    let now = context.site.network().await?;
    let mut wrongs = Wrongs::default();
    let mut to = rules::looks(form, &now.settings, &mut wrongs);
    let mut logo: Option<Made> = None;
    if let Some(picture) = picture {
        match tokio::task::spawn_blocking(move || made(&picture)).await.map_err(Error::bug)? {
            Ok(new) => {
                to.logo = Some(Logo { hash: new.hash.clone(), width: new.width, height: new.height, alt: rules::alt(form) });
                logo = Some(new);
            }
            Err(say) => wrongs.add("logo", say),
        }
    }
    wrongs.check()?;
    let version = form.get("version").parse().unwrap_or_default();
    context.site.write(SaveSettings { by: Some(context.member()?.id), version, to, logo }).await.map(|_| ())
}

/// The logo (GET /logo/{name}): the same for ever under its hash.
pub async fn logo(context: Context, Path(name): Path<String>) -> Answer {
    let hash = name.strip_suffix(".png").ok_or(Error::NotFound)?;
    let png = logo_png(&context.site.db, hash).await?.ok_or(Error::NotFound)?;
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("image/png")), (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"))];
    Ok((headers, png).into_response())
}
