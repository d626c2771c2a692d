//! What changes people's state, one act a file.

mod admin;
mod confirm;
mod link;
mod measure;
mod organisation;
mod organisation_form;
mod profile;
mod register;
mod session;
mod welcome;

pub use admin::{AddMember, AddOrganisation, SetPractitioner, SetRole};
pub use confirm::Confirm;
pub use link::{AskLink, FirstAdmin, LinkPurpose, NewLink, link_member, use_link};
pub use measure::TakeMeasure;
pub use organisation::{AddOrganisations, ChangeOrganisation, MergeOrganisation};
pub use organisation_form::{NewOrganisation, SaveOrganisation};
pub use profile::{SaveProfile, SetLanguage, SetPassword};
pub use register::{Register, check_address, check_new_account, check_password};
pub(super) use session::open_session;
pub use welcome::FirstVisit;
pub use session::{EndSession, EndStaleSessions, SignIn, SignInByLink, TouchSession};
