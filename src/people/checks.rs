//! What must be true of people and Organisations, for `plenary verify`.

use crate::journal::{Checks, Told};

/// What `plenary verify` looks at here.
pub const CHECKS: Checks = Checks {
    domain: "people",
    stored: &[],
    told: &[
        Told { says: "Member {id} was never told of.", rows: "SELECT id FROM member", kinds: &["registered", "confirmed"], ids: &["about"] },
        Told { says: "Organisation {id} was never told of.", rows: "SELECT id FROM organisation", kinds: &["organisation_added"], ids: &["about"] },
        Told { says: "Organisation {id} became another one, and nobody was told.", rows: "SELECT id FROM organisation WHERE merged_into IS NOT NULL", kinds: &["organisation_merged"], ids: &["about"] },
        Told { says: "Session {second} of Member {id} was never told of.", rows: "SELECT member, id FROM session", kinds: &["signed_in"], ids: &["about", "session"] },
        Told { says: "Measure {second} about Member {id} was never told of.", rows: "SELECT member, id FROM measure", kinds: &["measure_taken"], ids: &["about", "measure"] },
    ],
    things: &[("member", "member"), ("organisation", "organisation"), ("into", "organisation"), ("measure", "measure")],
    others: &[],
};
