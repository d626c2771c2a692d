//! A Message as bytes (RFC 5322, 2045–2047, 6047): the same bytes whenever it is asked for, and one well-formed mail
//! whatever stands in names, titles and headers.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentDisposition, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use super::Message;
use crate::clock::Instant;
use crate::error::{Error, Result};

/// Characters of a subject or header that are kept.
const LINE: usize = 400;
/// Characters of a name that are kept.
const NAME: usize = 120;
/// What only this file writes.
const OURS: &[&str] = &["from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "mime-version", "auto-submitted", "content-language"];

/// The mail as lettre sends it.
///
/// # Errors
/// [`Error::Invalid`] when an address is none.
pub fn compose(message: &Message, from: &str, created_at: Instant) -> Result<lettre::Message> {
    let from: Mailbox = from.parse().map_err(|e| Error::bug(format!("PLENARY_MAIL_FROM: {e}")))?;
    let address: lettre::Address = message.to.email.parse().map_err(|_| Error::field("email", "wrong-email"))?;
    let name = Some(plain_line(&message.to.name, NAME)).filter(|name| !name.is_empty());
    let mut builder = lettre::Message::builder()
        .from(from)
        .to(Mailbox::new(name, address))
        .subject(plain_line(&message.subject, LINE))
        .date(SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(created_at.micros()).unwrap_or(0)))
        .message_id(Some(format!("<{}>", plain_line(&message.message_id, LINE).replace([' ', '<', '>'], ""))))
        .raw_header(header("Auto-Submitted", "auto-generated")?)
        .raw_header(header("X-Auto-Response-Suppress", "All")?)
        .raw_header(header("Content-Language", &message.language)?);
    for (name, value) in &message.headers {
        if !OURS.contains(&name.to_lowercase().as_str()) && !name.to_lowercase().starts_with("content-") {
            builder = builder.raw_header(header(name, value)?);
        }
    }
    builder.multipart(parts(message)).map_err(Error::bug)
}

fn parts(message: &Message) -> MultiPart {
    let boundary = |part: &str| {
        let hash = Sha256::digest(format!("{part} {}", message.message_id).as_bytes());
        format!("={part}.{}", hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>())
    };
    let alternative = MultiPart::alternative()
        .boundary(boundary("alternative"))
        .singlepart(SinglePart::plain(message.text.clone()))
        .singlepart(SinglePart::html(message.html.clone()));
    let Some((calendar, method)) = &message.calendar else { return alternative };
    let method: String = method.chars().filter(char::is_ascii_alphabetic).collect();
    let kind = |text: &str| ContentType::parse(text).unwrap_or(ContentType::TEXT_PLAIN);
    let inline = SinglePart::builder().header(kind(&format!("text/calendar; charset=utf-8; method={method}"))).body(calendar.clone());
    let file = SinglePart::builder()
        .header(kind("application/ics; name=\"invite.ics\""))
        .header(ContentDisposition::attachment("invite.ics"))
        .body(calendar.clone());
    MultiPart::mixed().boundary(boundary("mixed")).multipart(alternative.singlepart(inline)).singlepart(file)
}

fn header(name: &str, value: &str) -> Result<HeaderValue> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| Error::bug(format!("a header named {name:?}")))?;
    Ok(HeaderValue::new(name, plain_line(value, LINE * 4)))
}

/// One line without what could begin another header, end the text or turn it around: CR, LF, NUL and other controls, bidi
/// overrides, zero-width marks.
pub fn plain_line(text: &str, limit: usize) -> String {
    let hides = |c: char| c.is_control() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let text: String = text.chars().map(|c| if hides(c) { ' ' } else { c }).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= limit {
        return text;
    }
    let cut: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mail::Address;

    fn message(name: &str, subject: &str) -> Message {
        Message {
            to: Address { name: name.into(), email: "anna@graz.example".into() },
            subject: subject.into(),
            language: "en".into(),
            text: "Grüße,\nAnna\n".into(),
            html: "<p>Grüße</p>".into(),
            calendar: None,
            headers: vec![("List-Id".into(), format!("<{subject}>")), ("Subject".into(), "another".into())],
            message_id: "digest.5.2026-11-24@localhost".into(),
        }
    }

    fn bytes(message: &Message) -> String {
        String::from_utf8(compose(message, "Plenary <plenary@example.org>", Instant::from_micros(1_700_000_000_000_000)).unwrap().formatted()).unwrap()
    }

    fn headers(mail: &str) -> Vec<String> {
        let head = mail.split("\r\n\r\n").next().unwrap();
        let mut lines: Vec<String> = Vec::new();
        for line in head.split("\r\n") {
            match lines.last_mut() {
                Some(last) if line.starts_with([' ', '\t']) => last.push_str(line),
                _ => lines.push(line.to_owned()),
            }
        }
        lines
    }

    #[test]
    fn a_mail_is_the_same_bytes_each_time_with_its_own_message_id() {
        let message = message("Anna Müller", "Good morning");
        let mail = bytes(&message);
        assert_eq!(mail, bytes(&message));
        for part in ["Message-ID: <digest.5.2026-11-24@localhost>", "Auto-Submitted: auto-generated", "Content-Language: en", "multipart/alternative"] {
            assert!(mail.contains(part), "{part} in {mail}");
        }
        assert!(!mail.contains("another"));
    }

    #[test]
    fn an_invitation_carries_its_calendar_twice_with_its_method() {
        let mut message = message("Anna", "Workshop");
        message.calendar = Some(("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n".into(), "REQUEST".into()));
        let mail = bytes(&message);
        assert!(mail.contains("multipart/mixed"));
        assert!(mail.to_lowercase().contains("content-type: text/calendar; charset=utf-8; method=request"), "{mail}");
        assert!(mail.contains("Content-Disposition: attachment; filename=\"invite.ics\""), "{mail}");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_gives_one_well_formed_mail(name in "(.|\r|\n|\0|\u{202e}){0,300}", subject in "(.|\r\nBcc: eve@evil\\.example|\n\n|\0|\u{2066}){0,300}") {
            let mail = bytes(&message(&name, &subject));
            prop_assert!(mail.is_ascii());
            let names: Vec<String> = headers(&mail).iter().map(|line| line.split(':').next().unwrap().to_lowercase()).collect();
            let mut once = names.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(names.len(), once.len(), "{}", mail);
            prop_assert!(!names.contains(&"bcc".to_owned()));
            prop_assert!(mail.split("\r\n").all(|line| line.len() <= 998));
            prop_assert!(!mail.contains('\0') && !mail.replace("\r\n", "").contains(['\r', '\n']));
        }
    }
}
