//! What admins do with the outbox: have a mail tried again at once, or give it up.

use super::kinds::Mail;
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::people::MemberId;
use crate::values;

/// Has a mail that was refused, or could not be handed over, tried again at once.
pub struct RetryMail {
    pub by: MemberId,
    pub mail: i64,
}

/// Gives a mail up that has not gone out.
pub struct DropMail {
    pub by: MemberId,
    pub mail: i64,
}

impl Act for RetryMail {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        there(tx, self.mail).await?;
        // What is only planned ahead waits for its moment.
        let sql = "UPDATE outbox SET state = 'waiting', send_at = $2, attempts = 0 WHERE id = $1 AND (state = 'failed' OR (state = 'waiting' AND attempts > 0))";
        if tx.write(sql, values![self.mail, tx.now()]).await? == 0 {
            return Err(Error::conflict("wrong-mail-state"));
        }
        tx.record(Some(self.by.0), &Mail::Retried { mail: self.mail }).await.map(|_| ())
    }
}

impl Act for DropMail {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        there(tx, self.mail).await?;
        let sql = "UPDATE outbox SET state = 'dropped' WHERE id = $1 AND state IN ('failed', 'waiting')";
        if tx.write(sql, values![self.mail]).await? == 0 {
            return Err(Error::conflict("wrong-mail-state"));
        }
        tx.record(Some(self.by.0), &Mail::Dropped { mail: self.mail }).await.map(|_| ())
    }
}

async fn there(tx: &Tx, mail: i64) -> Result<()> {
    tx.value::<i64>("SELECT id FROM outbox WHERE id = $1", values![mail]).await?.map(|_| ()).ok_or(Error::NotFound)
}
