//! Changing a Space: its words, rules and layer; its place in the list; archiving it; letting people go.

use sea_orm::FromQueryResult;

use crate::error::{Error, Result};
use crate::forum::kinds::{Forum, PersonChange, SpaceChange};
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
        changed(tx, &self.by, self.space, is_private, SpaceChange::Settings).await
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
        // Past those of the same kind: archived Spaces stand in a list of their own.
        let archived: Vec<i64> = tx.column("SELECT id FROM space WHERE archived_at IS NOT NULL LIMIT 500", values![]).await?;
        let mut order: Vec<i64> = tx.column("SELECT id FROM space ORDER BY position, id LIMIT 500", values![]).await?;
        let at = order.iter().position(|id| *id == self.space.0).ok_or(Error::NotFound)?;
        let is_like = |to: &usize| archived.contains(&order[*to]) == space.archived_at.is_some();
        let to = if self.is_up { (0..at).rev().find(is_like) } else { (at + 1..order.len()).find(is_like) };
        let Some(to) = to else { return Ok(()) };
        let moved = order.remove(at);
        order.insert(to, moved);
        for (position, id) in (1i64..).zip(order) {
            tx.write("UPDATE space SET position = $2 WHERE id = $1 AND position <> $2", values![id, position]).await?;
        }
        changed(tx, &self.by, self.space, space.layer == Layer::Private, SpaceChange::Moved).await
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
        changed(tx, &self.by, self.space, space.layer == Layer::Private, if self.is_archived { SpaceChange::Archived } else { SpaceChange::Opened }).await
    }
}

/// Makes somebody who is named a Moderator, or one no longer.
pub struct ChangeSpacePerson {
    pub by: Reader,
    pub space: SpaceId,
    pub member: MemberId,
    pub moderates: bool,
}

impl Act for ChangeSpacePerson {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let space = seen(tx, &self.by, self.space).await?;
        if !self.moderates {
            keeps_a_moderator(tx, &space, self.member).await?;
        }
        let sql = "UPDATE space_person SET moderates = $3 WHERE space = $1 AND member = $2 RETURNING member";
        if tx.write_returning::<Named>(sql, values![self.space, self.member, self.moderates]).await?.is_empty() {
            return Err(Error::NotFound);
        }
        let what = if self.moderates { PersonChange::Moderates } else { PersonChange::Reads };
        let entry = Forum::SpacePeopleChanged { space: self.space.0, member: self.member.0, is_new: false, what: Some(what) };
        tx.record(self.by.id().map(|by| by.0), &entry).await.map(|_| ())
    }
}

#[derive(FromQueryResult)]
struct Named {
    #[expect(dead_code, reason = "whether there is a row is all that is asked")]
    member: MemberId,
}

/// A private Space without a Moderator could be helped by admins alone.
async fn keeps_a_moderator(tx: &Tx, space: &ManagedSpace, but: MemberId) -> Result<()> {
    let others = "SELECT member FROM space_person WHERE space = $1 AND member <> $2 AND moderates LIMIT 1";
    if space.layer == Layer::Private && tx.value::<i64>(others, values![space.id, but]).await?.is_none() {
        return Err(Error::conflict("wrong-space-last-moderator"));
    }
    Ok(())
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
        keeps_a_moderator(tx, &space, self.member).await?;
        tx.write("DELETE FROM space_person WHERE space = $1 AND member = $2", values![self.space, self.member]).await?;
        let entry = Forum::SpacePeopleChanged { space: self.space.0, member: self.member.0, is_new: false, what: Some(PersonChange::Removed) };
        tx.record(self.by.id().map(|by| by.0), &entry).await.map(|_| ())
    }
}

async fn seen(tx: &Tx, by: &Reader, id: SpaceId) -> Result<ManagedSpace> {
    let space = managed(tx, id).await?;
    may_manage(by, space.place())?;
    Ok(space)
}

async fn changed(tx: &Tx, by: &Reader, space: SpaceId, is_private: bool, what: SpaceChange) -> Result<()> {
    tx.record(by.id().map(|by| by.0), &Forum::SpaceChanged { space: space.0, is_private, what: Some(what) }).await.map(|_| ())
}
