//! The mail that invites one person of a list.

use std::sync::Arc;

use super::into::described;
use super::{Invitation, InvitationId, offer_of, one};
use crate::app::Site;
use crate::error::{Error, Result};
use crate::journal::Tx;
use crate::live::BoxFuture;
use crate::mail::{Address, Fresh, LinkText, Message, Outgoing, Planned, link_parts, message_id};
use crate::network::Network;
use crate::people::Member;
use crate::web::Words;

/// The name of this mail in the outbox and its gallery.
const KIND: &str = "invited";

/// What the site puts on these mails: acts own their data, so it is taken along.
#[derive(Clone, Debug)]
pub struct Letter(Arc<Head>);

#[derive(Debug)]
struct Head {
    network: Arc<Network>,
    base_url: String,
    host: String,
    /// Who invites, and where they live.
    who: String,
    zone: chrono_tz::Tz,
}

impl Letter {
    /// A mail in which this person invites.
    ///
    /// # Errors
    /// Those of looking the network up.
    pub async fn of(site: &Site, who: &Member) -> Result<Self> {
        Self::by(site, &who.name, who.zone).await
    }

    /// The same, of somebody with this name who lives in this zone.
    ///
    /// # Errors
    /// As above.
    pub async fn by(site: &Site, who: &str, zone: chrono_tz::Tz) -> Result<Self> {
        let settings = &site.settings;
        let head = Head { network: site.network().await?, base_url: settings.base_url.clone(), host: settings.host().to_owned(), who: who.to_owned(), zone };
        Ok(Self(Arc::new(head)))
    }

    /// The `mails`-th mail of an invitation, in its language, ready for the outbox.
    pub(super) async fn write(&self, tx: &Tx, to: &Invitation, mails: i64, token: &str) -> Result<Outgoing> {
        let head = &self.0;
        let language = head.network.speaks(to.language);
        let (words, site_name) = (Words(language), head.network.name(language));
        let open = offer_of(tx, to.id).await?.ok_or(Error::NotFound)?;
        let into = described(tx, language, &open.offer).await?.line(words);
        let mut what = words.t2("mail-invited-what", ("who", &head.who), ("site", site_name));
        if !into.is_empty() {
            what = format!("{what} {}", words.t1("mail-invited-into", "what", into));
        }
        what = format!("{what} {}", words.t1("mail-invited-until", "date", words.date(to.last_day(), head.zone)));
        let greeting = if to.name.is_empty() { words.t("mail-greeting-nameless") } else { words.t1("mail-greeting", "name", &to.name) };
        let text = LinkText {
            site_name,
            base_url: &head.base_url,
            greeting,
            what,
            link: format!("{}/invitations/{token}", head.base_url),
            why: words.t2("mail-invited-why", ("who", &head.who), ("site", site_name)),
            foot: head.network.foot(words, &head.base_url),
        };
        let (text, html) = link_parts(words, text, words.t("mail-invited-button"))?;
        let dedupe = format!("{KIND}:{}:{mails}", to.id);
        let message = Message {
            to: Address { name: to.name.clone(), email: to.email.clone() },
            subject: words.t2("mail-invited-subject", ("who", &head.who), ("site", site_name)),
            language: language.word().into(),
            text,
            html,
            calendar: None,
            headers: Vec::new(),
            message_id: message_id(&dedupe, &head.host),
        };
        Ok(Outgoing { dedupe, member: None, kind: KIND, message, is_secret: true, send_at: None })
    }
}

/// Invitations looked at again at the moment their mail is sent: not to whom it was withdrawn, and who has come.
pub struct Mails;

impl Fresh for Mails {
    fn kinds(&self) -> &'static [&'static str] {
        &[KIND]
    }

    fn again<'a>(&'a self, site: &'a Site, planned: &'a Planned) -> BoxFuture<'a, Result<Option<Message>>> {
        Box::pin(async move {
            let Some(id) = planned.dedupe.split(':').nth(1).and_then(|id| id.parse::<InvitationId>().ok()) else { return Ok(None) };
            let found = one(&site.db, id).await?;
            Ok(found.filter(|found| found.is_open(&site.now())).map(|_| planned.message.clone()))
        })
    }
}
