//! The mail that goes at once (after two minutes) for one notice, by the Member's choice.

use askama::Template;

use super::pick::place;
use super::queries::Shown;
use super::unsubscribe::{List, choose_path, headers, stop_path};
use super::Telling;
use crate::app::Site;
use crate::clock::Instant;
use crate::error::Result;
use crate::limits::HELD_BACK;
use crate::mail::{Address, Message, Outgoing, message_id};
use crate::people::{Reader, address_of};
use crate::web::Words;

/// The name of this mail in the outbox and its gallery.
pub const KIND: &str = "notice";

#[derive(Template)]
#[template(path = "notify/notice.html")]
struct Html<'a> {
    n: &'a Notice<'a>,
}

#[derive(Template)]
#[template(path = "notify/notice.txt", escape = "none")]
struct Text<'a> {
    n: &'a Notice<'a>,
}

struct Notice<'a> {
    words: Words,
    site_name: &'a str,
    why: String,
    title: &'a str,
    line: String,
    link: String,
    choose: String,
    stop: String,
    foot: Vec<(String, String)>,
}

/// The key of the row: it names whose notice of what it is.
pub fn key(telling: &Telling, domain: &str) -> String {
    format!("{KIND}:{}:{domain}:{}", telling.member, telling.thing)
}

/// The domain and the thing that a key names.
pub fn named_by(key: &str) -> Option<(&str, &str)> {
    let mut parts = key.splitn(4, ':').skip(2);
    Some((parts.next()?, parts.next()?))
}

/// The row that will be sent unless it is read before.
pub async fn planned(site: &Site, reader: &Reader, telling: &Telling, domain: &str, at: Instant, shown: &Shown) -> Result<Option<Outgoing>> {
    let dedupe = key(telling, domain);
    let Some(message) = write(site, reader, &dedupe, shown).await? else { return Ok(None) };
    Ok(Some(Outgoing { dedupe, member: Some(telling.member), kind: KIND, message, is_secret: false, send_at: Some(at.plus(HELD_BACK)) }))
}

/// The mail with the newest text.
pub async fn write(site: &Site, reader: &Reader, key: &str, shown: &Shown) -> Result<Option<Message>> {
    let Some(member) = reader.id() else { return Ok(None) };
    let Some((name, email)) = address_of(&site.db, member).await? else { return Ok(None) };
    let network = site.network().await?;
    let words = Words(network.speaks(reader.language));
    let (base_url, host) = (&site.settings.base_url, site.settings.host());
    let described = &shown.described;
    let why = shown.why(words);
    let notice = Notice {
        words,
        site_name: network.name(words.0),
        why: why.clone(),
        title: &described.title,
        line: described.line.quoted(words, ""),
        link: format!("{base_url}{}", described.href),
        choose: format!("{base_url}{}", choose_path(site, member)),
        stop: format!("{base_url}{}", stop_path(site, member, List::Immediate)),
        foot: network.foot(words, base_url),
    };
    let mut headers = headers(site, network.name(words.0), member, List::Immediate);
    // Mail programs gather what names the same root.
    let root = format!("<{}>", message_id(&place(&described.href), host));
    headers.extend([("In-Reply-To".to_owned(), root.clone()), ("References".to_owned(), root)]);
    Ok(Some(Message {
        text: Text { n: &notice }.render()?,
        html: Html { n: &notice }.render()?,
        to: Address { name, email },
        subject: words.t1("lead-in", "what", &why) + &described.title,
        language: words.0.word().into(),
        calendar: None,
        headers,
        message_id: message_id(key, host),
    }))
}
