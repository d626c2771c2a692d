//! Changing an Organisation, merging one that was entered twice, and adding many at once.

use super::AddOrganisation;
use crate::error::{Error, Result};
use crate::journal::{Act, MaybeId, Reads, Tx};
use crate::people::kinds::People;
use crate::people::organisations::HIGHEST;
use crate::people::{Level, MemberId, OrganisationId};
use crate::values;

/// Saves what is said of an Organisation.
pub struct ChangeOrganisation {
    pub by: MemberId,
    pub organisation: OrganisationId,
    /// Which version was looked at.
    pub version: i64,
    pub to: AddOrganisation,
}

impl Act for ChangeOrganisation {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (id, to) = (self.organisation, &self.to);
        let version: Option<i64> = tx.value("SELECT version FROM organisation WHERE id = $1 AND merged_into IS NULL", values![id]).await?;
        match version {
            None => return Err(Error::NotFound),
            Some(version) if version != self.version => return Err(Error::conflict("wrong-organisation-changed")),
            Some(_) => {}
        }
        fits_within(tx, Some(id), to.level, to.within).await?;
        // Those that were merged into it show its words where they still stand.
        tx.write(
            "UPDATE organisation SET name = $2, short_name = $3, kind = $4, level = $5, country = $6, standing = $7, version = version + 1
             WHERE id = $1 OR merged_into = $1",
            values![id, to.name.clone(), to.short_name.clone(), to.kind.clone(), to.level, to.country.clone(), to.standing.clone()],
        )
        .await?;
        tx.write("UPDATE organisation SET within = $2 WHERE id = $1", values![id, MaybeId(to.within.map(|id| id.0))]).await?;
        tx.record(Some(self.by.0), &People::OrganisationChanged { organisation: id.0 }).await.map(|_| ())
    }
}

/// Merges an Organisation into another one: its people, what lies within it, and its Stages of Dialogues go over. What was
/// written in its name shows the other's.
pub struct MergeOrganisation {
    pub by: MemberId,
    pub organisation: OrganisationId,
    pub into: OrganisationId,
}

impl Act for MergeOrganisation {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (from, into) = (self.organisation, self.into);
        let there = "SELECT id FROM organisation WHERE id = $1 AND merged_into IS NULL";
        if tx.value::<i64>(there, values![from]).await?.is_none() {
            return Err(Error::NotFound);
        }
        if from == into || tx.value::<i64>(there, values![into]).await?.is_none() {
            return Err(Error::field("into", "wrong-organisation"));
        }
        fits_merged(tx, from, into).await?;
        tx.write(
            "INSERT INTO membership (member, organisation, since) SELECT member, $2, since FROM membership WHERE organisation = $1
             ON CONFLICT (member, organisation) DO NOTHING",
            values![from, into],
        )
        .await?;
        tx.write(
            "INSERT INTO steward (organisation, member, since) SELECT $2, member, since FROM steward WHERE organisation = $1
             ON CONFLICT (organisation, member) DO NOTHING",
            values![from, into],
        )
        .await?;
        for sql in [
            "DELETE FROM steward WHERE organisation = $1 AND $2 > 0",
            "UPDATE membership_question SET organisation = $2 WHERE organisation = $1",
            "DELETE FROM membership WHERE organisation = $1 AND $2 > 0",
            "UPDATE member SET speaks_for = $2 WHERE speaks_for = $1",
            "UPDATE stage SET organisation = $2 WHERE organisation = $1",
            "UPDATE organisation SET within = $2 WHERE within = $1 AND id <> $2",
            "UPDATE organisation SET within = NULL WHERE id = $2 AND within = $1",
            "UPDATE organisation SET merged_into = $2 WHERE merged_into = $1",
        ] {
            tx.write(sql, values![from, into]).await?;
        }
        tx.write(
            "UPDATE organisation SET merged_into = $2, within = NULL, version = version + 1,
                 name = (SELECT o.name FROM organisation o WHERE o.id = $2), short_name = (SELECT o.short_name FROM organisation o WHERE o.id = $2),
                 kind = (SELECT o.kind FROM organisation o WHERE o.id = $2), level = (SELECT o.level FROM organisation o WHERE o.id = $2),
                 country = (SELECT o.country FROM organisation o WHERE o.id = $2), standing = (SELECT o.standing FROM organisation o WHERE o.id = $2)
             WHERE id = $1",
            values![from, into],
        )
        .await?;
        tx.record(Some(self.by.0), &People::OrganisationMerged { organisation: from.0, into: into.0 }).await.map(|_| ())
    }
}

/// What lay within the one that goes will lie within the one that stays: that must not be one of those, nor of a lower Level.
async fn fits_merged(tx: &Tx, from: OrganisationId, into: OrganisationId) -> Result<()> {
    let level: Level = tx.value("SELECT level FROM organisation WHERE id = $1", values![into]).await?.ok_or(Error::NotFound)?;
    let levels: Vec<Level> = tx.column("SELECT DISTINCT level FROM organisation WHERE within = $1 AND id <> $2 LIMIT 10", values![from, into]).await?;
    if levels.into_iter().any(|below| below > level) {
        return Err(Error::conflict("wrong-merge-level"));
    }
    let above = "SELECT within FROM organisation WHERE id = $1 AND within IS NOT NULL";
    let mut next: Option<OrganisationId> = tx.value(above, values![into]).await?;
    for step in 0..HIGHEST {
        let Some(known) = next else { return Ok(()) };
        if known == from && step > 0 {
            return Err(Error::conflict("wrong-merge-within"));
        }
        next = tx.value(above, values![known]).await?;
    }
    Ok(())
}

/// Adds Organisations in one write, all or none; `within` may name one that is added before it.
pub struct AddOrganisations {
    pub by: MemberId,
    /// Each with the place, in this list, of the one it lies within, if it is a new one.
    pub all: Vec<(AddOrganisation, Option<usize>)>,
}

impl Act for AddOrganisations {
    type Answer = Vec<OrganisationId>;

    async fn run(&self, tx: &Tx) -> Result<Vec<OrganisationId>> {
        let mut added: Vec<OrganisationId> = Vec::new();
        for (new, _) in &self.all {
            let there = "SELECT id FROM organisation WHERE name = $1 AND country = $2 AND merged_into IS NULL LIMIT 1";
            if tx.value::<i64>(there, values![new.name.clone(), new.country.clone()]).await?.is_some() {
                return Err(Error::field("name", "wrong-organisation-there"));
            }
            added.push(AddOrganisation { within: None, ..new.clone() }.added(tx, Some(self.by)).await?);
        }
        for ((new, at), id) in self.all.iter().zip(&added) {
            let within = at.and_then(|at| added.get(at).copied()).or(new.within);
            fits_within(tx, Some(*id), new.level, within).await?;
            tx.write("UPDATE organisation SET within = $2 WHERE id = $1", values![*id, MaybeId(within.map(|id| id.0))]).await?;
        }
        Ok(added)
    }
}

/// An Organisation lies within one of a higher Level (or the same: a union of cities), and never, by way of others, within
/// itself.
async fn fits_within(tx: &Tx, id: Option<OrganisationId>, level: Level, within: Option<OrganisationId>) -> Result<()> {
    let mut above = within;
    for step in 0..HIGHEST {
        let Some(known) = above else { return Ok(()) };
        if Some(known) == id {
            return Err(Error::field("within", "wrong-within-itself"));
        }
        let rows = tx.rows("SELECT level, within FROM organisation WHERE id = $1 AND merged_into IS NULL", values![known]).await?;
        let row = rows.first().ok_or_else(|| Error::field("within", "wrong-organisation"))?;
        if step == 0 && row.try_get_by_index::<Level>(0)? < level {
            return Err(Error::field("within", "wrong-within-level"));
        }
        above = row.try_get_by_index::<Option<i64>>(1)?.map(OrganisationId);
    }
    Err(Error::field("within", "wrong-within-itself"))
}
