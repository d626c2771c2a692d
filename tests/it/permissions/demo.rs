//! What exists in the demo alone, tried there; and what is open there but not elsewhere.

use super::rows::none;
use super::{Case, Made, Object, Row, get, hold};
use crate::support::TestSite;

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        get("/styleguide", none).gives([200; 5]),
        get("/demo/as/{handle}", person).own([303; 5]).others([303; 5]).missing([404; 5], "in the demo anybody is anybody"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demos_routes_answer_as_the_table_says() {
    hold(&TestSite::demo().await, rows()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn elsewhere_there_are_no_such_routes() {
    let site = TestSite::sqlite().await;
    site.add("Anna", plenary::people::Role::Admin, true).await;
    site.visitor().get_plain("/demo/as/anna").await.is(404);
    site.visitor().get_plain("/styleguide").await.is(404);
}

fn person<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        if case.object == Object::Missing {
            return vec![("handle", "nobody-at-all".into())];
        }
        let reader = case.reader(case.owner().await).await;
        vec![("handle", reader.member.map(|member| member.handle.clone()).unwrap_or_default())]
    })
}
