//! What must be true of Boards, for `plenary verify`.

use crate::journal::{Checks, Stored, Told};

/// What `plenary verify` looks at here.
pub const CHECKS: Checks = Checks {
    domain: "boards",
    stored: &[Stored {
        says: "Card {id} of Board {should} stands in a group of Board {is}.",
        sql: "SELECT c.id, g.board, c.board FROM card c JOIN card_group g ON g.id = c.grouped WHERE g.board <> c.board",
    }],
    told: &[
        Told { says: "Board {id} was never told of.", rows: "SELECT id FROM board", kinds: &["opened"], ids: &["about"] },
        Told { says: "Group {second} of Board {id} was never told of.", rows: "SELECT board, id FROM card_group", kinds: &["group_added"], ids: &["about", "group"] },
    ],
    things: &[("board", "board"), ("space", "space"), ("member", "member")],
    others: &[],
};
