//! Choosing what to be mailed, and when: in settings, or by the link of a mail without signing in; and the next digest.

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::mail::{Message, pages::framed};
use crate::notify::choice::{Choice, Frequency, choice_of};
use crate::notify::digest::{next_of, preview};
use crate::notify::unsubscribe::may_choose;
use crate::notify::SetMailChoice;
use crate::people::MemberId;
use crate::web::{Answer, Context, Form, Page, Words, Wrongs, html, redirect, wrong_form};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChoiceForm {
    kind: String,
    weekday: String,
    hour: String,
    /// `on`, or missing.
    immediate: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Shown {
    saved: String,
}

#[derive(Template)]
#[template(path = "notify/choice.html")]
struct ChoicePage {
    page: Page,
    form: ChoiceForm,
    wrongs: Wrongs,
    action: String,
    next: Option<String>,
    is_saved: bool,
    /// Opened by a mail's link: the rest of the settings needs signing in.
    is_by_link: bool,
}

impl ChoicePage {
    fn kinds(&self) -> &'static [Frequency] {
        Frequency::ALL
    }

    fn hours(&self) -> impl Iterator<Item = (String, String)> {
        (0..24).map(|hour| (hour.to_string(), format!("{hour:02}:00")))
    }

    fn days(&self) -> impl Iterator<Item = String> {
        (1..=7).map(|day| day.to_string())
    }
}

async fn page(context: &Context, member: MemberId, action: String, form: Option<(ChoiceForm, Wrongs)>, is_saved: bool) -> Result<ChoicePage> {
    let page = context.page(&[]).await?;
    let db = &context.site.db;
    let choice = choice_of(db, member).await?;
    let known = context.site.people.member(db, &context.site.bus, member).await?.ok_or(Error::NotFound)?;
    let next = next_of(db, member).await?.and_then(|next| next.next_at);
    let (form, wrongs) = form.unwrap_or_else(|| (ChoiceForm::of(choice), Wrongs::default()));
    Ok(ChoicePage {
        next: next.map(|at| page.words.appointment(at, known.zone)),
        page,
        form,
        wrongs,
        is_by_link: action != "/settings/mail",
        action,
        is_saved,
    })
}

impl ChoiceForm {
    fn of(choice: Choice) -> Self {
        Self {
            kind: choice.kind.word().into(),
            weekday: choice.weekday.to_string(),
            hour: choice.hour.to_string(),
            immediate: if choice.immediate { "on".into() } else { String::new() },
        }
    }

    fn checked(&self) -> Result<Choice> {
        let mut wrongs = Wrongs::default();
        let number = |field: &'static str, text: &str, from: i64, to: i64| {
            let number = text.trim().parse::<i64>().ok().filter(|number| (from..=to).contains(number));
            number.ok_or(crate::error::Wrong { field, say: "wrong-choice".into() })
        };
        let kind = wrongs.take(self.kind.parse::<Frequency>().map_err(|()| crate::error::Wrong { field: "kind", say: "wrong-choice".into() }));
        let weekday = wrongs.take(number("weekday", &self.weekday, 1, 7));
        let hour = wrongs.take(number("hour", &self.hour, 0, 23));
        match (kind, weekday, hour) {
            (Some(kind), Some(weekday), Some(hour)) => Ok(Choice { kind, weekday, hour, immediate: !self.immediate.is_empty() }),
            _ => Err(Error::Invalid(wrongs.0)),
        }
    }
}

async fn save_for(context: &Context, member: MemberId, action: String, form: ChoiceForm) -> Answer {
    let saved = match form.checked() {
        Ok(choice) => context.site.write(SetMailChoice { member, choice }).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(redirect(&format!("{action}?saved=yes"))),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&page(context, member, action, Some((form, wrongs)), false).await?)
        }
    }
}

/// What one is mailed (GET /settings/mail).
pub async fn form(context: Context, Query(shown): Query<Shown>) -> Answer {
    let member = context.member()?.id;
    html(&page(&context, member, "/settings/mail".into(), None, !shown.saved.is_empty()).await?)
}

/// Saves it (POST /settings/mail).
pub async fn save(context: Context, Form(form): Form<ChoiceForm>) -> Answer {
    let member = context.member()?.id;
    save_for(&context, member, "/settings/mail".into(), form).await
}

fn by_link(context: &Context, member: MemberId, signature: &str) -> Result<String> {
    if may_choose(&context.site, member, signature) { Ok(format!("/mail-choice/{member}/{signature}")) } else { Err(Error::NotFound) }
}

/// The same by the link of a mail (GET /mail-choice/{member}/{signature}).
pub async fn form_by_link(context: Context, Path((member, signature)): Path<(MemberId, String)>, Query(shown): Query<Shown>) -> Answer {
    let action = by_link(&context, member, &signature)?;
    html(&page(&context, member, action, None, !shown.saved.is_empty()).await?)
}

/// Saves it by the link of a mail (POST /mail-choice/{member}/{signature}).
pub async fn save_by_link(context: Context, Path((member, signature)): Path<(MemberId, String)>, Form(form): Form<ChoiceForm>) -> Answer {
    let action = by_link(&context, member, &signature)?;
    save_for(&context, member, action, form).await
}

#[derive(Template)]
#[template(path = "notify/preview.html")]
struct PreviewPage {
    page: Page,
    digest: Option<Message>,
}

/// What the next digest would hold now (GET /settings/mail/preview).
pub async fn preview_page(context: Context) -> Answer {
    let member = context.member()?.id;
    let page = context.page(&[]).await?;
    html(&PreviewPage { page, digest: preview(&context.site, member).await? })
}

#[derive(Template)]
#[template(path = "notify/nothing.html")]
struct NothingPage {
    words: Words,
}

/// Its HTML, for the frame (GET /settings/mail/preview/html).
pub async fn preview_html(context: Context) -> Answer {
    let member = context.member()?.id;
    let html = match preview(&context.site, member).await? {
        Some(digest) => digest.html,
        None => NothingPage { words: context.words() }.render()?,
    };
    Ok(framed(html))
}
