//! The one place that decides: may this reader do this to that. The same rule exists once more as SQL, for lists.

use super::{OrganisationId, Reader};
use crate::error::{Error, Result};
use crate::word_enum;

word_enum! {
    /// Who a Space is for.
    Layer { Public = "public", Practitioners = "practitioners", Private = "private" }
}

/// Where a thing lives, as far as rights go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub space: i64,
    pub layer: Layer,
}

/// Whether the reader may know that things of this place exist.
pub fn may_read(reader: &Reader, place: Place) -> bool {
    match place.layer {
        Layer::Public => true,
        Layer::Practitioners => reader.is_practitioner() || reader.is_admin(),
        Layer::Private => reader.member.as_ref().is_some_and(|member| member.named_in.contains(&place.space)),
    }
}

/// The rule of [`may_read`] as a condition over a row of `space` called `alias`. Holds numbers only, no text.
pub fn readable(reader: &Reader, alias: &str) -> String {
    let mut layers = vec![format!("{alias}.layer = 'public'")];
    if reader.is_practitioner() || reader.is_admin() {
        layers.push(format!("{alias}.layer = 'practitioners'"));
    }
    if let Some(member) = reader.member.as_ref().filter(|member| !member.named_in.is_empty()) {
        let mut spaces: Vec<String> = member.named_in.iter().map(ToString::to_string).collect();
        spaces.sort();
        layers.push(format!("({alias}.layer = 'private' AND {alias}.id IN ({}))", spaces.join(", ")));
    }
    format!("({})", layers.join(" OR "))
}

/// Whether the reader may write at all: whoever is silenced reads, and keeps their own account.
pub fn may_write(reader: &Reader) -> Result<()> {
    if reader.silence().is_some() { Err(Error::Silenced) } else { Ok(()) }
}

/// What one may not read does not exist.
pub fn visible(reader: &Reader, place: Place) -> Result<()> {
    if may_read(reader, place) { Ok(()) } else { Err(Error::NotFound) }
}

/// Whether the reader looks after an Organisation: its Stewards, and admins.
pub fn may_steward(reader: &Reader, organisation: OrganisationId) -> bool {
    reader.is_admin() || reader.member.as_ref().is_some_and(|member| member.stewards.contains(&organisation))
}

/// Who a route admits at all; what it does with an object is decided there, by the functions above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Anybody, as far as the thing itself lets them see it.
    Everyone,
    /// Somebody who signed in.
    Member,
    /// Somebody whom the network confirmed.
    Practitioner,
    /// Somebody who keeps order on the whole site.
    Moderator,
    Admin,
    /// Whoever holds the token in the address; no cookie counts.
    ByToken,
}

impl Who {
    /// Lets the reader pass, or says why not.
    pub fn admit(self, reader: &Reader) -> Result<()> {
        let passes = match self {
            Self::Everyone | Self::ByToken => return Ok(()),
            Self::Member => true,
            Self::Practitioner => reader.is_practitioner() || reader.is_admin(),
            Self::Moderator => reader.moderates(0),
            Self::Admin => reader.is_admin(),
        };
        match (&reader.member, passes) {
            (None, _) => Err(Error::SignIn),
            (Some(_), true) => Ok(()),
            (Some(_), false) => Err(Error::NotAllowed),
        }
    }
}
