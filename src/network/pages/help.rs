//! Help and contact: for everybody, with or without an account; and the queue of those who look after it.

use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::limits::Counted;
use crate::mail::Address;
use crate::network::contact::{self, Contact, ContactKind};
use crate::network::documents::DocumentKind;
use crate::network::{AnswerContact, SendContact, queries};
use crate::people::{self, MemberId};
use crate::secret;
use crate::web::{Answer, Context, Form, Page, Pairs, Wrongs, html, redirect, wrong_form};

#[derive(Template)]
#[template(path = "network/help.html")]
struct HelpPage {
    page: Page,
    form: Pairs,
    wrongs: Wrongs,
}

impl HelpPage {
    fn kinds(&self) -> &'static [ContactKind] {
        ContactKind::ALL
    }

    fn documents(&self) -> impl Iterator<Item = DocumentKind> {
        self.page.network.documents.iter().map(|document| document.kind)
    }

    fn has_statement(&self) -> bool {
        self.documents().any(|kind| kind == DocumentKind::Accessibility)
    }
}

/// What a link to the page may say.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    kind: String,
    about: String,
}

/// The page (GET /help); a link may say what it is about.
pub async fn help(context: Context, Query(asked): Query<Asked>) -> Answer {
    let mut form = Pairs::default();
    form.set("kind", asked.kind.parse::<ContactKind>().unwrap_or(ContactKind::Question).word());
    form.set("about", &asked.about);
    html(&HelpPage { page: context.page(&[]).await?, form, wrongs: Wrongs::default() })
}

/// Sends a message (POST /help).
pub async fn send(context: Context, Form(form): Form<Pairs>) -> Answer {
    match sent(&context, &form).await {
        Ok(_) => Ok(redirect("/help?sent=yes")),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            wrong_form(&HelpPage { page: context.page(&[]).await?, form, wrongs })
        }
    }
}

async fn sent(context: &Context, form: &Pairs) -> Result<i64> {
    let site = &context.site;
    let by = context.reader.id();
    let known = match by {
        Some(member) => people::address_of(&site.db, member).await?,
        None => None,
    };
    let (base_url, host) = (&site.settings.base_url, site.settings.host());
    let said = contact::checked(form, base_url, known.as_ref().map(|(name, email)| (name.as_str(), email.as_str())))?;
    site.limits.count(Counted::Contact, context.peer)?;
    let network = site.network().await?;
    let key = secret::token();
    let mut mails = Vec::new();
    if network.settings.contact.is_empty() {
        for host_of in queries::hosts(&site.db).await? {
            let to = Address { name: host_of.name, email: host_of.email };
            mails.push(contact::mail(&network, base_url, host, &said, (Some(MemberId(host_of.id)), to, host_of.language), &key)?);
        }
    } else {
        let to = Address { name: network.name(network.settings.main()).to_owned(), email: network.settings.contact.clone() };
        mails.push(contact::mail(&network, base_url, host, &said, (None, to, network.settings.main()), &key)?);
    }
    site.write(SendContact { by, language: context.reader.language, said, mails }).await
}

/// Messages listed.
const LISTED: u64 = 100;

#[derive(Template)]
#[template(path = "network/contact.html")]
struct QueuePage {
    page: Page,
    waiting: Vec<Contact>,
    answered: Vec<Contact>,
}

/// The queue (GET /admin/contact): what waits, and what was answered last.
pub async fn queue(context: Context) -> Answer {
    let page = context.page(&[crate::journal::Room::Site]).await?;
    let db = &context.site.db;
    html(&QueuePage { page, waiting: queries::contacts(db, false, LISTED).await?, answered: queries::contacts(db, true, LISTED).await? })
}

/// Which button was pressed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct AnswerForm {
    r#do: String,
}

/// Says that one is answered, or waits again (POST /admin/contact/{id}).
pub async fn answer(context: Context, Path(contact): Path<i64>, Form(form): Form<AnswerForm>) -> Answer {
    let by = context.member()?.id;
    let is_answered = match form.r#do.as_str() {
        "answered" => true,
        "again" => false,
        _ => return Err(Error::field("do", "wrong-choice").into()),
    };
    context.site.write(AnswerContact { by, contact, is_answered }).await?;
    Ok(redirect("/admin/contact"))
}
