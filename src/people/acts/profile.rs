//! What a Member says about themselves.

use crate::error::{Error, Result};
use crate::journal::{Act, MaybeId, Reads, Tx};
use crate::mail::{self, Outgoing};
use crate::people::account::events::{AccountEvent, By, note};
use crate::people::kinds::People;
use crate::people::membership::is_of;
use crate::people::{Language, MemberId, OrganisationId, SessionId, Theme, present};
use crate::values;

/// Saves a profile. One speaks for an Organisation that one belongs to.
pub struct SaveProfile {
    pub by: MemberId,
    pub name: String,
    pub about: String,
    pub language: Language,
    pub zone: chrono_tz::Tz,
    pub theme: Theme,
    pub speaks_for: Option<OrganisationId>,
}

impl Act for SaveProfile {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let speaks_for = match self.speaks_for {
            // A form may be older than a merge.
            Some(chosen) => Some(present(tx, chosen).await?.ok_or_else(|| Error::field("organisation", "wrong-organisation"))?),
            None => None,
        };
        if let Some(organisation) = speaks_for
            && !is_of(tx, organisation, self.by).await?
        {
            return Err(Error::field("organisation", "wrong-organisation-not-yours"));
        }
        let is_seen = self.is_seen(tx, speaks_for).await?;
        tx.write(
            "UPDATE member SET name = $2, about = $3, language = $4, zone = $5, theme = $6, speaks_for = $7 WHERE id = $1",
            values![
                self.by,
                self.name.clone(),
                self.about.clone(),
                self.language,
                self.zone.name(),
                self.theme,
                MaybeId(speaks_for.map(|id| id.0))
            ],
        )
        .await?;
        tx.record(Some(self.by.0), &People::ProfileChanged { member: self.by.0, is_seen }).await.map(|_| ())
    }
}

impl SaveProfile {
    /// Whether others can see what changes: not the language, the zone and the theme.
    async fn is_seen(&self, tx: &Tx, speaks_for: Option<OrganisationId>) -> Result<bool> {
        let rows = tx.rows("SELECT name, about, speaks_for FROM member WHERE id = $1", values![self.by]).await?;
        let Some(row) = rows.first() else { return Ok(true) };
        let (name, about): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let spoke_for: Option<i64> = row.try_get_by_index(2)?;
        Ok(name != self.name || about != self.about || spoke_for != speaks_for.map(|id| id.0))
    }
}

/// Sets a password and ends every other session.
pub struct SetPassword {
    pub by: MemberId,
    pub keep: Option<SessionId>,
    pub password_hash: String,
    /// Tells the owner, who may not have done it.
    pub mail: Option<Outgoing>,
}

impl Act for SetPassword {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        tx.write("UPDATE member SET password_hash = $2 WHERE id = $1", values![self.by, self.password_hash.clone()]).await?;
        note(tx, self.by, AccountEvent::PasswordChanged, By::Session(self.keep)).await?;
        if let Some(mail) = &self.mail {
            mail::queue(tx, mail).await?;
        }
        let keep = self.keep.map_or(0, |session| session.0);
        tx.write("DELETE FROM session WHERE member = $1 AND id <> $2", values![self.by, keep]).await?;
        tx.record(Some(self.by.0), &People::PasswordChanged { member: self.by.0 }).await.map(|_| ())
    }
}

/// Chooses the language of the interface.
pub struct SetLanguage {
    pub by: MemberId,
    pub language: Language,
}

impl Act for SetLanguage {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        tx.write("UPDATE member SET language = $2 WHERE id = $1", values![self.by, self.language]).await?;
        tx.record(Some(self.by.0), &People::ProfileChanged { member: self.by.0, is_seen: false }).await.map(|_| ())
    }
}
