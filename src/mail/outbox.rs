//! The outbox: rows written in the transaction of whatever caused them, each once by its key.

use super::Message;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{MaybeId, Tx};
use crate::people::MemberId;
use crate::values;

/// A mail to be sent.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// What makes it one mail: a second one with this key is not written.
    pub dedupe: String,
    pub member: Option<MemberId>,
    /// Its name in the gallery of mails.
    pub kind: &'static str,
    pub message: Message,
    /// Whether it holds a link that signs someone in.
    pub is_secret: bool,
    /// Not before this; `None`: at once.
    pub send_at: Option<Instant>,
}

/// Puts a mail into the outbox; whether it is new.
pub async fn queue(tx: &Tx, mail: &Outgoing) -> Result<bool> {
    let message = serde_json::to_string(&mail.message).map_err(Error::bug)?;
    let written = tx
        .write(
            "INSERT INTO outbox (dedupe, member, kind, recipient, subject, message_id, message, is_secret, created_at, send_at, state, attempts)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', 0) ON CONFLICT (dedupe) DO NOTHING",
            values![
                mail.dedupe.clone(),
                MaybeId(mail.member.map(|member| member.0)),
                mail.kind,
                mail.message.to.email.clone(),
                mail.message.subject.clone(),
                mail.message.message_id.clone(),
                message,
                mail.is_secret,
                tx.now(),
                mail.send_at.unwrap_or(tx.now()),
            ],
        )
        .await?;
    Ok(written == 1)
}
