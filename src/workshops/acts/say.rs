//! The chat of a room.

use crate::error::Result;
use crate::journal::{Act, FormKey, Tx};
use crate::people::Reader;
use crate::values;
use crate::workshops::kinds::Workshops;
use crate::workshops::room::admit;
use crate::workshops::{MessageId, WorkshopId, workshop};

/// Says something to everybody in the room.
pub struct SayInRoom {
    pub by: Reader,
    pub workshop: WorkshopId,
    pub words: String,
    pub key: FormKey,
}

impl Act for SayInRoom {
    type Answer = MessageId;

    async fn run(&self, tx: &Tx) -> Result<MessageId> {
        let by = self.by.signed_in()?.id;
        let workshop = workshop(tx, &self.by, self.workshop).await?;
        admit(tx, &self.by, &workshop).await?;
        if let Some(known) = tx.already(by.0, &self.key).await? {
            return Ok(MessageId(known));
        }
        let message = tx
            .insert(
                "INSERT INTO workshop_message (workshop, author, words, at) VALUES ($1, $2, $3, $4) RETURNING id",
                values![workshop.id, by, self.words.clone(), tx.now()],
            )
            .await?;
        tx.done(by.0, &self.key, message).await?;
        tx.record(Some(by.0), &Workshops::MessageAdded { message, workshop: workshop.id.0 }).await?;
        Ok(MessageId(message))
    }
}
