//! What must be true of Dialogues, for `plenary verify`.

use std::future::Future;
use std::pin::Pin;

use super::{DialogueId, trail};
use crate::error::Result;
use crate::journal::{Checks, Reads, Snapshot, Stored, Told};

/// What `plenary verify` looks at here.
pub const CHECKS: Checks = Checks {
    domain: "dialogues",
    stored: &[
        Stored {
            says: "Stage {id} says that {is} Contributions were made, and there are {should}.",
            sql: "SELECT s.id, s.contributions, COALESCE(c.amount, 0) FROM stage s
                  LEFT JOIN (SELECT stage, count(*) AS amount FROM contribution GROUP BY stage) c ON c.stage = s.id WHERE s.contributions <> COALESCE(c.amount, 0)",
        },
        Stored {
            says: "Stage {id} says that its Synthesis is version {is}, and the last with Points is {should}.",
            sql: "SELECT s.id, s.version, COALESCE(p.version, 0) FROM stage s
                  LEFT JOIN (SELECT stage, max(version) AS version FROM point GROUP BY stage) p ON p.stage = s.id WHERE s.version <> COALESCE(p.version, 0)",
        },
    ],
    told: &[
        Told { says: "Dialogue {id} was never told of.", rows: "SELECT id FROM dialogue", kinds: &["opened"], ids: &["about"] },
        Told { says: "Contribution {id} was never told of.", rows: "SELECT id FROM contribution", kinds: &["contributed"], ids: &["about"] },
        Told { says: "Contribution {id} was withdrawn, and nobody was told.", rows: "SELECT id FROM contribution WHERE withdrawn_at IS NOT NULL", kinds: &["withdrawn"], ids: &["about"] },
        Told { says: "Comment {second} on Contribution {id} was never told of.", rows: "SELECT contribution, id FROM contribution_comment", kinds: &["commented"], ids: &["about", "comment"] },
        Told { says: "The Synthesis of Stage {id} was never told of.", rows: "SELECT stage FROM point", kinds: &["synthesis_saved"], ids: &["about"] },
        Told { says: "Votes in Stage {id} were never told of.", rows: "SELECT stage FROM ballot", kinds: &["vote_cast"], ids: &["about"] },
        Told { says: "Stage {id} was passed on, and nobody was told.", rows: "SELECT id FROM stage WHERE passed_at IS NOT NULL", kinds: &["passed_on"], ids: &["about"] },
        Told { says: "An answer to Point {id} was never told of.", rows: "SELECT point FROM point_answer", kinds: &["answered"], ids: &["about"] },
    ],
    things: &[("dialogue", "dialogue"), ("space", "space"), ("stage", "stage"), ("contribution", "contribution"), ("comment", "contribution_comment"), ("point", "point")],
    others: &[trails],
};

/// Every Dialogue's trail: no text that is not the one that was hashed, no link that is missing.
fn trails(db: &Snapshot) -> Pin<Box<dyn Future<Output = Result<Vec<String>>> + Send + '_>> {
    Box::pin(async move {
        let mut broken = Vec::new();
        for dialogue in db.column::<DialogueId>("SELECT id FROM dialogue ORDER BY id LIMIT 100000", vec![]).await? {
            if !trail::holds(db, dialogue).await? {
                broken.push(format!("The trail of Dialogue {dialogue} does not hold: a text or a link in it was changed."));
            }
        }
        Ok(broken)
    })
}
