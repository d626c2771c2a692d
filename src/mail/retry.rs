//! When a mail that could not be handed over is tried again. Pure.

use chrono::Duration;

use crate::clock::Instant;

/// After so many attempts, about five days, a mail counts as failed: a server that is away for days comes back.
const GIVE_UP: i64 = 36;
/// The first pause; each further one is twice as long.
const FIRST: i64 = 60;
/// The longest pause, in seconds.
const LONGEST: i64 = 4 * 60 * 60;
/// What waits longer than this before its first attempt, or happened longer ago than this, comes from a seed or an import:
/// it is kept, not sent.
pub const TOO_OLD: Duration = Duration::days(1);
/// How long a claim holds. Longer than any attempt can take, so that nobody else tries meanwhile.
pub const LEASE: Duration = Duration::minutes(5);
/// How long one attempt may take in all.
pub const ATTEMPT: std::time::Duration = std::time::Duration::from_secs(90);

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// Not handed to SMTP: there is none, or the address may not get mail.
    Kept,
    /// Nothing to send any more.
    Dropped,
    /// The server refused it for now, was not there, or could not be heard: tried again.
    Later(String),
    /// The server refused it for good, or it cannot be made into a mail.
    Failed(String),
}

/// The next attempt after the `attempts`-th failed at `now`; `None`: give up.
pub fn next_attempt(attempts: i64, now: Instant) -> Option<Instant> {
    if attempts >= GIVE_UP {
        return None;
    }
    let doublings = u32::try_from((attempts - 1).clamp(0, 20)).unwrap_or(20);
    Some(now.plus(Duration::seconds((FIRST << doublings).min(LONGEST))))
}

/// Whether an address is one that is never handed to SMTP (RFC 2606).
pub fn is_example(email: &str) -> bool {
    let host = email.rsplit('@').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    host == "example" || host.ends_with(".example")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_four_hours_and_end_after_about_five_days() {
        let start = Instant::from_micros(0);
        let minutes = |attempts| next_attempt(attempts, start).map(|at| at.since(start).num_minutes());
        assert_eq!([1, 2, 3, 4].map(minutes), [Some(1), Some(2), Some(4), Some(8)]);
        assert_eq!(minutes(35), Some(240));
        assert_eq!(minutes(36), None);
        let all: i64 = (1..36).filter_map(minutes).sum();
        assert!((4 * 24 * 60..6 * 24 * 60).contains(&all), "{all} minutes");
    }

    #[test]
    fn example_addresses_are_known_in_any_spelling() {
        for address in ["a@graz.example", "a@x.EXAMPLE", "a@example", "a@b.example."] {
            assert!(is_example(address), "{address}");
        }
        for address in ["a@example.org", "a@notexample", "a.example@b.org"] {
            assert!(!is_example(address), "{address}");
        }
    }
}
