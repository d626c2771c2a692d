//! A Member's own settings: profile, password, sessions.

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use crate::error::{Error, Say, Wrong};
use crate::journal::Room;
use crate::limits;
use super::mails::ShortMail;
use crate::mail::{Address, Outgoing};
use crate::people::account::pages::prove;
use crate::people::acts::check_password;
use crate::people::membership::asked_by;
use crate::people::names::clean_name;
use crate::people::{
    EndSession, Language, OrganisationId, OrganisationRow, SaveProfile, Session, SessionId, SetPassword, Theme, address_of, organisations_of, profile, sessions_of,
};
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    name: String,
    about: String,
    language: String,
    zone: String,
    theme: String,
    organisation: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Shown {
    saved: String,
}

#[derive(Template)]
#[template(path = "people/settings.html")]
struct SettingsPage {
    page: Page,
    form: SettingsForm,
    wrongs: Wrongs,
    organisations: Vec<OrganisationRow>,
    /// Those they have asked to belong to.
    asked: Vec<String>,
    sessions: Vec<Session>,
    session: Option<SessionId>,
    shown: Shown,
    handle: String,
}

impl SettingsPage {
    fn themes(&self) -> &'static [Theme] {
        Theme::ALL
    }

    fn zones(&self) -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }
}

async fn page(context: &Context, form: SettingsForm, wrongs: Wrongs, shown: Shown) -> crate::error::Result<SettingsPage> {
    let member = context.member()?.clone();
    let db = &context.site.db;
    Ok(SettingsPage {
        page: context.page(&[Room::Site]).await?,
        form,
        wrongs,
        organisations: organisations_of(db, member.id).await?,
        asked: asked_by(db, member.id).await?,
        sessions: sessions_of(db, member.id).await?,
        session: context.reader.session,
        shown,
        handle: member.handle.clone(),
    })
}

/// The page (GET /settings).
pub async fn form(context: Context, Query(shown): Query<Shown>) -> Answer {
    let member = context.member()?;
    let profile = profile(&context.site.db, &member.handle).await?.ok_or(Error::NotFound)?;
    let form = SettingsForm {
        name: profile.name,
        about: profile.about,
        language: profile.language.word().into(),
        zone: profile.zone,
        theme: profile.theme.word().into(),
        organisation: profile.speaks_for.map(|id| id.to_string()).unwrap_or_default(),
    };
    html(&page(&context, form, Wrongs::default(), shown).await?)
}

/// Saves the profile (POST /settings).
pub async fn save(context: Context, Form(form): Form<SettingsForm>) -> Answer {
    let by = context.member()?.id;
    let saved = match checked(&form, by) {
        Ok(act) => context.site.write(act).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(redirect("/settings?saved=profile")),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&page(&context, form, wrongs, Shown::default()).await?)
        }
    }
}

fn checked(form: &SettingsForm, by: crate::people::MemberId) -> crate::error::Result<SaveProfile> {
    let mut wrongs = Wrongs::default();
    let name = wrongs.take(clean_name("name", &form.name));
    let about = form.about.trim().to_owned();
    if about.chars().count() > limits::SHORT_TEXT {
        wrongs.add("about", Say::new("wrong-too-long").with("limit", limits::SHORT_TEXT));
    }
    let language: Option<Language> = wrongs.take(form.language.parse().map_err(|()| Wrong { field: "language", say: "wrong-choice".into() }));
    let zone = wrongs.take(form.zone.trim().parse().map_err(|_| Wrong { field: "zone", say: "wrong-zone".into() }));
    let theme = wrongs.take(form.theme.parse().map_err(|()| Wrong { field: "theme", say: "wrong-choice".into() }));
    let speaks_for = match form.organisation.as_str() {
        "" => None,
        text => wrongs.take(text.parse().map(OrganisationId).map_err(|_| Wrong { field: "organisation", say: "wrong-organisation".into() })),
    };
    match (name, language, zone, theme) {
        (Some(name), Some(language), Some(zone), Some(theme)) if wrongs.is_empty() => {
            Ok(SaveProfile { by, name, about, language, zone, theme, speaks_for })
        }
        _ => Err(Error::Invalid(wrongs.0)),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct PasswordForm {
    password: String,
}

/// Sets a password (POST /settings/password); every other session ends.
pub async fn password(context: Context, Form(sent): Form<PasswordForm>) -> Answer {
    let member = context.member()?.clone();
    if let Err(wrong) = check_password("password", &sent.password, false) {
        let profile = profile(&context.site.db, &member.handle).await?.ok_or(Error::NotFound)?;
        let form = SettingsForm {
            name: profile.name,
            about: profile.about,
            language: profile.language.word().into(),
            zone: profile.zone,
            theme: profile.theme.word().into(),
            organisation: profile.speaks_for.map(|id| id.to_string()).unwrap_or_default(),
        };
        return wrong_form(&page(&context, form, Wrongs(vec![wrong]), Shown::default()).await?);
    }
    if let Some(prove) = prove::needed(&context, "/settings").await? {
        return Ok(prove);
    }
    let password_hash = context.site.passwords.hash(sent.password).await?;
    let mail = password_mail(&context, &password_hash).await?;
    context.site.write(SetPassword { by: member.id, keep: context.reader.session, password_hash, mail }).await?;
    Ok(redirect("/settings?saved=password#password"))
}

/// Tells the owner that the password is another one.
async fn password_mail(context: &Context, hash: &str) -> crate::error::Result<Option<Outgoing>> {
    let (site, member) = (&context.site, context.member()?);
    let Some((name, email)) = address_of(&site.db, member.id).await? else { return Ok(None) };
    let mail = ShortMail { key: "mail-password", path: "/sign-in".into(), told: Vec::new(), dedupe: format!("password:{}", crate::secret::hashed(hash)), is_secret: false };
    mail.write(site, Some(member.id), Address { name, email }, member.language).await.map(Some)
}

/// Ends one session (POST /settings/sessions/{id}/end).
pub async fn end_session(context: Context, Path(session): Path<SessionId>) -> Answer {
    let by = context.member()?.id;
    context.site.write(EndSession { by, session }).await?;
    Ok(redirect("/settings#sessions"))
}
