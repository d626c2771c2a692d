//! What must be true of notices, for `plenary verify`.

use crate::journal::{Checks, Told};

pub const CHECKS: Checks = Checks {
    domain: "notify",
    stored: &[],
    told: &[Told { says: "Notice {second} of Member {id} was never told of.", rows: "SELECT member, id FROM notification", kinds: &["noticed"], ids: &["about", "notice"] }],
    things: &[("member", "member"), ("notice", "notification")],
    others: &[],
};
