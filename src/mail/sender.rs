//! The sender: claims what is due, looks at it again where that is asked for, hands it over, and notes how it ended.

use std::time::Duration;

use futures_util::{StreamExt, stream};

use super::claim::{Claim, Claimed, Ended, is_due};
use super::retry::{Outcome, is_example};
use super::smtp::Smtp;
use super::{Message, Planned, compose};
use crate::app::{FRESH, Site};
use crate::error::{Error, Result};
use crate::journal::crash_at;
use crate::people::MemberId;

/// How often the outbox is looked at though the bus was silent: links and digests ring no bell.
const LOOK: Duration = Duration::from_secs(1);
/// How long after the bus rang the outbox is looked at: once for what comes close together.
const GATHER: Duration = Duration::from_millis(50);
/// Mails on their way at once.
const AT_ONCE: usize = 8;

/// Runs until the program stops.
pub async fn run(site: Site) {
    let smtp = site.settings.smtp_url.as_deref().and_then(|url| {
        Smtp::new(url).map_err(|why| tracing::error!("PLENARY_SMTP_URL: {why}; mail is kept in the mailbox")).ok()
    });
    let mut rings = site.bus.listen();
    loop {
        if let Err(error) = send_with(&site, smtp.as_ref()).await {
            tracing::warn!("mail: {error}");
        }
        tokio::select! {
            () = site.stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
            _ = rings.changed() => tokio::time::sleep(GATHER).await,
        }
    }
}

/// Sends (or keeps) everything that is due now; for commands and tests that do not run the sender.
pub async fn send_due(site: &Site) -> Result<()> {
    let smtp = site.settings.smtp_url.as_deref().map(Smtp::new).transpose().map_err(Error::Unavailable)?;
    send_with(site, smtp.as_ref()).await
}

async fn send_with(site: &Site, smtp: Option<&Smtp>) -> Result<()> {
    while !site.stop.is_cancelled() && is_due(&site.db, site.now()).await? {
        let claimed = site.note(Claim).await?;
        if claimed.is_empty() {
            return Ok(());
        }
        let ends = stream::iter(claimed).map(|row| attempt(site, smtp, row)).buffer_unordered(AT_ONCE);
        for ended in ends.collect::<Vec<Result<()>>>().await {
            // A row whose end could not be noted stays claimed until its lease runs out.
            if let Err(error) = ended {
                tracing::error!("mail: {error}");
            }
        }
    }
    Ok(())
}

async fn attempt(site: &Site, smtp: Option<&Smtp>, row: Claimed) -> Result<()> {
    let (outcome, sent) = match prepared(site, &row).await {
        Ok(Some((message, changed))) => (hand_over(site, smtp, &row, &message).await, changed.then_some(message)),
        Ok(None) => (Outcome::Dropped, None),
        Err(error @ Error::Unavailable(_)) => (Outcome::Later(error.to_string()), None),
        Err(error) => (Outcome::Failed(error.to_string()), None),
    };
    if let Outcome::Failed(_) = &outcome {
        // The server's words often hold the address: they are in the outbox, not in the log.
        tracing::warn!(mail = row.id, kind = row.kind, "a mail failed; why is in the outbox");
    }
    let sent = sent.map(|message| Ok::<_, Error>((message.to.email.clone(), message.subject.clone(), serde_json::to_string(&message).map_err(Error::bug)?)));
    site.note(Ended { row, outcome, sent: sent.transpose()? }).await
}

/// The mail as it goes out now, and whether that differs from what was planned.
async fn prepared(site: &Site, row: &Claimed) -> Result<Option<(Message, bool)>> {
    let message: Message = serde_json::from_str(&row.message).map_err(Error::bug)?;
    let Some(fresh) = FRESH.iter().find(|fresh| fresh.kinds().contains(&row.kind.as_str())) else { return Ok(Some((message, false))) };
    if row.is_past(site.now()) {
        return Ok(Some((message, false)));
    }
    let message_id = message.message_id.clone();
    let planned = Planned { kind: row.kind.clone(), dedupe: row.dedupe.clone(), member: row.member.map(MemberId), message };
    // However it is written anew, it stays the same mail.
    Ok(fresh.again(site, &planned).await?.map(|again| (Message { message_id, ..again }, true)))
}

async fn hand_over(site: &Site, smtp: Option<&Smtp>, row: &Claimed, message: &Message) -> Outcome {
    let Some(smtp) = smtp.filter(|_| !is_example(&message.to.email) && !row.is_past(site.now())) else { return Outcome::Kept };
    let mail = match compose(message, &site.settings.mail_from, row.created_at) {
        Ok(mail) => mail,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    crash_at("mail_before_send");
    let outcome = smtp.hand_over(mail).await;
    crash_at("mail_after_send");
    outcome
}
