//! The pages of those who look after the site.

use super::rows::none;
use super::{Row, get, room};

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                          visitor, member, practitioner, moderator, admin
        get("/admin", none).gives([401, 403, 403, 403, 200]),
        get("/admin/well", none).gives([401, 403, 403, 403, 200]),
        get("/admin/log", none).gives([401, 403, 403, 403, 200]),
        get("/admin/log.csv", none).gives([401, 403, 403, 403, 200]),
    ]
}

#[rustfmt::skip]
pub fn rooms() -> Vec<Row> {
    vec![room("log", none).gives([404, 404, 404, 404, 200])]
}
