//! The mails of joining and signing in.

use askama::Template;

use crate::app::Site;
use crate::error::Result;
use crate::mail::{Address, Message, Outgoing, message_id};
use crate::people::{Language, MemberId};
use crate::secret;
use crate::web::Words;

/// A short mail with one link in it.
#[derive(Template)]
#[template(path = "mail/link.html")]
struct LinkHtml<'a> {
    words: Words,
    site_name: &'a str,
    base_url: &'a str,
    greeting: String,
    what: String,
    button: String,
    link: String,
    why: String,
    foot: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "mail/link.txt", escape = "none")]
struct LinkText<'a> {
    site_name: &'a str,
    base_url: &'a str,
    greeting: String,
    what: String,
    link: String,
    why: String,
    foot: Vec<(String, String)>,
}

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
        let network = site.network().await?;
        let language = network.speaks(language);
        let words = Words(language);
        let key = |part: &str| format!("{}-{part}", self.key());
        let site_name = network.name(language);
        let base_url = &site.settings.base_url;
        let link = format!("{base_url}/{}/{token}", self.path());
        let greeting = words.t1("mail-greeting", "name", &to.name);
        let what = words.t1(&key("what"), "site", site_name);
        let why = words.t1(&key("why"), "site", site_name);
        let foot = network.foot(words, base_url);
        let text = LinkText { site_name, base_url, greeting: greeting.clone(), what: what.clone(), link: link.clone(), why: why.clone(), foot: foot.clone() }.render()?;
        let html = LinkHtml { words, site_name, base_url, greeting, what, button: words.t(key("button")), link, why, foot }.render()?;
        // Once a link: the key of the row must not tell the token, so it is the hash.
        let dedupe = format!("link:{}", secret::hashed(token));
        let message = Message {
            subject: words.t1(&key("subject"), "site", site_name),
            language: language.word().into(),
            text,
            html,
            calendar: None,
            headers: Vec::new(),
            message_id: message_id(&dedupe, site.settings.host()),
            to,
        };
        Ok(Outgoing { dedupe, member, kind: self.key(), message, is_secret: true, send_at: None })
    }
}
