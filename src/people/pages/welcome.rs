//! The first visit, in two minutes: language, time zone, for whom one speaks, when the digest comes. All of it can be left
//! for later, and is in settings, too.

use askama::Template;
use axum::extract::Query;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::notify::{Choice, Frequency, choice_of};
use crate::people::membership::asked_by;
use crate::people::{FirstVisit, Language, OrganisationId, OrganisationRow, invitations, organisations, organisations_of};
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WelcomeForm {
    language: String,
    zone: String,
    organisation: String,
    ask: String,
    kind: String,
    weekday: String,
    hour: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Joined {
    /// Not empty for whoever has just joined.
    joined: String,
}

#[derive(Template)]
#[template(path = "people/welcome.html")]
struct WelcomePage {
    page: Page,
    form: WelcomeForm,
    wrongs: Wrongs,
    has_joined: bool,
    name: String,
    /// Those they belong to, those they have asked, and those they can ask.
    own: Vec<OrganisationRow>,
    asked: Vec<String>,
    others: Vec<OrganisationRow>,
    /// Where it goes on.
    next: String,
}

impl WelcomePage {
    fn zones(&self) -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

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

async fn draw(context: &Context, form: WelcomeForm, wrongs: Wrongs, has_joined: bool) -> Result<WelcomePage> {
    let member = context.member()?;
    let db = &context.site.db;
    let page = context.page(&[]).await?;
    let (own, mut others) = (organisations_of(db, member.id).await?, organisations(db).await?);
    others.retain(|other| !own.iter().any(|one| one.id == other.id));
    let (asked, next) = (asked_by(db, member.id).await?, invitations::led_to(db, member.id, context.site.now()).await?);
    Ok(WelcomePage { page, form, wrongs, has_joined, name: member.name.clone(), own, asked, others, next })
}

/// The page (GET /welcome).
pub async fn form(context: Context, Query(joined): Query<Joined>) -> Answer {
    let member = context.member()?.clone();
    let choice = choice_of(&context.site.db, member.id).await?;
    let form = WelcomeForm {
        language: member.language.word().into(),
        zone: member.zone.name().into(),
        organisation: member.speaks_for.as_ref().map(|one| one.id.to_string()).unwrap_or_default(),
        ask: String::new(),
        kind: choice.kind.word().into(),
        weekday: choice.weekday.to_string(),
        hour: choice.hour.to_string(),
    };
    html(&draw(&context, form, Wrongs::default(), !joined.joined.is_empty()).await?)
}

/// Saves it and goes on (POST /welcome).
pub async fn save(context: Context, Form(form): Form<WelcomeForm>) -> Answer {
    context.count_write()?;
    let (db, by) = (&context.site.db, context.member()?.id);
    let saved = match checked(&form, by, choice_of(db, by).await?) {
        Ok(act) => context.site.write(act).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(redirect(&invitations::led_to(db, by, context.site.now()).await?)),
        Err(error) => wrong_form(&draw(&context, form, Wrongs::of(error)?, false).await?),
    }
}

fn checked(form: &WelcomeForm, by: crate::people::MemberId, choice: Choice) -> Result<FirstVisit> {
    let mut wrongs = Wrongs::default();
    let language: Option<Language> = form.language.parse().map_err(|()| wrongs.add("language", "wrong-choice")).ok();
    let zone = form.zone.trim().parse().map_err(|_| wrongs.add("zone", "wrong-zone")).ok();
    let mut organisation = |field: &'static str, text: &str| match text {
        "" => None,
        text => text.parse().map(OrganisationId).map_err(|_| wrongs.add(field, "wrong-organisation")).ok(),
    };
    let (speaks_for, ask) = (organisation("organisation", &form.organisation), organisation("ask", &form.ask));
    let kind = form.kind.parse::<Frequency>().map_err(|()| wrongs.add("kind", "wrong-choice")).ok();
    let number = |text: &str, range: std::ops::RangeInclusive<i64>| text.parse().ok().filter(|number: &i64| range.contains(number));
    let weekday = number(&form.weekday, 1..=7).or_else(|| {
        wrongs.add("weekday", "wrong-choice");
        None
    });
    let hour = number(&form.hour, 0..=23).or_else(|| {
        wrongs.add("hour", "wrong-choice");
        None
    });
    match (language, zone, kind, weekday, hour) {
        (Some(language), Some(zone), Some(kind), Some(weekday), Some(hour)) if wrongs.is_empty() => {
            Ok(FirstVisit { by, language, zone, speaks_for, ask, choice: Choice { kind, weekday, hour, ..choice } })
        }
        _ => Err(Error::Invalid(wrongs.0)),
    }
}
