//! What must be true of the network's settings, for `plenary verify`.

use crate::journal::{Checks, Told};

/// What `plenary verify` looks at here.
pub const CHECKS: Checks = Checks {
    domain: "network",
    stored: &[],
    told: &[Told { says: "Settings {id} of the network were never told of.", rows: "SELECT id FROM network_settings", kinds: &["settings_changed"], ids: &["version"] }],
    things: &[("version", "network_settings")],
    others: &[],
};
