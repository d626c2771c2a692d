//! The mail that tells a Member what an admin has done about them, and why.

use askama::Template;

use crate::app::Site;
use crate::clock::Instant;
use crate::error::Result;
use crate::mail::{Address, Message, Outgoing, message_id};
use crate::people::{Account, Measure};
use crate::secret;
use crate::web::Words;

#[derive(Template)]
#[template(path = "people/measure.mail.html")]
struct Html<'a> {
    words: Words,
    site_name: &'a str,
    base_url: &'a str,
    greeting: &'a str,
    what: &'a str,
    reason: &'a str,
    answer: &'a str,
    /// Documents and help, by name and address.
    foot: &'a [(String, String)],
}

#[derive(Template)]
#[template(path = "people/measure.mail.txt", escape = "none")]
struct Text<'a> {
    words: Words,
    site_name: &'a str,
    base_url: &'a str,
    greeting: &'a str,
    what: &'a str,
    reason: &'a str,
    answer: &'a str,
    /// Documents and help, by name and address.
    foot: &'a [(String, String)],
}

/// The mail in the language and the zone of whom it concerns; nobody has to be told who has no address any more.
pub async fn write(site: &Site, account: Account, measure: Measure, until: Option<Instant>, reason: &str) -> Result<Option<Outgoing>> {
    let Some(email) = account.email else { return Ok(None) };
    let network = site.network().await?;
    let language = network.speaks(account.language);
    let words = Words(language);
    let zone = account.zone.parse().unwrap_or(chrono_tz::UTC);
    let (site_name, base_url) = (network.name(language), site.settings.base_url.as_str());
    let what = match until {
        Some(until) => words.t2("mail-measure-until", ("site", site_name), ("until", &words.appointment(until, zone))),
        None => words.t1(&format!("mail-measure-{measure}"), "site", site_name),
    };
    let (greeting, answer) = (words.t1("mail-greeting", "name", &account.name), words.t("mail-measure-answer"));
    let (greeting, what, answer) = (greeting.as_str(), what.as_str(), answer.as_str());
    let foot = network.foot(words, base_url);
    let html = Html { words, site_name, base_url, greeting, what, reason, answer, foot: &foot }.render()?;
    let text = Text { words, site_name, base_url, greeting, what, reason, answer, foot: &foot }.render()?;
    // Each measure is one mail, however many alike were taken before.
    let dedupe = format!("measure:{}", secret::token());
    let message = Message {
        to: Address { name: account.name, email },
        subject: words.t1(&format!("mail-measure-subject-{measure}"), "site", site_name),
        language: language.word().into(),
        text,
        html,
        calendar: None,
        headers: Vec::new(),
        message_id: message_id(&dedupe, site.settings.host()),
    };
    Ok(Some(Outgoing { dedupe, member: Some(account.id), kind: "measure", message, is_secret: false, send_at: None }))
}
