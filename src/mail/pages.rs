//! The mailbox in the browser: where mail is read that was not handed to SMTP, and what admins look into.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::compose;
use super::queries::{Listed, Sees, listed, mail};
use crate::error::{Error, Result};
use crate::web::{Answer, Context, Page, html};

/// Mails on one page.
const PAGE: usize = 50;
/// Mails in the list for programs.
const LIST: u64 = 500;
/// A mail's HTML: inline style and nothing else, wherever it is opened. The one exception to the site's own policy.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

#[derive(Deserialize)]
#[serde(default)]
pub struct Asked {
    before: i64,
    format: String,
}

impl Default for Asked {
    fn default() -> Self {
        Self { before: i64::MAX, format: String::new() }
    }
}

#[derive(Template)]
#[template(path = "mail/mailbox.html")]
struct MailboxPage {
    page: Page,
    mails: Vec<Listed>,
    next: Option<i64>,
    is_open: bool,
    is_sent: bool,
}

/// In the demo everybody reads everything; elsewhere admins read what holds no link that signs somebody in.
fn sees(context: &Context) -> Result<Sees> {
    if context.site.settings.demo {
        return Ok(Sees { secrets: true });
    }
    if context.reader.is_admin() { Ok(Sees { secrets: false }) } else { Err(Error::NotFound) }
}

/// The mailbox (GET /mail); `?format=json` for programs.
pub async fn mailbox(context: Context, Query(asked): Query<Asked>) -> Answer {
    let sees = sees(&context)?;
    let (db, now) = (&context.site.db, context.site.now());
    if asked.format == "json" {
        let mails = listed(db, sees, now, asked.before, LIST).await?;
        let mails: Vec<serde_json::Value> = mails
            .iter()
            .map(|mail| serde_json::json!({ "id": mail.id, "to": mail.recipient, "subject": mail.subject, "at": mail.created_at.utc().to_rfc3339() }))
            .collect();
        return Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(mails)).into_response());
    }
    let page = context.page(&[]).await?;
    let mut mails = listed(db, sees, now, asked.before, PAGE as u64 + 1).await?;
    let next = (mails.len() > PAGE).then(|| mails.truncate(PAGE)).and_then(|()| mails.last().map(|mail| mail.id));
    html(&MailboxPage { page, mails, next, is_open: sees.secrets, is_sent: context.site.settings.smtp_url.is_some() })
}

#[derive(Template)]
#[template(path = "mail/mail.html")]
struct MailPage {
    page: Page,
    mail: Listed,
    headers: Vec<(String, String)>,
    /// The text, cut at its links.
    text: Vec<(String, bool)>,
    calendar: Option<String>,
}

impl MailPage {
    /// What a header says to a person; nothing where the mail has none of that name.
    fn head(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// One mail (GET /mail/{id}), or its raw bytes (GET /mail/{id}.eml).
pub async fn show(context: Context, Path(asked): Path<String>) -> Answer {
    let sees = sees(&context)?;
    let (id, is_raw) = asked.strip_suffix(".eml").map_or((asked.as_str(), false), |id| (id, true));
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let page = context.page(&[]).await?;
    let (mail, message) = mail(&context.site.db, sees, context.site.now(), id).await?;
    let composed = compose(&message, &context.site.settings.mail_from, mail.created_at)?;
    if is_raw {
        let headers = [(header::CONTENT_TYPE, "message/rfc822"), (header::CACHE_CONTROL, "no-store")];
        return Ok((headers, composed.formatted()).into_response());
    }
    let text = linked(&message.text);
    html(&MailPage { page, mail, headers: headers_of(&composed), text, calendar: message.calendar.map(|(text, _)| text) })
}

/// A mail's HTML for its frame (GET /mail/{id}/html).
pub async fn part(context: Context, Path(id): Path<i64>) -> Answer {
    let sees = sees(&context)?;
    let (_, message) = mail(&context.site.db, sees, context.site.now(), id).await?;
    Ok(framed(message.html))
}

/// A mail's HTML as an answer that may use inline style and nothing else.
pub fn framed(html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (headers, html).into_response()
}

/// The headers of a mail, unfolded, as words and not as they travel (RFC 2047): `Müller`, not `=?utf-8?b?TcO8bGxlcg==?=`.
fn headers_of(mail: &lettre::Message) -> Vec<(String, String)> {
    let lines = mail.headers().to_string();
    let names = lines.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])).filter_map(|line| line.split_once(": "));
    names.filter_map(|(name, _)| Some((name.to_owned(), mail.headers().get_raw(name)?.to_owned()))).collect()
}

/// A text cut into words and web addresses, so that those can be followed.
fn linked(text: &str) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let end = rest[at..].find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).map_or(rest.len(), |end| at + end);
        pieces.push((rest[..at].to_owned(), false));
        pieces.push((rest[at..end].to_owned(), true));
        rest = &rest[end..];
    }
    pieces.push((rest.to_owned(), false));
    pieces
}

#[cfg(test)]
mod tests {
    use super::{headers_of, linked};
    use crate::clock::Instant;
    use crate::mail::{Address, Message, compose};

    #[test]
    fn headers_are_shown_as_words() {
        let message = Message {
            to: Address { name: "Zoë Müller-Đorđević".into(), email: "zoe@graz.example".into() },
            subject: "Votre place est réservée\u{a0}: Où loger\u{202f}? ".repeat(4).trim().into(),
            language: "fr".into(),
            text: "Oui".into(),
            html: "<p>Oui</p>".into(),
            calendar: None,
            headers: vec![("List-Id".into(), "Réseau <digest.example>".into())],
            message_id: "a@test".into(),
        };
        let mail = compose(&message, "Réseau <mail@example.org>", Instant::from_micros(0)).unwrap();
        assert!(String::from_utf8(mail.formatted()).unwrap().contains("=?utf-8?"));
        let headers = headers_of(&mail);
        let head = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap();
        assert!(head("To").contains("Zoë Müller-Đorđević") && head("To").ends_with("<zoe@graz.example>"), "{headers:?}");
        assert!(head("Subject").starts_with("Votre place est réservée") && head("Subject").ends_with('?'), "{headers:?}");
        assert_eq!(head("List-Id"), "Réseau <digest.example>");
        assert!(!headers.iter().any(|(_, value)| value.contains("=?")), "{headers:?}");
    }

    #[test]
    fn addresses_in_a_text_can_be_followed() {
        let pieces = linked("Go to https://a.org/x?y=1 now\nor http://b.org");
        let links: Vec<&str> = pieces.iter().filter(|(_, is_link)| *is_link).map(|(text, _)| text.as_str()).collect();
        assert_eq!(links, ["https://a.org/x?y=1", "http://b.org"]);
        assert_eq!(pieces.iter().map(|(text, _)| text.as_str()).collect::<String>(), "Go to https://a.org/x?y=1 now\nor http://b.org");
    }
}
