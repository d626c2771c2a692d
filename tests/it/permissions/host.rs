//! The pages of those who look after the site.

use plenary::journal::{Act, Tx};

use super::rows::{no_id, none};
use super::{Case, Made, Object, Row, get, post, room};

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                          visitor, member, practitioner, moderator, admin
        get("/admin", none).gives([401, 403, 403, 403, 200]),
        get("/admin/well", none).gives([401, 403, 403, 403, 200]),
        get("/admin/outbox", none).gives([401, 403, 403, 403, 200]),
        post("/admin/outbox/{id}/retry", mail).own([401, 403, 403, 403, 303]).others([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins see all that waits"),
        post("/admin/outbox/{id}/drop", mail).own([401, 403, 403, 403, 303]).others([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins see all that waits"),
        get("/admin/jobs", none).gives([401, 403, 403, 403, 200]),
        get("/admin/storage", none).gives([401, 403, 403, 403, 200]),
        // No folder is set in tests.
        post("/admin/storage/backup", none).gives([401, 403, 403, 403, 422]),
        get("/admin/log", none).gives([401, 403, 403, 403, 200]),
        get("/admin/log.csv", none).gives([401, 403, 403, 403, 200]),
    ]
}

#[rustfmt::skip]
pub fn rooms() -> Vec<Row> {
    vec![room("log", none).gives([404, 404, 404, 404, 200])]
}

/// A mail that was refused.
fn mail<'a>(case: &'a Case<'a>) -> Made<'a> {
    struct Refused;
    impl Act for Refused {
        type Answer = i64;
        async fn run(&self, tx: &Tx) -> plenary::Result<i64> {
            let sql = "INSERT INTO outbox (dedupe, kind, recipient, subject, message_id, message, is_secret, created_at, send_at, state, attempts)
                       VALUES ($1, 'test', 'a@b.example', 'S', 'm', '{}', FALSE, 0, 0, 'failed', 1) RETURNING id";
            tx.insert(sql, plenary::values![plenary::secret::token()]).await
        }
    }
    Box::pin(async move {
        let id = if case.object == Object::Missing { no_id() } else { case.site.site.note(Refused).await.unwrap().to_string() };
        vec![("id", id)]
    })
}
