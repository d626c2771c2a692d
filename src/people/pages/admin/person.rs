//! One person for admins: role, standing, roughly when they were here, and what was done about them.

use askama::Template;
use axum::extract::Path;
use chrono::{Datelike, NaiveDate, TimeZone};
use serde::Deserialize;

use crate::audit::{self, Logged};
use crate::clock::{Instant, YEARS};
use crate::error::{Error, Result, Say, Wrong};
use crate::journal::Room;
use crate::limits;
use crate::people::pages::measure_mail;
use crate::people::{self, Found, Measure, MeasureRow, OrganisationRow, Role, Standing, TakeMeasure, account_by_handle};
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

/// Lines of the audit log on a person's page.
const LOGGED: u64 = 10;

/// What an admin typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MeasureForm {
    measure: String,
    until: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "people/admin/person.html")]
struct PersonPage {
    page: Page,
    person: Found,
    organisations: Vec<OrganisationRow>,
    sessions: i64,
    seen: Option<Instant>,
    measures: Vec<MeasureRow>,
    /// What they did, and what was done about them, the latest of it.
    acts: Vec<Logged>,
    form: MeasureForm,
    wrongs: Wrongs,
}

impl PersonPage {
    fn standing(&self) -> Standing {
        self.person.standing(self.page.now())
    }

    /// When silence ends by itself.
    fn until(&self) -> Option<Instant> {
        self.person.silence(&self.page.now()).and_then(|silence| silence.until)
    }

    /// Which of the measures can be taken now.
    fn may(&self) -> Vec<Measure> {
        let mut may = match self.standing() {
            Standing::Active | Standing::Unconfirmed => vec![Measure::Silence, Measure::Suspend],
            Standing::Silenced => vec![Measure::Unsilence, Measure::Silence, Measure::Suspend],
            Standing::Suspended => vec![Measure::Reinstate],
        };
        if self.sessions > 0 {
            may.push(Measure::SignOut);
        }
        may
    }

    /// Roughly when they were here last, by the words of the catalogue: nobody is watched by the minute.
    fn seen(&self) -> String {
        let Some(seen) = self.seen else { return self.page.t("seen-none") };
        let days = self.page.now().since(seen).num_days();
        self.page.t(match days {
            ..=0 => "seen-day",
            1..=6 => "seen-week",
            7..=29 => "seen-month",
            _ => "seen-longer",
        })
    }

    fn roles(&self) -> &'static [Role] {
        Role::ALL
    }
}

async fn page(context: &Context, handle: &str, form: MeasureForm, wrongs: Wrongs) -> Result<PersonPage> {
    let page = context.page(&[Room::Site]).await?;
    let db = &context.site.db;
    let person = people::person_for_admins(db, handle).await?.ok_or(Error::NotFound)?;
    let (sessions, seen) = people::sessions_seen(db, person.id).await?;
    let (organisations, measures) = (people::organisations_of(db, person.id).await?, people::measures_of(db, person.id).await?);
    let sought = audit::Sought { person: Some(person.id), ..audit::Sought::default() };
    let acts = audit::logged(&context.site, &context.reader, &sought, LOGGED).await?;
    Ok(PersonPage { page, person, organisations, sessions, seen, measures, acts, form, wrongs })
}

/// The page (GET /admin/people/{handle}).
pub async fn show(context: Context, Path(handle): Path<String>) -> Answer {
    html(&page(&context, &handle, MeasureForm::default(), Wrongs::default()).await?)
}

/// Takes a measure (POST /admin/people/{handle}/measure).
pub async fn measure(context: Context, Path(handle): Path<String>, Form(form): Form<MeasureForm>) -> Answer {
    let taken = match checked(&context, &handle, &form).await {
        Ok(act) => context.site.write(act).await,
        Err(error) => Err(error),
    };
    match taken {
        Ok(_) => Ok(redirect(&format!("/admin/people/{handle}"))),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&page(&context, &handle, form, wrongs).await?)
        }
    }
}

async fn checked(context: &Context, handle: &str, form: &MeasureForm) -> Result<TakeMeasure> {
    let by = context.member()?.id;
    let account = account_by_handle(&context.site.db, handle).await?.ok_or(Error::NotFound)?;
    let mut wrongs = Wrongs::default();
    let measure: Option<Measure> = wrongs.take(form.measure.parse().map_err(|()| Wrong { field: "measure", say: "wrong-choice".into() }));
    let until = match form.until.trim() {
        "" => None,
        text => wrongs.take(day(context, text)),
    };
    let reason = form.reason.replace("\r\n", "\n").trim().to_owned();
    if reason.is_empty() {
        wrongs.add("reason", "wrong-reason-empty");
    }
    if reason.chars().count() > limits::SHORT_TEXT {
        wrongs.add("reason", Say::new("wrong-too-long").with("limit", limits::SHORT_TEXT));
    }
    let Some(measure) = measure.filter(|_| wrongs.is_empty()) else { return Err(Error::Invalid(wrongs.0)) };
    let until = until.filter(|_| measure == Measure::Silence);
    let mail = measure_mail::write(&context.site, account, measure, until, &reason).await?;
    Ok(TakeMeasure { by, handle: handle.to_owned(), measure, until, reason, mail })
}

/// The beginning of a day where the admin is.
fn day(context: &Context, text: &str) -> Result<Instant, Wrong> {
    let wrong = || Wrong { field: "until", say: "wrong-date".into() };
    let date: NaiveDate = text.parse().ok().filter(|date: &NaiveDate| YEARS.contains(&date.year())).ok_or_else(wrong)?;
    let midnight = date.and_hms_opt(0, 0, 0).ok_or_else(wrong)?;
    // Where the clock skips midnight, an hour later.
    let begins = [0, 1].into_iter().find_map(|hour| context.reader.zone.from_local_datetime(&(midnight + chrono::Duration::hours(hour))).earliest());
    Ok(Instant::from_utc(begins.ok_or_else(wrong)?.to_utc()))
}
