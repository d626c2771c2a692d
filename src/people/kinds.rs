//! What the journal says of people. Changed rights are entries too: `live` and the memory of sessions act on them.

use serde::{Deserialize, Serialize};

use crate::journal::{Kind, Room};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum People {
    /// An account was made; its address is not confirmed yet.
    Registered { member: i64 },
    Confirmed { member: i64 },
    SignedIn { member: i64, session: i64 },
    SignedOut { member: i64, session: i64 },
    /// Name, Organisation, language, zone, theme or words about oneself.
    ProfileChanged { member: i64 },
    PasswordChanged { member: i64 },
    /// Confirmed as a Practitioner, or no longer.
    PractitionerChanged { member: i64 },
    RoleChanged { member: i64 },
    OrganisationAdded { organisation: i64 },
}

impl Kind for People {
    const DOMAIN: &'static str = "people";

    fn rooms(&self) -> Vec<Room> {
        match self {
            Self::Registered { .. } | Self::OrganisationAdded { .. } => vec![Room::Site],
            Self::ProfileChanged { member } => vec![Room::Member(*member), Room::Site],
            Self::Confirmed { member }
            | Self::SignedIn { member, .. }
            | Self::SignedOut { member, .. }
            | Self::PasswordChanged { member }
            | Self::PractitionerChanged { member }
            | Self::RoleChanged { member } => vec![Room::Member(*member)],
        }
    }

    fn about(&self) -> i64 {
        match self {
            Self::Registered { member }
            | Self::Confirmed { member }
            | Self::SignedIn { member, .. }
            | Self::SignedOut { member, .. }
            | Self::ProfileChanged { member }
            | Self::PasswordChanged { member }
            | Self::PractitionerChanged { member }
            | Self::RoleChanged { member } => *member,
            Self::OrganisationAdded { organisation } => *organisation,
        }
    }
}
