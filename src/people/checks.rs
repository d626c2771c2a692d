//! What must be true of people and Organisations, for `plenary verify`.

use crate::journal::{Checks, Stored, Told};

/// What `plenary verify` looks at here.
pub const CHECKS: Checks = Checks {
    domain: "people",
    // Whoever was erased since is counted and no longer listed.
    stored: &[Stored {
        says: "Invitation {id} says that {is} came by it: {should} did.",
        sql: "SELECT id, used, came FROM (SELECT i.id, i.used, (SELECT count(*) FROM member_invitation_use u WHERE u.invitation = i.id AND u.came_at IS NOT NULL) AS came
              FROM member_invitation i) counted WHERE used < came",
    }],
    told: &[
        Told { says: "Member {id} was never told of.", rows: "SELECT id FROM member", kinds: &["registered", "confirmed"], ids: &["about"] },
        Told { says: "Organisation {id} was never told of.", rows: "SELECT id FROM organisation", kinds: &["organisation_added"], ids: &["about"] },
        Told { says: "Organisation {id} became another one, and nobody was told.", rows: "SELECT id FROM organisation WHERE merged_into IS NOT NULL", kinds: &["organisation_merged"], ids: &["about"] },
        Told { says: "Question {id} was never told of.", rows: "SELECT id FROM membership_question", kinds: &["question_asked"], ids: &["question"] },
        Told { says: "Member {second} is a Steward of Organisation {id}, and nobody was told.", rows: "SELECT s.organisation, s.member FROM steward s JOIN organisation o ON o.id = s.organisation WHERE o.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM organisation m WHERE m.merged_into = o.id)", kinds: &["steward_changed"], ids: &["organisation", "about"] },
        Told { says: "Invitation {id} was never told of.", rows: "SELECT id FROM member_invitation", kinds: &["invitation_made"], ids: &["about"] },
        Told { says: "Member {second} came by invitation {id}, and nobody was told.", rows: "SELECT invitation, member FROM member_invitation_use WHERE came_at IS NOT NULL", kinds: &["invitation_used"], ids: &["about", "member"] },
        Told { says: "Session {second} of Member {id} was never told of.", rows: "SELECT member, id FROM session", kinds: &["signed_in"], ids: &["about", "session"] },
        Told { says: "Measure {second} about Member {id} was never told of.", rows: "SELECT member, id FROM measure", kinds: &["measure_taken"], ids: &["about", "measure"] },
    ],
    things: &[("member", "member"), ("organisation", "organisation"), ("into", "organisation"), ("invitation", "member_invitation"), ("question", "membership_question")],
    others: &[],
};
