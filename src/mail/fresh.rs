//! Mails that are looked at again when they are sent: what was read, deleted or may no longer be seen meanwhile is not in
//! them, and what changed is in them as it is now.

use super::Message;
use crate::app::Site;
use crate::error::Result;
use crate::live::BoxFuture;
use crate::people::MemberId;

/// A mail as it was planned.
#[derive(Clone, Debug)]
pub struct Planned {
    pub kind: String,
    pub dedupe: String,
    pub member: Option<MemberId>,
    pub message: Message,
}

/// A part that plans mails ahead and says what they hold at the moment they are sent.
pub trait Fresh: Send + Sync {
    /// The kinds of mail it looks after.
    fn kinds(&self) -> &'static [&'static str];

    /// The mail as it is right now; `None` where there is nothing to send any more. May be asked more than once.
    fn again<'a>(&'a self, site: &'a Site, planned: &'a Planned) -> BoxFuture<'a, Result<Option<Message>>>;
}
