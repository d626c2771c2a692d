//! What an invitation leads into, by the names people know.

use super::Offer;
use crate::clock::Instant;
use crate::error::Result;
use crate::forum;
use crate::journal::Reads;
use crate::people::{Language, organisation, present};
use crate::web::Words;
use crate::workshops::workshop_for;

/// An offer in words.
#[derive(Clone, Debug, Default)]
pub struct Into {
    pub organisation: Option<String>,
    pub is_practitioner: bool,
    pub spaces: Vec<String>,
    /// Title and beginning.
    pub workshop: Option<(String, Instant)>,
}

/// Looks the names up; what is there no longer is left out.
pub async fn described(db: &impl Reads, language: Language, offer: &Offer) -> Result<Into> {
    let mut into = Into { is_practitioner: offer.is_practitioner, ..Into::default() };
    if let Some(id) = offer.organisation
        && let Some(id) = present(db, id).await?
    {
        into.organisation = organisation(db, id).await?.map(|known| known.name);
    }
    for space in &offer.spaces {
        if forum::managed(db, *space).await?.archived_at.is_some() {
            continue;
        }
        let texts = forum::space_texts(db, *space).await?;
        into.spaces.extend(texts.iter().find(|text| text.language == language).or(texts.first()).map(|text| text.title.clone()));
    }
    if let Some(workshop) = offer.workshop {
        into.workshop = workshop_for(db, language, workshop).await?.filter(|found| found.cancelled_at.is_none()).map(|found| (found.title, found.starts_at));
    }
    Ok(into)
}

impl Into {
    /// Each thing by its name.
    pub fn parts(&self, words: Words) -> Vec<String> {
        let practitioners = self.is_practitioner.then(|| words.t("invitation-practitioners"));
        let spaces = self.spaces.iter().map(|title| words.t1("invitation-space", "title", title));
        let workshop = self.workshop.as_ref().map(|(title, _)| words.t1("invitation-workshop", "title", title));
        self.organisation.iter().cloned().chain(practitioners).chain(spaces).chain(workshop).collect()
    }

    /// All of it in one line; empty where it gives an account alone.
    pub fn line(&self, words: Words) -> String {
        self.parts(words).join(" · ")
    }
}
