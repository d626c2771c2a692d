//! Changing a Space: its words, rules and layer; its place in the list; archiving it; letting people go.

use crate::error::{Error, Result};
use crate::forum::kinds::Forum;
use crate::forum::manage::{ManagedSpace, SpaceText, held, managed};
use crate::forum::{SpaceId, SpaceRules, may_manage};
use crate::journal::{Act, MaybeId, Reads, Tx};
use crate::people::rights::Layer;
use crate::people::{MemberId, Reader};
use crate::values;

/// Saves a Space's settings. Its layer, and who may open Dialogues, are for admins to change.
pub struct ChangeSpace {
    pub by: Reader,
    pub space: SpaceId,
    /// Which version was looked at.
    pub version: i64,
    pub layer: Layer,
    pub language: String,
    pub rules: SpaceRules,
    /// At least one.
    pub texts: Vec<SpaceText>,
}

impl Act for ChangeSpace {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let old = seen(tx, &self.by, self.space).await?;
        if old.version != self.version {
            return Err(Error::conflict("wrong-space-changed"));
        }
        let is_admins = old.layer != self.layer || old.may_open != self.rules.may_open;
        if is_admins && !self.by.is_admin() {
            return Err(Error::NotAllowed);
        }
        tx.write(
            "UPDATE space SET layer = $2, language = $3, may_start = $4, may_reply = $5, may_schedule = $6, may_open = $7, version = version + 1
             WHERE id = $1",
            values![
                self.space,
                self.layer,
                self.language.clone(),
                self.rules.may_start,
                self.rules.may_reply,
                self.rules.may_schedule,
                self.rules.may_open
            ],
        )
        .await?;
        tx.write("DELETE FROM space_text WHERE space = $1", values![self.space]).await?;
        for text in &self.texts {
            let sql = "INSERT INTO space_text (space, language, title, purpose) VALUES ($1, $2, $3, $4)";
            tx.write(sql, values![self.space, text.language, text.title.clone(), text.purpose.clone()]).await?;
        }
        // Whoever makes a Space private stays in it.
        if self.layer == Layer::Private && old.layer != Layer::Private {
            let by = self.by.signed_in()?.id;
            let sql = "INSERT INTO space_person (space, member, moderates) VALUES ($1, $2, TRUE) ON CONFLICT (space, member) DO NOTHING";
            tx.write(sql, values![self.space, by]).await?;
        }
        let is_private = old.layer == Layer::Private && self.layer == Layer::Private;
        changed(tx, &self.by, self.space, is_private).await
    }
}

/// Moves a Space one place up or down in the list.
pub struct MoveSpace {
    pub by: Reader,
    pub space: SpaceId,
    pub is_up: bool,
}

impl Act for MoveSpace {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let space = seen(tx, &self.by, self.space).await?;
        let mut order: Vec<i64> = tx.column("SELECT id FROM space ORDER BY position, id LIMIT 500", values![]).await?;
        let at = order.iter().position(|id| *id == self.space.0).ok_or(Error::NotFound)?;
        let to = if self.is_up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < order.len()) };
        let Some(to) = to else { return Ok(()) };
        order.swap(at, to);
        for (position, id) in (1i64..).zip(order) {
            tx.write("UPDATE space SET position = $2 WHERE id = $1 AND position <> $2", values![id, position]).await?;
        }
        changed(tx, &self.by, self.space, space.layer == Layer::Private).await
    }
}

/// Archives a Space, or opens it again. What is still ahead in it has to be ended first.
pub struct ArchiveSpace {
    pub by: Reader,
    pub space: SpaceId,
    pub is_archived: bool,
}

impl Act for ArchiveSpace {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        if !self.by.is_admin() {
            return Err(Error::NotAllowed);
        }
        let space = seen(tx, &self.by, self.space).await?;
        if space.archived_at.is_some() == self.is_archived {
            return Ok(());
        }
        let held = held(tx, self.space, tx.now()).await?;
        if self.is_archived && held.ahead > 0 {
            return Err(Error::conflict("wrong-space-busy"));
        }
        let at = MaybeId(self.is_archived.then(|| tx.now().micros()));
        tx.write("UPDATE space SET archived_at = $2, version = version + 1 WHERE id = $1", values![self.space, at]).await?;
        changed(tx, &self.by, self.space, space.layer == Layer::Private).await
    }
}

/// Lets somebody go from a Space: from the people of a private one, or from its Moderators.
pub struct RemoveSpacePerson {
    pub by: Reader,
    pub space: SpaceId,
    pub member: MemberId,
}

impl Act for RemoveSpacePerson {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let space = seen(tx, &self.by, self.space).await?;
        let others = "SELECT member FROM space_person WHERE space = $1 AND member <> $2 AND moderates LIMIT 1";
        if space.layer == Layer::Private && tx.value::<i64>(others, values![self.space, self.member]).await?.is_none() {
            return Err(Error::conflict("wrong-space-last-moderator"));
        }
        tx.write("DELETE FROM space_person WHERE space = $1 AND member = $2", values![self.space, self.member]).await?;
        let entry = Forum::SpacePeopleChanged { space: self.space.0, member: self.member.0 };
        tx.record(self.by.id().map(|by| by.0), &entry).await.map(|_| ())
    }
}

async fn seen(tx: &Tx, by: &Reader, id: SpaceId) -> Result<ManagedSpace> {
    let space = managed(tx, id).await?;
    may_manage(by, space.place())?;
    Ok(space)
}

async fn changed(tx: &Tx, by: &Reader, space: SpaceId, is_private: bool) -> Result<()> {
    tx.record(by.id().map(|by| by.0), &Forum::SpaceChanged { space: space.0, is_private }).await.map(|_| ())
}
