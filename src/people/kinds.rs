//! What the journal says of people. Changed rights are entries too: `live` and the memory of sessions act on them.

use serde::{Deserialize, Serialize};

use super::Role;
use super::measures::Measure;
use crate::journal::{Kind, Room};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum People {
    /// An account was made; its address is not confirmed yet.
    Registered { member: i64 },
    Confirmed { member: i64 },
    SignedIn { member: i64, session: i64 },
    SignedOut { member: i64, session: i64 },
    /// Name, Organisation, language, zone, theme or words about oneself; whether others can see the change.
    ProfileChanged {
        member: i64,
        #[serde(default = "is_seen")]
        is_seen: bool,
    },
    PasswordChanged { member: i64 },
    /// Another address was asked for, confirmed or undone.
    AddressMoved { member: i64 },
    /// All one's data was asked for, is being made, is ready, or its week is over.
    ExportMoved { member: i64 },
    /// Their account is to be erased, or is not any more.
    ErasureMoved { member: i64 },
    /// A step of erasing. What it changes is told by the parts' own entries, and by the last one.
    Erasing { member: i64 },
    /// Their name is gone wherever it stood.
    Erased { member: i64 },
    /// Confirmed as a Practitioner, or no longer.
    PractitionerChanged {
        member: i64,
        /// Unknown of entries from before it was kept.
        #[serde(default)]
        is_practitioner: Option<bool>,
    },
    RoleChanged {
        member: i64,
        /// Unknown of entries from before it was kept.
        #[serde(default)]
        role: Option<Role>,
    },
    /// An admin silenced or suspended them, lifted it, or ended their sessions.
    MeasureTaken { member: i64, measure: i64, what: Measure },
    OrganisationAdded { organisation: i64 },
    /// What is said of it, or within which it lies.
    OrganisationChanged { organisation: i64 },
    /// It was entered twice: from now on it is the other one.
    OrganisationMerged { organisation: i64, into: i64 },
    /// Somebody belongs to it from now on, or no longer.
    MembershipChanged { member: i64, organisation: i64 },
    /// Somebody looks after it from now on, or no longer.
    StewardChanged { member: i64, organisation: i64 },
    /// Whether somebody belongs there, or stays a Practitioner who left: for its Stewards and admins.
    QuestionAsked { question: i64, member: i64, organisation: i64 },
    QuestionAnswered { question: i64, member: i64, organisation: i64 },
    InvitationMade { invitation: i64, by: i64 },
    /// Its link or its mail was made anew, or it was withdrawn.
    InvitationChanged { invitation: i64, by: i64 },
    /// Somebody registered by it whose address is still to be confirmed.
    InvitationAsked { invitation: i64, member: i64 },
    /// Somebody came by it.
    InvitationUsed { invitation: i64, member: i64 },
}

impl Kind for People {
    const DOMAIN: &'static str = "people";

    fn rooms(&self) -> Vec<Room> {
        match self {
            Self::OrganisationAdded { .. } | Self::OrganisationChanged { .. } | Self::OrganisationMerged { .. } => vec![Room::Site, Room::Log],
            // What the directory and their own page say of them.
            Self::Confirmed { member }
            | Self::MembershipChanged { member, .. }
            // Its page says more to those who are asked; to all others the same as before.
            | Self::QuestionAsked { member, .. }
            | Self::QuestionAnswered { member, .. }
            | Self::Erased { member }
            | Self::ProfileChanged { member, is_seen: true } => vec![Room::Member(*member), Room::Site],
            Self::PractitionerChanged { member, .. } | Self::RoleChanged { member, .. } | Self::StewardChanged { member, .. } | Self::MeasureTaken { member, .. } => {
                vec![Room::Member(*member), Room::Site, Room::Log]
            }
            // Nobody is seen before they are confirmed.
            Self::Registered { member }
            | Self::ProfileChanged { member, .. }
            | Self::SignedIn { member, .. }
            | Self::SignedOut { member, .. }
            | Self::PasswordChanged { member }
            | Self::AddressMoved { member }
            | Self::ExportMoved { member }
            | Self::ErasureMoved { member }
            | Self::Erasing { member } => vec![Room::Member(*member)],
            // Whom somebody invites is for admins, who load their lists anew; what it gives has entries of its own.
            Self::InvitationMade { by: member, .. }
            | Self::InvitationChanged { by: member, .. }
            | Self::InvitationAsked { member, .. }
            | Self::InvitationUsed { member, .. } => vec![Room::Member(*member)],
        }
    }

    fn about(&self) -> i64 {
        match self {
            Self::Registered { member }
            | Self::Confirmed { member }
            | Self::SignedIn { member, .. }
            | Self::SignedOut { member, .. }
            | Self::ProfileChanged { member, .. }
            | Self::PasswordChanged { member }
            | Self::AddressMoved { member }
            | Self::ExportMoved { member }
            | Self::ErasureMoved { member }
            | Self::Erasing { member }
            | Self::Erased { member }
            | Self::PractitionerChanged { member, .. }
            | Self::RoleChanged { member, .. }
            | Self::MeasureTaken { member, .. }
            | Self::MembershipChanged { member, .. }
            | Self::StewardChanged { member, .. }
            | Self::QuestionAsked { member, .. }
            | Self::QuestionAnswered { member, .. } => *member,
            Self::InvitationMade { invitation, .. }
            | Self::InvitationChanged { invitation, .. }
            | Self::InvitationAsked { invitation, .. }
            | Self::InvitationUsed { invitation, .. } => *invitation,
            Self::OrganisationAdded { organisation } | Self::OrganisationChanged { organisation } | Self::OrganisationMerged { organisation, .. } => *organisation,
        }
    }
}

/// An entry from before it was told apart.
fn is_seen() -> bool {
    true
}
