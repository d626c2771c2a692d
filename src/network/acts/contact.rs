//! Telling the host something, and saying that it is answered.

use crate::error::{Error, Result};
use crate::journal::{Act, MaybeId, Reads, Tx};
use crate::mail::{self, Outgoing};
use crate::network::contact::Said;
use crate::network::kinds::NetworkEntry;
use crate::people::{Language, MemberId};
use crate::values;

/// Puts a message into the queue and into the mail of those who look after it.
pub struct SendContact {
    pub by: Option<MemberId>,
    pub language: Language,
    pub said: Said,
    /// Written before the act, one for each who is told.
    pub mails: Vec<Outgoing>,
}

impl Act for SendContact {
    type Answer = i64;

    async fn run(&self, tx: &Tx) -> Result<i64> {
        let (by, said) = (self.by.map(|by| by.0), &self.said);
        let contact = tx
            .insert(
                "INSERT INTO contact (at, kind, member, name, email, language, about, text) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                values![tx.now(), said.kind, MaybeId(by), said.name.clone(), said.email.clone(), self.language, said.about.clone(), said.text.clone()],
            )
            .await?;
        for mail in &self.mails {
            mail::queue(tx, mail).await?;
        }
        tx.record(by, &NetworkEntry::ContactSent { contact, hosts: hosts(tx).await? }).await?;
        Ok(contact)
    }
}

/// Says that a message is answered, or that it waits again.
pub struct AnswerContact {
    pub by: MemberId,
    pub contact: i64,
    pub is_answered: bool,
}

impl Act for AnswerContact {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (at, by) = if self.is_answered { (Some(tx.now()), Some(self.by.0)) } else { (None, None) };
        let sql = "UPDATE contact SET answered_at = $2, answered_by = $3 WHERE id = $1";
        if tx.write(sql, values![self.contact, crate::clock::maybe(at), MaybeId(by)]).await? == 0 {
            return Err(Error::NotFound);
        }
        tx.record(Some(self.by.0), &NetworkEntry::ContactAnswered { contact: self.contact, hosts: hosts(tx).await? }).await.map(|_| ())
    }
}

/// Those who look after the queue.
async fn hosts(tx: &Tx) -> Result<Vec<i64>> {
    tx.column("SELECT id FROM member WHERE role = 'admin' AND erased_at IS NULL ORDER BY id LIMIT 100", vec![]).await
}
