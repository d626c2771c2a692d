//! Every limit, with its unit and its reason: what a stranger can send, how often, how much.
//! The host's guide is made from this file.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::{Quota, RateLimiter, clock::DefaultClock, state::keyed::DashMapStateStore};

use crate::error::{Error, Result};

/// Bytes of a request's body: a long Post in any script, with room to spare.
pub const BODY: usize = 256 * 1024;
/// Bytes of a logo as it is sent, and its pixels each way; it is made small.
pub const LOGO: usize = 4_000_000;
pub const LOGO_PIXELS: u32 = 6_000;
/// Characters of a message to the host.
pub const CONTACT: usize = 5_000;
/// Characters of a Post.
pub const POST: usize = 32_000;
/// Characters of a title.
pub const TITLE: usize = 200;
/// Characters of a person's or an Organisation's name.
pub const NAME: usize = 80;
/// Characters of a few words about oneself, an answer's reason, a card's text.
pub const SHORT_TEXT: usize = 1_000;
/// Characters of a password: argon2 hashes any length, but nobody's password is a book.
pub const PASSWORD: usize = 200;
/// The fewest characters of a password (NIST SP 800-63B).
pub const PASSWORD_LEAST: usize = 10;
/// Bytes of a message from a socket.
pub const SOCKET_MESSAGE: usize = 16 * 1024;
/// Messages that may wait for one socket before it is closed and has to resume.
pub const SOCKET_QUEUE: usize = 256;
/// Rooms on one socket.
pub const SOCKET_ROOMS: usize = 48;
/// Spaces whose Rooms a list across Spaces (home, the calendar, Dialogues) listens to, in their order; past that a list
/// stays as it was loaded.
pub const SPACES_HEARD: usize = 40;
/// Things in one answer of the live line; more are fetched with the number to go on from.
pub const LIVE_THINGS: usize = 500;
/// How long a link by mail can be used.
pub const LINK: chrono::Duration = chrono::Duration::hours(24);
/// How long a session lasts without use.
pub const SESSION: chrono::Duration = chrono::Duration::days(60);
/// How long a file with all one's data can be downloaded, and how long until another may be asked for.
pub const EXPORT_KEPT: chrono::Duration = chrono::Duration::days(7);
pub const EXPORT_AGAIN: chrono::Duration = chrono::Duration::hours(1);
/// How long one can change one's mind before one's account is erased.
pub const ERASURE: chrono::Duration = chrono::Duration::days(7);
/// How long after signing in, or proving it again, one is believed to be oneself before what is dangerous.
pub const PROOF: chrono::Duration = chrono::Duration::minutes(10);
/// How long the old address can take a change of address back.
pub const ADDRESS_UNDO: chrono::Duration = chrono::Duration::days(7);
/// How long it is kept what was done with an account.
pub const EVENTS_KEPT: chrono::Duration = chrono::Duration::days(365);

/// People of one pasted list of invitations: a network's first week in one go.
pub const INVITED_AT_ONCE: usize = 300;
/// How far ahead an invitation can end.
pub const INVITATION: chrono::Duration = chrono::Duration::days(366);

/// Notices counted and listed at once; a bell that says more than this helps nobody.
pub const NOTICES: usize = 100;
/// Things in a digest: what one reads with a coffee.
pub const DIGEST_ITEMS: usize = 12;
/// Bytes of a digest's HTML: some mail programs cut what is longer.
pub const DIGEST_BYTES: usize = 100_000;
/// How far back a first digest looks, and how far any does: older things are no news.
pub const DIGEST_FIRST: chrono::Duration = chrono::Duration::days(7);
pub const DIGEST_BACK: chrono::Duration = chrono::Duration::days(14);
/// How long mail that goes at once is held back, for people who are reading on the site right now.
pub const HELD_BACK: chrono::Duration = chrono::Duration::minutes(2);

/// What is counted. People behind one address (an office, Tor) share it: slow, never a ban.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Guesses of a password, by address and account together.
    SignIn,
    /// Links and confirmations asked for, by address.
    MailAsked,
    /// New accounts, by address.
    Register,
    /// Posts, cards, contributions, messages: whatever a Member writes.
    Write,
    /// Mails to people who are invited, by whoever invites.
    Invite,
    /// Messages to the host, by address.
    Contact,
    /// New sockets, by address.
    Socket,
    /// Messages on one socket.
    SocketMessage,
}

impl Counted {
    /// How many at once, and how long until one more is free.
    const fn quota(self) -> (u32, Duration) {
        match self {
            Self::SignIn => (10, Duration::from_secs(20)),
            Self::MailAsked => (10, Duration::from_secs(60)),
            Self::Register => (10, Duration::from_secs(60)),
            Self::Write => (30, Duration::from_secs(2)),
            Self::Invite => (600, Duration::from_secs(20)),
            Self::Contact => (5, Duration::from_secs(120)),
            Self::Socket => (120, Duration::from_millis(500)),
            Self::SocketMessage => (60, Duration::from_millis(100)),
        }
    }
}

type Keyed = RateLimiter<String, DashMapStateStore<String>, DefaultClock>;

/// The counters, in memory; `None` where limits are off.
#[derive(Clone)]
pub struct Limits(Option<Arc<[(Counted, Keyed)]>>);

impl Limits {
    pub fn new(on: bool) -> Self {
        use Counted::{Contact, Invite, MailAsked, Register, SignIn, Socket, SocketMessage, Write};
        let all = [Contact, SignIn, MailAsked, Register, Write, Invite, Socket, SocketMessage];
        let counters = all.into_iter().filter_map(|counted| {
            let (burst, period) = counted.quota();
            let quota = Quota::with_period(period)?.allow_burst(NonZeroU32::new(burst)?);
            Some((counted, RateLimiter::keyed(quota)))
        });
        Self(on.then(|| counters.collect()))
    }

    /// Counts one; [`Error::TooFast`] says after how many seconds to try again.
    pub fn count(&self, counted: Counted, key: impl ToString) -> Result<()> {
        self.count_many(counted, key, NonZeroU32::MIN)
    }

    /// Counts several at once, all or none.
    pub fn count_many(&self, counted: Counted, key: impl ToString, many: NonZeroU32) -> Result<()> {
        let Some(counters) = &self.0 else { return Ok(()) };
        let Some((_, counter)) = counters.iter().find(|(known, _)| *known == counted) else { return Ok(()) };
        if counter.len() > 50_000 {
            counter.retain_recent();
        }
        let wait = || Error::TooFast(counted.quota().1.as_secs().max(1).saturating_mul(many.get().into()));
        counter.check_key_n(&key.to_string(), many).map_err(|_| wait())?.map_err(|_| wait())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_let_through_and_then_slowed_for_that_key_alone() {
        let limits = Limits::new(true);
        for _ in 0..10 {
            assert!(limits.count(Counted::SignIn, "one").is_ok());
        }
        assert!(matches!(limits.count(Counted::SignIn, "one"), Err(Error::TooFast(20))));
        assert!(limits.count(Counted::SignIn, "two").is_ok());
        assert!(limits.count(Counted::Register, "one").is_ok());
        let many = |n| limits.count_many(Counted::Invite, "one", NonZeroU32::new(n).unwrap());
        assert!(many(300).is_ok() && many(300).is_ok());
        assert!(matches!(many(2), Err(Error::TooFast(40))));
        assert!(many(601).is_err(), "more than ever fits");
    }
}
