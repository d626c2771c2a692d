//! Tidying up: what is kept for a time only goes when its time is over.

use std::time::Duration;

use crate::app::Site;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Act, Compact, Tx};
use crate::people::EndStaleSessions;
use crate::values;

/// How often it is looked at.
const PERIOD: Duration = Duration::from_secs(600);
/// How long passing entries (read marks) stay in the journal.
const PASSING: chrono::Duration = chrono::Duration::days(1);
/// How long the digest of a form is kept, and a link after its end.
const WEEK: chrono::Duration = chrono::Duration::days(7);

/// Runs until the program stops.
pub async fn tidy(site: Site) {
    loop {
        tokio::select! {
            () = site.stop.cancelled() => return,
            () = tokio::time::sleep(PERIOD) => {}
        }
        if let Err(error) = tidy_once(&site).await {
            tracing::warn!("tidying up: {error}");
        }
    }
}

/// One round.
pub async fn tidy_once(site: &Site) -> Result<()> {
    let now = site.now();
    while site.note(Compact { before: now.minus(PASSING) }).await? {}
    site.note(Expire { before: now.minus(WEEK) }).await?;
    while site.write(EndStaleSessions { before: now.minus(crate::limits::SESSION) }).await? {}
    Ok(())
}

/// Drops old lines of what was done with accounts, the digests of forms, and links that ended, from before a moment.
struct Expire {
    before: Instant,
}

impl Act for Expire {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        tx.write("DELETE FROM form_key WHERE at < $1", values![self.before]).await?;
        tx.write("DELETE FROM account_event WHERE at < $1", values![tx.now().minus(crate::limits::EVENTS_KEPT)]).await?;
        tx.write("DELETE FROM link WHERE expires_at < $1", values![self.before]).await.map(|_| ())
    }
}
