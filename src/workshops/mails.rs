//! The mails of Workshops: confirmations with their invitation, changes, cancellations, reminders. Written in the act
//! that causes them, so that no change is without its mail and no mail without its change.

use std::sync::Arc;

use askama::Template;
use sea_orm::FromQueryResult;

use super::calendar::{Invitation, Method};
use super::when::{differ, span};
use super::{Ahead, Workshop, WorkshopId, queries};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Reads, Tx};
use crate::network::Network;
use crate::mail::{self, Address, Message, Outgoing, message_id};
use crate::people::{Language, MemberId};
use crate::values;
use crate::web::{Words, markdown};

/// The name of reminders in the gallery of mails.
pub(super) const REMINDER: &str = "workshop_reminder";
/// Characters of a description that go into a calendar.
const EXCERPT: usize = 600;

/// What the site puts on its mails: acts own their data, so it is taken along.
#[derive(Clone, Debug)]
pub struct Letterhead(Arc<Head>);

#[derive(Debug)]
struct Head {
    network: Arc<Network>,
    base_url: String,
    host: String,
    organizer: Address,
    /// When it was taken along: what happens long before is told of as past.
    taken_at: Instant,
}

impl Letterhead {
    /// # Errors
    /// Those of looking the network up.
    pub async fn of(site: &Site) -> Result<Self> {
        let settings = &site.settings;
        let network = site.network().await?;
        let name = || network.name(network.settings.main()).to_owned();
        let from: Option<lettre::message::Mailbox> = settings.mail_from.parse().ok();
        let organizer = match from {
            Some(mailbox) => Address { name: mailbox.name.unwrap_or_else(name), email: mailbox.email.to_string() },
            None => Address { name: name(), email: settings.mail_from.clone() },
        };
        Ok(Self(Arc::new(Head {
            network,
            base_url: settings.base_url.clone(),
            host: settings.host().to_owned(),
            organizer,
            taken_at: site.now(),
        })))
    }

    /// The UID of an event of this site's, for ever (RFC 5545, 3.8.4.7); `name` is given once.
    pub fn uid(&self, name: &str) -> String {
        format!("{name}@{}", self.0.host.split(':').next().unwrap_or("localhost"))
    }
}

/// Which mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    Registered,
    Waiting,
    Promoted,
    Moved,
    Withdrawn,
    Cancelled,
    Reminder(Ahead),
}

impl Letter {
    /// Its keys in the catalogue: `mail-workshop-<word>-subject` and `-what`.
    const fn word(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Waiting => "waiting",
            Self::Promoted => "promoted",
            Self::Moved => "moved",
            Self::Withdrawn => "withdrawn",
            Self::Cancelled => "cancelled",
            Self::Reminder(Ahead::Day) => "day",
            Self::Reminder(Ahead::Hour) => "hour",
        }
    }

    /// Its name in the gallery of mails.
    const fn kind(self) -> &'static str {
        match self {
            Self::Registered | Self::Promoted => "workshop_invitation",
            Self::Waiting => "workshop_waiting",
            Self::Moved => "workshop_moved",
            Self::Withdrawn => "workshop_withdrawn",
            Self::Cancelled => "workshop_cancelled",
            Self::Reminder(_) => REMINDER,
        }
    }

    const fn method(self) -> Option<Method> {
        match self {
            Self::Registered | Self::Promoted | Self::Moved => Some(Method::Request),
            Self::Withdrawn => Some(Method::Leave),
            Self::Cancelled => Some(Method::Cancel),
            Self::Waiting | Self::Reminder(_) => None,
        }
    }
}

#[derive(Template)]
#[template(path = "workshops/mail.html")]
struct Html<'a> {
    letter: &'a Written,
}

#[derive(Template)]
#[template(path = "workshops/mail.txt", escape = "none")]
struct Text<'a> {
    letter: &'a Written,
}

/// The words of one mail.
struct Written {
    words: Words,
    greeting: String,
    what: String,
    title: String,
    /// When it is: in the event's zone, then in the person's where that differs.
    times: Vec<String>,
    link: String,
    button: String,
    room: Option<(String, String)>,
    why: String,
    site_name: String,
    base_url: String,
    foot: Vec<(String, String)>,
}

#[derive(FromQueryResult)]
struct To {
    name: String,
    email: Option<String>,
    language: Language,
    zone: String,
}

#[derive(FromQueryResult)]
struct Told {
    method: String,
    sequence: i64,
    organizer: String,
}

/// Puts a mail to one person into the outbox, with what their calendar has to hear. What a seed tells of the past has
/// been heard: it is booked, and no mail is written.
pub(super) async fn send(tx: &Tx, head: &Letterhead, id: WorkshopId, member: MemberId, letter: Letter) -> Result<()> {
    let sql = "SELECT name, email, language, zone FROM member WHERE id = $1 AND erased_at IS NULL AND suspended_at IS NULL";
    let Some(to) = tx.one::<To>(sql, values![member]).await? else { return Ok(()) };
    let Some(email) = to.email.clone() else { return Ok(()) };
    let workshop = queries::workshop_for(tx, to.language, id).await?.ok_or(Error::NotFound)?;
    let address = Address { name: to.name.clone(), email };
    let (calendar, sequence) = match letter.method() {
        Some(method) => calendar(tx, head, &workshop, member, &address, method).await?,
        None => (None, workshop.sequence),
    };
    let once = match letter {
        Letter::Reminder(_) => workshop.starts_at,
        _ => tx.now(),
    };
    if head.0.taken_at.since(tx.now()) > mail::TOO_OLD {
        return Ok(());
    }
    let dedupe = format!("workshop:{id}:{}:{member}:{sequence}:{}", letter.word(), once.micros());
    let words = Words(head.0.network.speaks(to.language));
    let written = write(&head.0, words, &workshop, &to, letter);
    let message = Message {
        subject: words.t1(&format!("mail-workshop-{}-subject", letter.word()), "title", &workshop.title),
        language: words.0.word().into(),
        text: Text { letter: &written }.render()?,
        html: Html { letter: &written }.render()?,
        calendar,
        headers: Vec::new(),
        message_id: message_id(&dedupe, &head.0.host),
        to: address,
    };
    let outgoing = Outgoing { dedupe, member: Some(member), kind: letter.kind(), message, is_secret: false, send_at: None };
    mail::queue(tx, &outgoing).await.map(|_| ())
}

/// What a person's calendar is told, and the SEQUENCE it carries; nothing where it knows of nothing to take back.
async fn calendar(tx: &Tx, head: &Letterhead, workshop: &Workshop, member: MemberId, attendee: &Address, method: Method) -> Result<(Option<(String, String)>, i64)> {
    let sql = "SELECT method, sequence, organizer FROM invitation WHERE workshop = $1 AND member = $2";
    let told: Option<Told> = tx.one(sql, values![workshop.id, member]).await?;
    let has_it = told.as_ref().is_some_and(|told| told.method == Method::Request.word());
    if method != Method::Request && !has_it {
        return Ok((None, workshop.sequence));
    }
    let least = told.as_ref().map_or(0, |told| told.sequence + i64::from(!has_it));
    let sequence = match method {
        // The SEQUENCE of a whole cancellation or change was raised by its own act.
        Method::Cancel => workshop.sequence,
        Method::Request if workshop.sequence >= least => workshop.sequence,
        Method::Request => raise(tx, workshop.id, least).await?,
        Method::Leave => raise(tx, workshop.id, workshop.sequence + 1).await?,
    };
    // Byte for byte the same ORGANIZER for one person, also when the site's address has changed since.
    let organizer = match told {
        Some(told) => serde_json::from_str(&told.organizer).unwrap_or_else(|_| head.0.organizer.clone()),
        None => head.0.organizer.clone(),
    };
    tx.write(
        "INSERT INTO invitation (workshop, member, method, sequence, organizer) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (workshop, member) DO UPDATE SET method = excluded.method, sequence = excluded.sequence",
        values![workshop.id, member, method.word(), sequence, serde_json::to_string(&organizer).map_err(Error::bug)?],
    )
    .await?;
    let page = format!("{}{}", head.0.base_url, workshop.href());
    let room = format!("{}{}", head.0.base_url, workshop.room_href());
    let excerpt = markdown::excerpt(&workshop.html, EXCERPT);
    let invitation = Invitation {
        method,
        uid: &workshop.uid,
        sequence,
        stamp: tx.now(),
        starts: workshop.starts_at,
        ends: workshop.ends_at,
        zone: workshop.tz(),
        title: &workshop.title,
        description: &format!("{excerpt}\n\n{room}"),
        location: if workshop.link.is_empty() { &room } else { &workshop.link },
        url: &page,
        organizer: &organizer,
        attendee,
    };
    Ok((Some((invitation.write(), method.word().into())), sequence))
}

async fn raise(tx: &Tx, workshop: WorkshopId, to: i64) -> Result<i64> {
    tx.write("UPDATE workshop SET sequence = $2 WHERE id = $1", values![workshop, to]).await?;
    Ok(to)
}

fn write(head: &Head, words: Words, workshop: &Workshop, to: &To, letter: Letter) -> Written {
    let zone = workshop.tz();
    let own = to.zone.parse().unwrap_or(zone);
    let mut times = vec![span(words, workshop.starts_at, workshop.ends_at, zone)];
    if differ(workshop.starts_at, zone, own) {
        times.push(words.t1("workshop-for-you", "when", span(words, workshop.starts_at, workshop.ends_at, own)));
    }
    let comes = matches!(letter.method(), Some(Method::Request)) || matches!(letter, Letter::Reminder(_));
    let room = comes.then(|| (format!("{}{}", head.base_url, workshop.room_href()), words.t("workshop-join")));
    Written {
        words,
        greeting: words.t1("mail-greeting", "name", &to.name),
        what: words.t1(&format!("mail-workshop-{}-what", letter.word()), "title", &workshop.title),
        title: workshop.title.clone(),
        times,
        link: format!("{}{}", head.base_url, workshop.href()),
        button: words.t("mail-workshop-button"),
        room,
        why: words.t1("mail-workshop-why", "site", head.network.name(words.0)),
        site_name: head.network.name(words.0).to_owned(),
        base_url: head.base_url.clone(),
        foot: head.network.foot(words, &head.base_url),
    }
}

/// Tells everybody whose calendar is behind the last change, at most `limit`; whether somebody is left.
pub(super) async fn tell_changed(tx: &Tx, head: &Letterhead, workshop: WorkshopId, told_sequence: i64, letter: Letter, limit: usize) -> Result<bool> {
    let sql = format!(
        "SELECT i.member FROM invitation i WHERE i.workshop = $1 AND i.method = 'REQUEST' AND i.sequence < $2 ORDER BY i.sequence, i.member LIMIT {}",
        limit + 1
    );
    let behind: Vec<MemberId> = tx.column(&sql, values![workshop, told_sequence]).await?;
    for member in behind.iter().take(limit) {
        send(tx, head, workshop, *member, letter).await?;
    }
    Ok(behind.len() > limit)
}
