//! Read marks: which Posts a Member has had on their screen. Reading never goes backwards with two tabs.

use crate::error::Result;
use crate::forum::kinds::Forum;
use crate::forum::tells::thing_of;
use crate::forum::{PostId, ReadSet, TopicId, topic};
use crate::journal::{Act, Kind, Reads, Tx};
use crate::people::Reader;
use crate::values;

/// Marks Posts of a Topic as read.
pub struct MarkRead {
    pub by: Reader,
    pub topic: TopicId,
    pub numbers: Vec<i64>,
}

impl Act for MarkRead {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let member = self.by.signed_in()?.id;
        let topic = topic(tx, &self.by, self.topic).await?;
        let sql = "SELECT numbers FROM topic_read WHERE member = $1 AND topic = $2";
        let text: Option<String> = tx.value(sql, values![member, self.topic]).await?;
        let known = text.map(|text| ReadSet::parse(&text)).unwrap_or_default();
        let mut read = known.clone();
        let numbers: Vec<i64> = self.numbers.iter().copied().filter(|number| *number <= topic.posts).collect();
        read.insert(&numbers);
        if read == known {
            return Ok(());
        }
        tx.write(
            "INSERT INTO topic_read (member, topic, numbers, amount, at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (member, topic) DO UPDATE SET numbers = excluded.numbers, amount = excluded.amount, at = excluded.at",
            values![member, self.topic, read.to_string(), read.len(), tx.now()],
        )
        .await?;
        let new: Vec<String> = numbers.iter().filter(|number| !known.contains(**number)).map(ToString::to_string).collect();
        let sql = format!("SELECT id FROM post WHERE topic = $1 AND number IN ({})", new.join(", "));
        let posts: Vec<PostId> = tx.column(&sql, values![self.topic]).await?;
        let things: Vec<String> = posts.into_iter().map(thing_of).collect();
        crate::notify::things_read(tx, member, Forum::DOMAIN, &things).await?;
        tx.record(Some(member.0), &Forum::TopicRead { topic: self.topic.0, member: member.0 }).await.map(|_| ())
    }
}
