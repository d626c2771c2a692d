//! Making a Space, and naming its people.

use crate::error::Result;
use crate::forum::kinds::{Forum, PersonChange};
use crate::forum::{SpaceId, SpaceRules};
use crate::journal::{Act, Reads, Tx};
use crate::people::rights::Layer;
use crate::people::{Language, MemberId};
use crate::values;

/// A new Space.
pub struct AddSpace {
    pub by: Option<MemberId>,
    pub layer: Layer,
    pub language: String,
    pub position: i64,
    pub rules: SpaceRules,
    /// Title and purpose, in each language they were written in; at least one.
    pub texts: Vec<(Language, String, String)>,
}

/// Names a Member of a Space, as one of its people or its Moderator; who is named already can only gain by it.
pub struct SetSpacePerson {
    pub by: Option<MemberId>,
    pub space: SpaceId,
    pub member: MemberId,
    pub moderates: bool,
}

impl Act for AddSpace {
    type Answer = SpaceId;

    async fn run(&self, tx: &Tx) -> Result<SpaceId> {
        let space = tx
            .insert(
                "INSERT INTO space (layer, language, position, may_start, may_reply, may_schedule, may_open, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                values![
                    self.layer,
                    self.language.clone(),
                    self.position,
                    self.rules.may_start,
                    self.rules.may_reply,
                    self.rules.may_schedule,
                    self.rules.may_open,
                    tx.now()
                ],
            )
            .await?;
        for (language, title, purpose) in &self.texts {
            let sql = "INSERT INTO space_text (space, language, title, purpose) VALUES ($1, $2, $3, $4)";
            tx.write(sql, values![space, *language, title.clone(), purpose.clone()]).await?;
        }
        tx.record(self.by.map(|by| by.0), &Forum::SpaceAdded { space, is_private: self.layer == Layer::Private }).await?;
        Ok(SpaceId(space))
    }
}

impl Act for SetSpacePerson {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let known: Option<i64> = tx.value("SELECT member FROM space_person WHERE space = $1 AND member = $2", values![self.space, self.member]).await?;
        tx.write(
            "INSERT INTO space_person (space, member, moderates) VALUES ($1, $2, $3)
             ON CONFLICT (space, member) DO UPDATE SET moderates = (space_person.moderates OR excluded.moderates)",
            values![self.space, self.member, self.moderates],
        )
        .await?;
        let what = if self.moderates { PersonChange::Moderates } else { PersonChange::Added };
        tx.record(self.by.map(|by| by.0), &Forum::SpacePeopleChanged { space: self.space.0, member: self.member.0, is_new: known.is_none(), what: Some(what) }).await.map(|_| ())
    }
}
