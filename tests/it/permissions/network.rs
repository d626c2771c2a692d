//! The network's own pages: what admins choose, and what everybody reads.

use super::rows::none;
use super::{Case, Made, Row, get, post};

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                                       visitor, member, practitioner, moderator, admin
        get("/admin/settings", none).gives([401, 403, 403, 403, 200]),
        get("/admin/settings/names", none).gives([401, 403, 403, 403, 200]),
        post("/admin/settings/names", none).form("languages=en&main_language=en&zone=UTC").gives([401, 403, 403, 403, 422]),
        get("/admin/settings/welcome", none).gives([401, 403, 403, 403, 200]),
        post("/admin/settings/welcome", none).form("version=987654321").gives([401, 403, 403, 403, 422]),
        get("/admin/settings/looks", none).gives([401, 403, 403, 403, 200]),
        post("/admin/settings/looks", none).form("accent=teal").gives([401, 403, 403, 403, 422]),
        get("/logo/{name}", logo).own([404; 5]).others([404; 5]).missing([404; 5], "there is one at most, and everybody sees it"),
        get("/admin/settings/history", none).gives([401, 403, 403, 403, 200]),
    ]
}

/// A name that no logo has: the journey in `tests/it/network.rs` looks at one.
fn logo<'a>(_case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async { vec![("name", "0123456789abcdef.png".into())] })
}
