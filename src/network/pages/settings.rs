//! What admins choose for the network while it runs: one page of all of it, a form for each part, and what was changed.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::network::documents::{Document, DocumentKind};
use crate::network::rules::{self, Change};
use crate::network::{Network, SaveSettings, Saved, Settings, history};
use crate::people::Language;
use crate::web::{Answer, Context, Form, Page, Pairs, Wrongs, html, redirect, wrong_form};

/// Changes listed.
const CHANGES: u64 = 100;

#[derive(Template)]
#[template(path = "network/settings.html")]
struct OverviewPage {
    page: Page,
}

impl OverviewPage {
    fn network(&self) -> &Network {
        &self.page.network
    }

    /// Each kind of document, and the version in force.
    fn documents(&self) -> Vec<(DocumentKind, Option<Document>)> {
        let in_force = |kind: DocumentKind| self.network().documents.iter().find(|document| document.kind == kind).copied();
        DocumentKind::ALL.iter().map(|kind| (*kind, in_force(*kind))).collect()
    }

    /// The name of a colour, and the colour itself.
    fn colours(&self) -> Vec<(&'static str, String)> {
        let accent = self.network().settings.accent;
        accent.map_or_else(Vec::new, |accent| vec![("network-accent", accent.light.to_string()), ("network-accent-dark", accent.dark.to_string())])
    }
}

/// All of it (GET /admin/settings).
pub async fn overview(context: Context) -> Answer {
    html(&OverviewPage { page: context.page(&[]).await? })
}

/// Where a form was come to from, and goes back to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    /// `setup`, or nothing.
    pub back: String,
}

/// The address to go back to.
pub fn back_to(back: &str) -> &'static str {
    if back == "setup" { "/setup" } else { "/admin/settings" }
}

/// A part of the settings: its form as it is, and what it means.
struct Part {
    fill: fn(&Settings) -> Pairs,
    read: fn(&Pairs, &Settings, &mut Wrongs) -> Settings,
}

/// Names, languages and zone.
const NAMES: Part = Part {
    fill: |now| {
        let mut form = Pairs::default();
        form.texts("name", |language| now.name.get(language));
        for language in &now.languages {
            form.set("languages", language.word());
        }
        form.set("main_language", now.main().word());
        form.set("zone", now.zone.name());
        form
    },
    read: rules::names,
};

const WELCOME: Part = Part {
    fill: |now| {
        let mut form = Pairs::default();
        form.texts("welcome", |language| now.welcome.get(language));
        form
    },
    read: rules::welcome,
};

impl Part {
    async fn filled(&self, context: &Context, from: &From) -> Result<Pairs> {
        let network = context.site.network().await?;
        let mut form = (self.fill)(&network.settings);
        form.set("version", &network.version.to_string());
        form.set("back", &from.back);
        Ok(form)
    }

    /// Saves it; what is wrong, where something is.
    async fn save(&self, context: &Context, form: &Pairs) -> Result<()> {
        context.count_write()?;
        let now = context.site.network().await?;
        let mut wrongs = Wrongs::default();
        let to = (self.read)(form, &now.settings, &mut wrongs);
        let version = form.get("version").parse().unwrap_or_default();
        wrongs.check()?;
        if version == now.version && to == now.settings && version > 0 {
            return Ok(());
        }
        context.site.write(SaveSettings { by: Some(context.member()?.id), version, to, logo: None }).await.map(|_| ())
    }
}

/// After a form: back where it was come from, or the form with what is wrong.
pub(super) async fn answered<T: Template>(saved: Result<()>, form: Pairs, draw: impl AsyncFnOnce(Pairs, Wrongs) -> Result<T>) -> Answer {
    match saved {
        Ok(()) => Ok(redirect(&format!("{}?saved=yes", back_to(form.get("back"))))),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&draw(form, wrongs).await?)
        }
    }
}

#[derive(Template)]
#[template(path = "network/names.html")]
struct NamesPage {
    page: Page,
    form: Pairs,
    wrongs: Wrongs,
}

impl NamesPage {
    fn back(&self) -> &'static str {
        back_to(self.form.get("back"))
    }

    fn languages(&self) -> &'static [Language] {
        Language::ALL
    }

    fn is_offered(&self, language: &Language) -> bool {
        self.form.all("languages").contains(&language.word())
    }

    fn zones(&self) -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }
}

/// The form of names, languages and zone (GET /admin/settings/names).
pub async fn names(context: Context, Query(from): Query<From>) -> Answer {
    let form = NAMES.filled(&context, &from).await?;
    html(&NamesPage { page: context.page(&[]).await?, form, wrongs: Wrongs::default() })
}

/// Saves them (POST /admin/settings/names).
pub async fn save_names(context: Context, Form(form): Form<Pairs>) -> Answer {
    let saved = NAMES.save(&context, &form).await;
    answered(saved, form, async |form, wrongs| Ok(NamesPage { page: context.page(&[]).await?, form, wrongs })).await
}

#[derive(Template)]
#[template(path = "network/welcome.html")]
struct WelcomePage {
    page: Page,
    form: Pairs,
    wrongs: Wrongs,
}

impl WelcomePage {
    fn back(&self) -> &'static str {
        back_to(self.form.get("back"))
    }

    fn languages(&self) -> &'static [Language] {
        Language::ALL
    }
}

/// The form of the welcome (GET /admin/settings/welcome).
pub async fn welcome(context: Context, Query(from): Query<From>) -> Answer {
    let form = WELCOME.filled(&context, &from).await?;
    html(&WelcomePage { page: context.page(&[]).await?, form, wrongs: Wrongs::default() })
}

/// Saves it (POST /admin/settings/welcome).
pub async fn save_welcome(context: Context, Form(form): Form<Pairs>) -> Answer {
    let saved = WELCOME.save(&context, &form).await;
    answered(saved, form, async |form, wrongs| Ok(WelcomePage { page: context.page(&[]).await?, form, wrongs })).await
}

const CONTACT: Part = Part {
    fill: |now| {
        let mut form = Pairs::default();
        form.set("contact", &now.contact);
        form
    },
    read: rules::contact,
};

#[derive(Template)]
#[template(path = "network/contact_form.html")]
struct ContactPage {
    page: Page,
    form: Pairs,
    wrongs: Wrongs,
}

impl ContactPage {
    fn back(&self) -> &'static str {
        back_to(self.form.get("back"))
    }
}

/// The form of the address for questions (GET /admin/settings/contact).
pub async fn contact(context: Context, Query(from): Query<From>) -> Answer {
    let form = CONTACT.filled(&context, &from).await?;
    html(&ContactPage { page: context.page(&[]).await?, form, wrongs: Wrongs::default() })
}

/// Saves it (POST /admin/settings/contact).
pub async fn save_contact(context: Context, Form(form): Form<Pairs>) -> Answer {
    let saved = CONTACT.save(&context, &form).await;
    answered(saved, form, async |form, wrongs| Ok(ContactPage { page: context.page(&[]).await?, form, wrongs })).await
}

#[derive(Template)]
#[template(path = "network/history.html")]
struct HistoryPage {
    page: Page,
    saved: Vec<(Saved, Vec<Change>)>,
}

/// What was changed, by whom and when (GET /admin/settings/history).
pub async fn changes(context: Context) -> Answer {
    let site = &context.site;
    let page = context.page(&[]).await?;
    let saved = history(&site.db, CHANGES + 1).await?;
    let begin = Settings::begin(&site.settings);
    let before = |at: usize| saved.get(at + 1).map_or(&begin, |earlier| &earlier.settings);
    let listed = saved.iter().enumerate().take(usize::try_from(CHANGES).map_err(Error::bug)?);
    let saved = listed.map(|(at, one)| (one.clone(), rules::changes(before(at), &one.settings))).collect();
    html(&HistoryPage { page, saved })
}
