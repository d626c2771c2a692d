//! What must be true of Workshops, for `plenary verify`.

use crate::journal::{Checks, Stored, Told};

/// What `plenary verify` looks at here.
pub const CHECKS: Checks = Checks {
    domain: "workshops",
    stored: &[
        Stored {
            says: "Workshop {id} says that {is} are registered, and {should} are.",
            sql: "SELECT w.id, w.registered, COALESCE(r.amount, 0) FROM workshop w
                  LEFT JOIN (SELECT workshop, count(*) AS amount FROM registration WHERE standing = 'registered' GROUP BY workshop) r ON r.workshop = w.id
                  WHERE w.registered <> COALESCE(r.amount, 0)",
        },
        Stored {
            says: "Workshop {id} says that {is} wait for a place, and {should} do.",
            sql: "SELECT w.id, w.waiting, COALESCE(r.amount, 0) FROM workshop w
                  LEFT JOIN (SELECT workshop, count(*) AS amount FROM registration WHERE standing = 'waiting' GROUP BY workshop) r ON r.workshop = w.id
                  WHERE w.waiting <> COALESCE(r.amount, 0)",
        },
        Stored {
            says: "Workshop {id} ends at {is}, which is not its start and its minutes ({should}, microseconds since 1970).",
            sql: "SELECT id, ends_at, starts_at + minutes * 60000000 FROM workshop WHERE ends_at <> starts_at + minutes * 60000000",
        },
    ],
    told: &[
        Told { says: "Workshop {id} was never told of.", rows: "SELECT id FROM workshop", kinds: &["scheduled"], ids: &["about"] },
        Told { says: "Workshop {id} was cancelled, and nobody was told.", rows: "SELECT id FROM workshop WHERE cancelled_at IS NOT NULL", kinds: &["cancelled"], ids: &["about"] },
        Told { says: "Workshop {id} has minutes, and nobody was told.", rows: "SELECT id FROM workshop WHERE topic IS NOT NULL", kinds: &["minutes_published"], ids: &["about"] },
        Told {
            says: "That Member {second} registered for Workshop {id} was never told.",
            rows: "SELECT workshop, member FROM registration",
            kinds: &["registered", "waiting", "promoted"],
            ids: &["about", "member"],
        },
        Told { says: "That Member {second} came to Workshop {id} was never told.", rows: "SELECT workshop, member FROM attendance", kinds: &["entered"], ids: &["about", "member"] },
        Told { says: "Message {id} of a Workshop was never told of.", rows: "SELECT id FROM workshop_message", kinds: &["message_added"], ids: &["about"] },
    ],
    things: &[("workshop", "workshop"), ("space", "space"), ("member", "member"), ("message", "workshop_message"), ("topic", "topic")],
    others: &[],
};
