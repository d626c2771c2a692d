//! What somebody tells the host: checked, and written as a mail. Pure.

use askama::Template;
use sea_orm::FromQueryResult;

use super::Network;
use crate::clock::Instant;
use crate::error::{Error, Result, Say};
use crate::limits;
use crate::mail::{Address, Message, Outgoing, message_id};
use crate::people::{Language, MemberId};
use crate::web::{Page, Pairs, Words, Wrongs, local_path};
use crate::word_enum;

word_enum! {
    /// What it is.
    ContactKind {
        /// A question to the host.
        Question = "question",
        /// Something cannot be used.
        Barrier = "barrier",
        /// Words that should be looked at.
        Report = "report",
    }
}

/// A message as it was typed, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub kind: ContactKind,
    pub name: String,
    /// Where an answer goes; a report may do without.
    pub email: String,
    /// A path of this site; may be empty.
    pub about: String,
    pub text: String,
}

/// A message of the queue.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Contact {
    pub id: i64,
    pub at: Instant,
    pub kind: ContactKind,
    pub name: String,
    pub email: String,
    pub about: String,
    pub text: String,
    pub answered_at: Option<Instant>,
    /// Of the Member who wrote it, if one did.
    pub handle: Option<String>,
    /// Who said that it is answered.
    pub answered_by: Option<String>,
}

impl Contact {
    /// Who it is from.
    pub fn called(&self, page: &Page) -> String {
        if self.name.is_empty() { page.t("contact-somebody") } else { self.name.clone() }
    }
}

/// Checks a form. `base_url` is cut off an address that was pasted whole; whoever is signed in needs no address.
pub fn checked(form: &Pairs, base_url: &str, known: Option<(&str, &str)>) -> Result<Said> {
    let mut wrongs = Wrongs::default();
    let kind = form.get("kind").parse::<ContactKind>().map_err(|()| wrongs.add("kind", "wrong-choice"));
    let (name, email) = match known {
        Some((name, email)) => (name.to_owned(), email.to_owned()),
        None => (one_line(form.get("name")), form.get("email").trim().to_owned()),
    };
    let is_report = kind == Ok(ContactKind::Report);
    if known.is_none() && !(email.is_empty() && is_report) && email.parse::<lettre::Address>().is_err() {
        wrongs.add("email", "wrong-email");
    }
    for (field, text, limit) in [("name", &name, limits::NAME), ("email", &email, 2 * limits::NAME)] {
        if known.is_none() && text.chars().count() > limit {
            wrongs.add(field, Say::new("wrong-too-long").with("limit", limit));
        }
    }
    let about = one_line(form.get("about"));
    let about = about.strip_prefix(base_url).unwrap_or(&about).to_owned();
    if about.chars().count() > limits::SHORT_TEXT || !(about.is_empty() || local_path(&about).is_some()) {
        wrongs.add("about", "wrong-contact-about");
    }
    let text = form.get("text").trim().replace("\r\n", "\n");
    if text.is_empty() {
        wrongs.add("text", "wrong-contact-text");
    } else if text.chars().count() > limits::CONTACT {
        wrongs.add("text", Say::new("wrong-too-long").with("limit", limits::CONTACT));
    }
    match kind {
        Ok(kind) if wrongs.is_empty() => Ok(Said { kind, name, email, about, text }),
        _ => Err(Error::Invalid(wrongs.0)),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Template)]
#[template(path = "network/contact_mail.html")]
struct Html<'a> {
    m: &'a Mail<'a>,
}

#[derive(Template)]
#[template(path = "network/contact_mail.txt", escape = "none")]
struct Text<'a> {
    m: &'a Mail<'a>,
}

struct Mail<'a> {
    words: Words,
    what: String,
    said: &'a Said,
    site_name: &'a str,
    base_url: &'a str,
    queue: String,
    foot: Vec<(String, String)>,
}

/// The mail that tells one of the hosts. Answering it answers whoever wrote, where they left an address.
pub fn mail(network: &Network, base_url: &str, host: &str, said: &Said, to: (Option<MemberId>, Address, Language), key: &str) -> Result<Outgoing> {
    let (member, to, language) = to;
    let language = network.speaks(language);
    let words = Words(language);
    let what = words.t(format!("contact-{}", said.kind));
    let mail = Mail { words, what: what.clone(), said, site_name: network.name(language), base_url, queue: format!("{base_url}/admin/contact"), foot: network.foot(words, base_url) };
    let dedupe = format!("contact:{key}:{}", to.email);
    // Only what is an address may stand in a header; it was checked.
    let reply = said.email.parse::<lettre::Address>().ok().map(|address| ("Reply-To".to_owned(), address.to_string()));
    let first: String = said.text.lines().next().unwrap_or_default().chars().take(60).collect();
    let message = Message {
        subject: words.t1("lead-in", "what", what) + &first,
        language: language.word().into(),
        text: Text { m: &mail }.render()?,
        html: Html { m: &mail }.render()?,
        calendar: None,
        headers: reply.into_iter().collect(),
        message_id: message_id(&dedupe, host),
        to,
    };
    Ok(Outgoing { dedupe, member, kind: "contact", message, is_secret: false, send_at: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)], known: Option<(&str, &str)>) -> Result<Said, Vec<&'static str>> {
        checked(&Pairs::of(pairs), "https://testnet.example", known).map_err(|error| match error {
            Error::Invalid(wrongs) => wrongs.iter().map(|wrong| wrong.field).collect(),
            other => panic!("{other}"),
        })
    }

    #[test]
    fn a_report_needs_no_address_and_a_question_does() {
        let report = check(&[("kind", "report"), ("about", "https://testnet.example/topics/4#p3"), ("text", "Look at this.")], None).unwrap();
        assert_eq!((report.about.as_str(), report.email.as_str()), ("/topics/4#p3", ""));
        assert_eq!(check(&[("kind", "question"), ("text", "How?")], None), Err(vec!["email"]));
        assert_eq!(check(&[("kind", "report"), ("email", "not one"), ("text", "How?")], None), Err(vec!["email"]));
        let known = check(&[("kind", "question"), ("text", "How?"), ("name", "Somebody else")], Some(("Eve Novak", "eve@people.example"))).unwrap();
        assert_eq!((known.name.as_str(), known.email.as_str()), ("Eve Novak", "eve@people.example"));
    }

    #[test]
    fn what_is_wrong_is_said_beside_its_field() {
        assert_eq!(check(&[("kind", "spam"), ("about", "https://evil.example/"), ("text", " ")], None), Err(vec!["kind", "email", "about", "text"]));
        let long = "x".repeat(limits::CONTACT + 1);
        assert_eq!(check(&[("kind", "report"), ("text", &long)], None), Err(vec!["text"]));
    }
}
