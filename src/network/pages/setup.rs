//! The guided page: what a new network needs, in steps that can be left and taken up again; and the test of mail.

use askama::Template;
use serde::{Deserialize, Serialize};

use crate::app::Site;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::forum;
use crate::journal::{Act, Reads, Tx};
use crate::mail::{self, Address, LinkText, Message, Tested, link_parts, message_id};
use crate::network::documents::DocumentKind;
use crate::network::{Network, SaveSettings, Settings};
use crate::people::{self, Language};
use crate::secret;
use crate::values;
use crate::web::{Answer, Context, Page, Words, html, redirect};

/// What came of the last test of mail; kept as the setting `mail_test`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MailTest {
    pub at: Instant,
    pub to: String,
    pub tested: Tested,
    /// The server's own words.
    pub answer: String,
}

/// Keeps what came of a test of mail.
struct KeepTest(MailTest);

impl Act for KeepTest {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let sql = "INSERT INTO setting (name, value) VALUES ('mail_test', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        tx.write(sql, values![serde_json::to_string(&self.0).map_err(Error::bug)?]).await.map(|_| ())
    }
}

async fn last_test(db: &impl Reads) -> Result<Option<MailTest>> {
    let text: Option<String> = db.value("SELECT value FROM setting WHERE name = 'mail_test'", vec![]).await?;
    text.map(|text| serde_json::from_str(&text).map_err(Error::bug)).transpose()
}

/// One step: the second half of its keys in the catalogue, where it is done, and whether it is.
#[derive(Clone, Debug)]
pub struct Step {
    pub key: &'static str,
    /// Words (a key) and address of each form.
    pub links: Vec<(String, String)>,
    pub is_done: bool,
}

/// The steps as they stand.
pub async fn steps(site: &Site, network: &Network) -> Result<Vec<Step>> {
    let settings = &network.settings;
    let has = |kind: DocumentKind| network.documents.iter().any(|document| document.kind == kind);
    let part = |key: &str, part: &str| (key.to_owned(), format!("/admin/settings/{part}?back=setup"));
    let documents = DocumentKind::ALL.iter().map(|kind| (format!("document-{kind}"), format!("/admin/documents/{kind}?back=setup"))).collect();
    let is_mailed = last_test(&site.db).await?.is_some_and(|test| test.tested == Tested::Taken);
    let step = |key, links, is_done| Step { key, links, is_done };
    Ok(vec![
        step("names", vec![part("network-names", "names")], network.version > 0 && *settings != Settings::begin(&site.settings)),
        step("looks", vec![part("network-welcome", "welcome"), part("network-looks", "looks")], !settings.welcome.is_empty()),
        step("documents", documents, has(DocumentKind::Conduct) && has(DocumentKind::Privacy) && has(DocumentKind::Imprint)),
        step("contact", vec![part("network-contact", "contact")], !settings.contact.is_empty()),
        step("mail", Vec::new(), is_mailed),
        step("spaces", vec![("admin-spaces".into(), "/admin/spaces".into())], forum::has_spaces(&site.db).await?),
        step("people", vec![("invitations-title".into(), "/admin/invitations".into())], people::is_anybody_else(&site.db).await?),
    ])
}

/// For an admin's home: the steps as they stand; `None` once it is finished.
pub async fn ahead(context: &Context) -> Result<Option<Vec<Step>>> {
    let network = context.site.network().await?;
    if !context.reader.is_admin() || network.settings.is_set_up {
        return Ok(None);
    }
    steps(&context.site, &network).await.map(Some)
}

#[derive(Template)]
#[template(path = "network/setup.html")]
struct SetupPage {
    page: Page,
    steps: Vec<Step>,
    test: Option<MailTest>,
    /// Where the test would go.
    to: String,
}

impl SetupPage {
    fn is_whole(&self) -> bool {
        self.steps.iter().all(|step| step.is_done)
    }

    /// Whether this is the first step that is not done.
    fn is_next(&self, step: &Step) -> bool {
        self.steps.iter().find(|step| !step.is_done).is_some_and(|next| next.key == step.key)
    }
}

/// The steps (GET /setup).
pub async fn setup(context: Context) -> Answer {
    let site = &context.site;
    let page = context.page(&[]).await?;
    let steps = steps(site, &page.network).await?;
    let to = people::address_of(&site.db, context.member()?.id).await?.map(|(_, email)| email).unwrap_or_default();
    html(&SetupPage { test: last_test(&site.db).await?, page, steps, to })
}

/// Finishes it, done or not (POST /setup/finish): home says no more of it.
pub async fn finish(context: Context) -> Answer {
    context.count_write()?;
    let network = context.site.network().await?;
    if !network.settings.is_set_up {
        let to = Settings { is_set_up: true, ..network.settings.clone() };
        context.site.write(SaveSettings { by: Some(context.member()?.id), version: network.version, to, logo: None }).await?;
    }
    Ok(redirect("/"))
}

/// The mail that only sees whether mail works.
///
/// # Errors
/// Where its templates do not render, which is a bug.
pub fn test_message(network: &Network, settings: &crate::settings::Settings, to: Address, language: Language) -> Result<Message> {
    let language = network.speaks(language);
    let words = Words(language);
    let (site_name, base_url) = (network.name(language), settings.base_url.as_str());
    let (greeting, what, link) = (words.t1("mail-greeting", "name", &to.name), words.t1("test-mail-what", "site", site_name), format!("{base_url}/setup"));
    let (why, foot) = (words.t("test-mail-why"), network.foot(words, base_url));
    let (text, html) = link_parts(words, LinkText { site_name, base_url, greeting, what, link, why, foot }, words.t("setup-title"))?;
    Ok(Message {
        subject: words.t1("test-mail-subject", "site", site_name),
        language: language.word().into(),
        text,
        html,
        calendar: None,
        headers: Vec::new(),
        message_id: message_id(&format!("test:{}", secret::token()), settings.host()),
        to,
    })
}

/// Sends a mail to whoever asks, at once, and says what the server answered (POST /setup/mail).
pub async fn test_mail(context: Context) -> Answer {
    context.count_write()?;
    let site = &context.site;
    let Some((name, email)) = people::address_of(&site.db, context.member()?.id).await? else { return Err(Error::NotFound.into()) };
    let network = site.network().await?;
    let message = test_message(&network, &site.settings, Address { name, email: email.clone() }, context.reader.language)?;
    let (tested, answer) = mail::send_test(&site.settings, &message, site.now()).await;
    site.note(KeepTest(MailTest { at: site.now(), to: email, tested, answer: answer.chars().take(500).collect() })).await?;
    Ok(redirect("/setup#mail"))
}
