//! What must be true of the network's settings, for `plenary verify`.

use crate::journal::{Checks, Told};

/// What `plenary verify` looks at here.
pub const CHECKS: Checks = Checks {
    domain: "network",
    stored: &[],
    told: &[
        Told { says: "Settings {id} of the network were never told of.", rows: "SELECT id FROM network_settings", kinds: &["settings_changed"], ids: &["version"] },
        Told { says: "Version {id} of a document was never told of.", rows: "SELECT id FROM document", kinds: &["document_saved"], ids: &["document"] },
        Told { says: "That Member {id} accepted version {second} of a document was never told.", rows: "SELECT member, document FROM acceptance", kinds: &["document_accepted"], ids: &["about", "document"] },
        Told { says: "Message {id} to the host was never told of.", rows: "SELECT id FROM contact", kinds: &["contact_sent"], ids: &["contact"] },
        Told { says: "Message {id} to the host was answered, and nobody was told.", rows: "SELECT id FROM contact WHERE answered_at IS NOT NULL", kinds: &["contact_answered"], ids: &["contact"] },
    ],
    things: &[("version", "network_settings"), ("document", "document"), ("member", "member")],
    others: &[],
};
