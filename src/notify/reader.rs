//! The reader that tells people: for each entry it asks the domains whom it concerns, and writes the notices with their
//! entries, the mail that goes at once and its new position in one transaction. It keeps the plan of digests, too.

use std::collections::BTreeSet;

use super::choice::choice_of;
use super::kinds::Notify;
use super::queries::{Notice, Shown};
use super::{Telling, Tells, acts, notice_mail};
use crate::app::{Site, TELLERS};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Entry, Kind, Reading, Step, Tx};
use crate::mail::{self, Outgoing, TOO_OLD};
use crate::people::{MemberId, Reader};
use crate::values;

/// The reader.
pub struct Noticing(pub Site);

/// One notice to be written.
struct Told {
    domain: &'static str,
    telling: Telling,
    entry: i64,
    at: Instant,
    mail: Option<Box<Outgoing>>,
}

/// What a batch of entries asks for.
pub struct Tellings {
    told: Vec<Told>,
    /// Whose next digest may have moved: they joined, or live in another zone.
    replan: BTreeSet<i64>,
}

impl Reading for Noticing {
    const NAME: &'static str = "notify";
    type Prepared = Tellings;

    async fn prepare(&self, entries: Vec<Entry>) -> Result<Tellings> {
        let mut tellings = Tellings { told: Vec::new(), replan: BTreeSet::new() };
        for entry in &entries {
            if matches!(entry.kind.as_str(), "people.confirmed" | "people.profile_changed") {
                tellings.replan.insert(entry.about);
            }
            for teller in TELLERS.iter().copied().filter(|_| !entry.kind.starts_with(Notify::DOMAIN)) {
                match told(&self.0, teller, entry).await {
                    Ok(told) => tellings.told.extend(told),
                    Err(error @ Error::Unavailable(_)) => return Err(error),
                    // One entry that cannot be told must not silence all that follow.
                    Err(error) => tracing::error!("telling of entry {} ({}): {error}", entry.id, entry.kind),
                }
            }
        }
        Ok(tellings)
    }
}

async fn told(site: &Site, teller: &'static dyn Tells, entry: &Entry) -> Result<Vec<Told>> {
    let mut all = Vec::new();
    for telling in teller.told(site, entry).await? {
        if Some(telling.member.0) == entry.actor {
            continue;
        }
        let mail = mail_for(site, teller, &telling, entry.at).await?.map(Box::new);
        all.push(Told { domain: teller.domain(), telling, entry: entry.id, at: entry.at, mail });
    }
    Ok(all)
}

async fn mail_for(site: &Site, teller: &'static dyn Tells, telling: &Telling, at: Instant) -> Result<Option<Outgoing>> {
    if site.now().since(at) > TOO_OLD || teller.has_mailed(telling.reason) || !choice_of(&site.db, telling.member).await?.immediate {
        return Ok(None);
    }
    let Some(member) = site.people.member(&site.db, &site.bus, telling.member).await? else { return Ok(None) };
    let reader = Reader::of(member, None);
    let Some(described) = teller.describe(site, &reader, &telling.thing).await? else { return Ok(None) };
    let notice = Notice { id: 0, domain: teller.domain().into(), reason: telling.reason.into(), thing: telling.thing.clone(), at };
    notice_mail::planned(site, &reader, telling, teller.domain(), at, &Shown { notice, described }).await
}

impl Step for Tellings {
    fn is_empty(&self) -> bool {
        self.told.is_empty() && self.replan.is_empty()
    }

    async fn run(&self, tx: &Tx) -> Result<()> {
        for member in &self.replan {
            acts::replan(tx, MemberId(*member), false).await?;
        }
        for told in &self.told {
            let Telling { member, reason, thing } = &told.telling;
            let written = tx
                .write_returning::<Written>(
                    "INSERT INTO notification (member, domain, reason, thing, entry, at) VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (member, domain, thing) DO NOTHING RETURNING id",
                    values![*member, told.domain, *reason, thing.clone(), told.entry, told.at],
                )
                .await?;
            let Some(written) = written.first() else { continue };
            tx.record(None, &Notify::Noticed { member: member.0, notice: written.id }).await?;
            if let Some(mail) = &told.mail {
                mail::queue(tx, mail).await?;
            }
        }
        Ok(())
    }
}

#[derive(sea_orm::FromQueryResult)]
struct Written {
    id: i64,
}
