//! The words of invitations as types.

use crate::clock::Instant;
use crate::forum::SpaceId;
use crate::id;
use crate::people::{Language, OrganisationId};
use crate::workshops::WorkshopId;

id!(/** An invitation: a link for several people, or one that was mailed to one person. */ InvitationId);
id!(/** A list of people who were invited together. */ InvitationListId);

/// What an invitation gives beside an account, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The Organisation they join; they speak for it where they spoke for none.
    pub organisation: Option<OrganisationId>,
    /// Whether it confirms them as Practitioners.
    pub is_practitioner: bool,
    /// Private Spaces that name them from then on; others they are only shown.
    pub spaces: Vec<SpaceId>,
    /// The Workshop they are registered for.
    pub workshop: Option<WorkshopId>,
    /// The language it is written in.
    pub language: Language,
    pub ends_at: Instant,
}

/// Somebody who is invited by mail, with what their line says of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// Empty where the list holds their address alone.
    pub name: String,
    pub email: String,
    pub language: Option<Language>,
    pub organisation: Option<OrganisationId>,
    pub is_practitioner: Option<bool>,
}

impl Offer {
    /// The offer as it is for one person: what their line says goes before what is said for all.
    pub fn to(&self, invitee: &Invitee) -> Self {
        Self {
            organisation: invitee.organisation.or(self.organisation),
            is_practitioner: invitee.is_practitioner.unwrap_or(self.is_practitioner),
            language: invitee.language.unwrap_or(self.language),
            ..self.clone()
        }
    }

    /// Where whoever accepted goes first: the Workshop, the first Space, the Organisation, home.
    pub fn leads_to(&self) -> String {
        match (self.workshop, self.spaces.first(), self.organisation) {
            (Some(workshop), _, _) => format!("/workshops/{workshop}"),
            (None, Some(space), _) => format!("/spaces/{space}"),
            (None, None, Some(organisation)) => format!("/organisations/{organisation}"),
            (None, None, None) => "/".into(),
        }
    }
}
