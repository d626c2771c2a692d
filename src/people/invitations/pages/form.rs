//! What an invitation gives, as a form: the part that links and lists share.

use crate::app::Site;
use crate::error::{Error, Result};
use crate::forum::{self, SpaceId};
use crate::people::invitations::{Choices, Offer, offer, proposed_end};
use crate::people::{self, Reader};
use crate::secret;
use crate::web::Context;
use crate::workshops::{self, Which};

/// Workshops to choose from.
const WORKSHOPS: u64 = 100;

/// The form as it was sent: pairs, for several Spaces can be chosen.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct OfferForm(pub Vec<(String, String)>);

impl OfferForm {
    /// A new one, as it is proposed.
    pub fn proposed(context: &Context) -> Self {
        let zone = context.reader.zone;
        let pairs = [
            ("language", context.reader.language.word().to_owned()),
            ("ends", proposed_end(context.site.now(), zone)),
            ("uses", "20".to_owned()),
            ("key", secret::token()),
        ];
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether a Space is among those chosen.
    pub fn has_space(&self, id: &SpaceId) -> bool {
        self.0.iter().any(|(name, value)| name == "space" && *value == id.to_string())
    }

    /// What it means.
    pub fn checked(&self, choices: &Choices, context: &Context) -> Result<Offer> {
        offer(&self.0, choices, context.site.now(), context.reader.zone).map_err(Error::Invalid)
    }

    /// Everything but what is pasted, to be sent along once more.
    pub fn carried(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter().filter(|(name, _)| !matches!(name.as_str(), "table" | "file" | "sure"))
    }
}

/// What there is to choose from.
pub async fn choices(site: &Site, reader: &Reader) -> Result<Choices> {
    let db = &site.db;
    let organisations = people::organisations(db).await?;
    let mut spaces = forum::all_spaces(db, reader).await?;
    spaces.retain(|space| space.archived_at.is_none());
    let mut ahead = workshops::workshops(db, reader, Which::Ahead, None, site.now(), None, WORKSHOPS).await?;
    ahead.retain(|workshop| workshop.cancelled_at.is_none());
    Ok(Choices { organisations, spaces, workshops: ahead })
}
