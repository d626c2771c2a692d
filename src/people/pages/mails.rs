//! The mails of joining and signing in.

use crate::app::Site;
use crate::error::Result;
use crate::mail::{Address, LinkText, Message, Outgoing, link_parts, message_id};
use crate::people::{Language, MemberId};
use crate::secret;
use crate::web::Words;
use crate::web::errors::encode;

/// Which mail, by the first half of its keys in the catalogue.
#[derive(Clone, Copy)]
pub enum LinkMail {
    Confirm,
    SignIn,
    /// Somebody registered with an address that has an account.
    Known,
}

impl LinkMail {
    const fn key(self) -> &'static str {
        match self {
            Self::Confirm => "mail-confirm",
            Self::SignIn => "mail-sign-in",
            Self::Known => "mail-known",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::SignIn | Self::Known => "sign-in",
        }
    }

    /// The mail with its link, ready for the outbox.
    pub async fn write(self, site: &Site, member: Option<MemberId>, to: Address, language: Language, token: &str) -> Result<Outgoing> {
        self.write_to(site, member, to, language, token, "").await
    }

    /// The same, with a path to go on to once the link was used; empty for none.
    pub async fn write_to(self, site: &Site, member: Option<MemberId>, to: Address, language: Language, token: &str, next: &str) -> Result<Outgoing> {
        // Once a link: the key of the row must not tell the token, so it is the hash.
        let dedupe = format!("link:{}", secret::hashed(token));
        let next = if next.is_empty() { String::new() } else { format!("?next={}", encode(next)) };
        let path = format!("/{}/{token}{next}", self.path());
        ShortMail { key: self.key(), path, told: Vec::new(), dedupe, is_secret: true }.write(site, member, to, language).await
    }
}

/// A mail with one sentence, one button and the reason why it comes: four messages of the catalogue, `key-subject`,
/// `-what`, `-button` and `-why`, each of which may name `$site`.
pub struct ShortMail {
    pub key: &'static str,
    /// Where the button leads, on this site.
    pub path: String,
    /// What the sentence names beside the site.
    pub told: Vec<(&'static str, String)>,
    /// What makes it one mail.
    pub dedupe: String,
    /// Whether its link lets somebody do something.
    pub is_secret: bool,
}

impl ShortMail {
    /// The mail, ready for the outbox.
    pub async fn write(self, site: &Site, member: Option<MemberId>, to: Address, language: Language) -> Result<Outgoing> {
        let network = site.network().await?;
        let language = network.speaks(language);
        let words = Words(language);
        let key = |part: &str| format!("{}-{part}", self.key);
        let site_name = network.name(language);
        let base_url = &site.settings.base_url;
        let link = format!("{base_url}{}", self.path);
        let greeting = words.t1("mail-greeting", "name", &to.name);
        let mut told = vec![("site", site_name.to_owned())];
        told.extend(self.told);
        let what = words.with(&key("what"), &told);
        let why = words.t1(&key("why"), "site", site_name);
        let (text, html) = link_parts(words, LinkText { site_name, base_url, greeting, what, link, why, foot: network.foot(words, base_url) }, words.t(key("button")))?;
        let message = Message {
            subject: words.t1(&key("subject"), "site", site_name),
            language: language.word().into(),
            text,
            html,
            calendar: None,
            headers: Vec::new(),
            message_id: message_id(&self.dedupe, site.settings.host()),
            to,
        };
        Ok(Outgoing { dedupe: self.dedupe, member, kind: self.key, message, is_secret: self.is_secret, send_at: None })
    }
}
