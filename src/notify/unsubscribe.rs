//! Links that stop one kind of mail, and the one to all choices: bound to one Member and one purpose by a signature. They
//! need no signing in, and sign nobody in.

use crate::app::Site;
use crate::people::MemberId;
use crate::word_enum;

word_enum! {
    /// A kind of mail that can be stopped by itself.
    List { Digest = "digest", Immediate = "immediate" }
}

const STOP: &str = "unsubscribe";
const CHOOSE: &str = "mail-choice";

/// The path that stops a kind of mail.
pub fn stop_path(site: &Site, member: MemberId, list: List) -> String {
    format!("/unsubscribe/{member}/{list}/{}", site.secret.sign(STOP, &format!("{member}:{list}")))
}

/// The path to everything a Member can choose about mail.
pub fn choose_path(site: &Site, member: MemberId) -> String {
    format!("/mail-choice/{member}/{}", site.secret.sign(CHOOSE, &member.to_string()))
}

pub fn may_stop(site: &Site, member: MemberId, list: List, signature: &str) -> bool {
    site.secret.verify(STOP, &format!("{member}:{list}"), signature)
}

pub fn may_choose(site: &Site, member: MemberId, signature: &str) -> bool {
    site.secret.verify(CHOOSE, &member.to_string(), signature)
}

/// The headers of a mail that can be stopped (RFC 2369, RFC 2919, RFC 8058).
pub fn headers(site: &Site, site_name: &str, member: MemberId, list: List) -> Vec<(String, String)> {
    let host = site.settings.host().split(':').next().unwrap_or("localhost").to_owned();
    let stop = format!("<{}{}>", site.settings.base_url, stop_path(site, member, list));
    [
        ("List-Id", format!("{} <{list}.{host}>", site_name.replace(['<', '>', '"'], ""))),
        ("List-Unsubscribe", stop),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()),
        ("Precedence", "bulk".into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}
