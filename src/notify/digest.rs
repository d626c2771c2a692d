//! A digest: what waits for a Member and what their Spaces found worth reading, as one mail. Made when it is planned, when
//! it is previewed, and again when it is sent: from what they may see and have not read at that moment.

use askama::Template;
use sea_orm::FromQueryResult;

use super::choice::{Choice, Frequency, choice_of};
use super::pick::{Item, pick};
use super::unsubscribe::{List, choose_path, headers, stop_path};
use super::queries;
use crate::app::{Site, TELLERS};
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::Reads;
use crate::limits::DIGEST_BACK;
use crate::mail::{Address, Message, message_id};
use crate::people::{MemberId, Reader, address_of};
use crate::values;
use crate::web::Words;

/// The name of this mail in the outbox and its gallery.
pub const KIND: &str = "digest";

/// A mail's words, for the text and for the HTML alike.
struct Digest<'a> {
    words: Words,
    site_name: &'a str,
    base_url: &'a str,
    date: String,
    hello: String,
    personal: Vec<Item>,
    others: Vec<Item>,
    more: Option<String>,
    when: String,
    choose: String,
    stop: String,
    foot: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "notify/digest.html")]
struct Html<'a> {
    d: &'a Digest<'a>,
    subject: &'a str,
}

#[derive(Template)]
#[template(path = "notify/digest.txt", escape = "none")]
struct Text<'a> {
    d: &'a Digest<'a>,
}

/// When the next digest of a Member comes, and what the one before has told.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Next {
    pub next_at: Option<Instant>,
    pub since: Instant,
}

pub async fn next_of(db: &impl Reads, member: MemberId) -> Result<Option<Next>> {
    db.one("SELECT next_at, since FROM digest_plan WHERE member = $1", values![member]).await
}

/// What the next digest would hold if it were made now; `None`: nothing, so none would come.
pub async fn preview(site: &Site, member: MemberId) -> Result<Option<Message>> {
    let since = next_of(&site.db, member).await?.map_or(site.now().minus(crate::limits::DIGEST_FIRST), |next| next.since);
    make(site, member, since, "preview").await
}

/// The digest of what happened since; `date` is the local date that makes it one mail.
pub async fn make(site: &Site, member: MemberId, since: Instant, date: &str) -> Result<Option<Message>> {
    let Some(known) = site.people.member(&site.db, &site.bus, member).await? else { return Ok(None) };
    let Some((name, email)) = address_of(&site.db, member).await? else { return Ok(None) };
    let network = site.network().await?;
    let reader = Reader::of(known, None);
    let reader = Reader { language: network.speaks(reader.language), ..reader };
    let since = since.max(site.now().minus(DIGEST_BACK));
    let (items, more) = pick(collect(site, &reader, since).await?);
    let Some(first) = items.first() else { return Ok(None) };
    let words = Words(reader.language);
    let rest = items.len() - 1 + more;
    let subject = words.with("digest-subject", &[("first", if first.is_personal { first.why.clone() } else { first.title.clone() }), ("n", rest.to_string())]);
    let choice = choice_of(&site.db, member).await?;
    let base_url = &site.settings.base_url;
    let (personal, others): (Vec<Item>, Vec<Item>) = items.into_iter().partition(|item| item.is_personal);
    let digest = Digest {
        words,
        site_name: network.name(reader.language),
        base_url,
        date: words.date(site.now(), reader.zone),
        hello: words.with("digest-hello", &[("name", name.clone())]),
        personal,
        others,
        more: (more > 0).then(|| words.n("digest-more", i64::try_from(more).unwrap_or(i64::MAX))),
        when: when(words, choice),
        choose: format!("{base_url}{}", choose_path(site, member)),
        stop: format!("{base_url}{}", stop_path(site, member, List::Digest)),
        foot: network.foot(words, base_url),
    };
    Ok(Some(Message {
        text: Text { d: &digest }.render()?,
        html: Html { d: &digest, subject: &subject }.render()?,
        to: Address { name, email },
        subject,
        language: reader.language.word().into(),
        calendar: None,
        headers: headers(site, network.name(reader.language), member, List::Digest),
        message_id: message_id(&format!("digest:{member}:{date}"), site.settings.host()),
    }))
}

/// When it comes, as its last line says it.
pub fn when(words: Words, choice: Choice) -> String {
    let hour = format!("{:02}:00", choice.hour);
    match choice.kind {
        Frequency::None => words.t("digest-when-none"),
        Frequency::Daily => words.with("digest-when-daily", &[("hour", hour)]),
        Frequency::Weekly => words.with("digest-when-weekly", &[("hour", hour), ("day", words.t(format!("weekday-{}", choice.weekday)))]),
    }
}

/// Everything that could be told: what waits for them, and what the domains find worth it.
async fn collect(site: &Site, reader: &Reader, since: Instant) -> Result<Vec<Item>> {
    let words = Words(reader.language);
    let mut items: Vec<Item> = Vec::new();
    for shown in queries::shown(site, reader, since).await? {
        let why = shown.why(words);
        let (notice, described) = (shown.notice, shown.described);
        items.push(Item {
            thing: format!("{}/{}", notice.domain, notice.thing),
            is_personal: true,
            why,
            line: described.line.quoted(words, ""),
            who: described.who,
            title: described.title,
            note: String::new(),
            href: described.href,
            at: notice.at,
            weight: 100.0,
        });
    }
    for teller in TELLERS {
        for item in teller.digest(site, reader, since).await? {
            let described = item.described;
            let is_personal = item.weight >= 80.0;
            let values = [("who", described.who.clone()), ("title", described.title.clone())];
            items.push(Item {
                thing: format!("{}/{}", teller.domain(), item.thing),
                is_personal,
                why: words.with(&format!("digest-why-{}", item.reason), &values),
                line: described.line.quoted(words, if is_personal { "" } else { &described.who }),
                who: described.who,
                title: described.title,
                note: item.note,
                href: described.href,
                at: item.at,
                weight: item.weight,
            });
        }
    }
    Ok(items)
}
