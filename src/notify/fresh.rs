//! Notices and digests looked at again at the moment they are sent: read, deleted, hidden or switched off meanwhile means
//! dropped; what was edited goes out as it reads now, to the address the Member has now.

use super::choice::{Frequency, choice_of};
use super::{digest, notice_mail, queries};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::Reads;
use crate::live::BoxFuture;
use crate::mail::{Fresh, Message, Planned};
use crate::people::{MemberId, Reader};
use crate::values;

/// The mails of this folder.
pub struct Mails;

impl Fresh for Mails {
    fn kinds(&self) -> &'static [&'static str] {
        &[digest::KIND, notice_mail::KIND]
    }

    fn again<'a>(&'a self, site: &'a Site, planned: &'a Planned) -> BoxFuture<'a, Result<Option<Message>>> {
        Box::pin(async move {
            let Some(member) = planned.member else { return Ok(None) };
            if planned.kind == digest::KIND { digest_again(site, member, &planned.dedupe).await } else { notice_again(site, member, &planned.dedupe).await }
        })
    }
}

async fn digest_again(site: &Site, member: MemberId, key: &str) -> Result<Option<Message>> {
    if choice_of(&site.db, member).await?.kind == Frequency::None {
        return Ok(None);
    }
    let date = key.rsplit(':').next().unwrap_or_default();
    let since: Option<Instant> = site.db.value("SELECT since FROM digest WHERE member = $1 AND local_date = $2", values![member, date]).await?;
    match since {
        Some(since) => digest::make(site, member, since, date).await,
        None => Ok(None),
    }
}

async fn notice_again(site: &Site, member: MemberId, key: &str) -> Result<Option<Message>> {
    let Some(known) = site.people.member(&site.db, &site.bus, member).await? else { return Ok(None) };
    let Some((domain, thing)) = notice_mail::named_by(key) else { return Ok(None) };
    let reader = Reader::of(known, None);
    if !choice_of(&site.db, member).await?.immediate {
        return Ok(None);
    }
    match queries::of_thing(site, &reader, domain, thing).await? {
        Some(shown) => notice_mail::write(site, &reader, key, &shown).await,
        None => Ok(None),
    }
}
