//! What must be true of notices, for `plenary verify`.

use crate::journal::{Checks, Told};

/// What `plenary verify` looks at here.
pub const CHECKS: Checks = Checks {
    domain: "notify",
    stored: &[],
    told: &[Told { says: "Notice {second} of Member {id} was never told of.", rows: "SELECT member, id FROM notification", kinds: &["noticed"], ids: &["about", "notice"] }],
    // A notice goes when its Member is erased.
    things: &[("member", "member")],
    others: &[],
};
