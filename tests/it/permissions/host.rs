//! The pages of those who look after the site.

use super::rows::none;
use super::{Row, get};

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                          visitor, member, practitioner, moderator, admin
        get("/admin", none).gives([401, 403, 403, 403, 200]),
    ]
}
