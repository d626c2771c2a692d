//! Publishing the minutes: as a Topic in the Workshop's Space, with the decisions and actions kept as lines.

use crate::error::{Error, Result};
use crate::forum::{AddTopic, SpaceId, StartTopic, writable};
use crate::journal::{Act, FormKey, Tx};
use crate::people::Reader;
use crate::values;
use crate::web::Rendered;
use crate::workshops::kinds::Workshops;
use crate::workshops::rules::may_edit;
use crate::workshops::{WorkshopId, facilitator_ids, workshop};

/// Publishes the minutes, once.
pub struct PublishMinutes {
    pub by: Reader,
    pub workshop: WorkshopId,
    pub title: String,
    pub source: String,
    pub rendered: Rendered,
    /// Decisions and actions, a line each; they stand in `source` too.
    pub outcomes: Vec<String>,
    pub key: FormKey,
}

impl Act for PublishMinutes {
    /// The Topic's address.
    type Answer = String;

    async fn run(&self, tx: &Tx) -> Result<String> {
        let by = self.by.signed_in()?.id;
        let workshop = workshop(tx, &self.by, self.workshop).await?;
        may_edit(&self.by, workshop.space, &facilitator_ids(tx, workshop.id).await?)?;
        if let Some(href) = workshop.topic_href() {
            return if tx.already(by.0, &self.key).await?.is_some() { Ok(href) } else { Err(Error::conflict("wrong-minutes-published")) };
        }
        if workshop.opened_at.is_none() {
            return Err(Error::conflict("wrong-minutes-early"));
        }
        writable(workshop.archived_at)?;
        // Whoever may run a Workshop here leaves its minutes here, whoever may start Topics.
        let start = AddTopic(StartTopic {
            by: self.by.clone(),
            space: SpaceId(workshop.space),
            title: self.title.clone(),
            tags: String::new(),
            language: workshop.language.clone(),
            source: self.source.clone(),
            rendered: self.rendered.clone(),
            key: self.key.clone(),
        });
        let (topic, href) = start.run(tx).await?;
        tx.write("UPDATE workshop SET topic = $2, moves = moves + 1 WHERE id = $1", values![workshop.id, topic]).await?;
        for (position, words) in self.outcomes.iter().enumerate() {
            let sql = "INSERT INTO workshop_outcome (workshop, position, words) VALUES ($1, $2, $3)";
            tx.write(sql, values![workshop.id, position as i64, words.clone()]).await?;
        }
        let entry = Workshops::MinutesPublished { workshop: workshop.id.0, space: workshop.space, topic: topic.0 };
        tx.record(Some(by.0), &entry).await?;
        Ok(href)
    }
}
