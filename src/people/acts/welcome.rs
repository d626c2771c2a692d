//! What somebody says of themselves on their first visit.

use super::SaveProfile;
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::notify::{Choice, SetMailChoice};
use crate::people::membership::AskToJoin;
use crate::people::{Language, MemberId, OrganisationId, Theme};
use crate::values;

/// Saves language, zone, for whom they speak and when their digest comes; and asks to belong to an Organisation.
pub struct FirstVisit {
    pub by: MemberId,
    pub language: Language,
    pub zone: chrono_tz::Tz,
    pub speaks_for: Option<OrganisationId>,
    /// The Organisation they ask to belong to.
    pub ask: Option<OrganisationId>,
    pub choice: Choice,
}

impl Act for FirstVisit {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let rows = tx.rows("SELECT name, about, theme FROM member WHERE id = $1", values![self.by]).await?;
        let row = rows.first().ok_or(Error::NotFound)?;
        let (name, about, theme): (String, String, Theme) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let (by, language, zone, speaks_for) = (self.by, self.language, self.zone, self.speaks_for);
        SaveProfile { by, name, about, language, zone, theme, speaks_for }.run(tx).await?;
        SetMailChoice { member: by, choice: self.choice }.run(tx).await?;
        if let Some(organisation) = self.ask {
            match (AskToJoin { by, organisation, words: String::new() }).run(tx).await {
                // Confirmed in the meantime: nothing is left to ask.
                Ok(_) | Err(Error::Conflict(_)) => {}
                Err(Error::NotFound) => return Err(Error::field("ask", "wrong-organisation")),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
