//! Invitations: by a link that several people use, or mailed, each to one person of a pasted list. What one gives beside an
//! account (an Organisation, the practitioners' layer, private Spaces, a place in a Workshop) is given when it is accepted.

mod acts;
mod grant;
mod into;
mod mails;
mod model;
pub mod pages;
mod queries;
mod rules;
mod table;

pub use acts::*;
pub(super) use grant::joined;
pub use into::{Into, described};
pub use mails::{Letter, Mails};
pub use model::{InvitationId, InvitationListId, Invitee, Offer};
pub use queries::*;
pub use rules::{Choices, offer, proposed_end, uses};
pub use table::{Found, Line, read_list};

use crate::journal::{OnErase, OnExport, Table};

/// What exporting and erasing a Member does to the tables of this folder. Name and address of somebody who was invited by
/// mail are taken out when they come: from then on they are in their account alone.
pub const TABLES: &[Table] = &[
    Table::journaled("member_invitation_list", &["made_by"], OnErase::Anonymise, OnExport::Rows),
    Table::journaled("member_invitation", &["made_by"], OnErase::Anonymise, OnExport::Nothing("names and addresses of others")),
    Table::journaled("member_invitation_space", &[], OnErase::Nothing("Spaces of an invitation"), OnExport::Nothing("Spaces of an invitation")),
    Table::journaled("member_invitation_token", &[], OnErase::Nothing("hashes of links"), OnExport::Nothing("hashes of links")),
    Table::journaled("member_invitation_use", &["member"], OnErase::Delete, OnExport::Rows),
];
