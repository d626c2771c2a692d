//! What belongs to no single domain.

use super::rows::none;
use super::{Case, Made, Object, Row, get, post};

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                                       visitor, member, practitioner, moderator, admin
        get("/", none).gives([200; 5]),
        get("/static/{hash}/{*name}", asset).own([200; 5]).others([200; 5]).missing([404; 5], "assets are public"),
        get("/health", none).gives([200; 5]),
        get("/ready", none).gives([200; 5]),
        post("/language", none).form("language=fr&back=/spaces").gives([303; 5]),
    ]
}

fn asset<'a>(case: &'a Case<'a>) -> Made<'a> {
    let name = if case.object == Object::Missing { "nothing.css" } else { "plenary.css" };
    Box::pin(async move { vec![("hash", "0".into()), ("name", name.to_owned())] })
}
