//! What people send to do harm, and what must not come of it.

use plenary::people::rights::Layer;

use crate::both_databases;
use crate::support::TestSite;

/// The marks of slots in our own fragments (`web::slots`).
const MARKED: &str = "\u{f8f0}m1\u{f8f1}Doors";

both_databases!(characters_that_nobody_types_are_left_out, another_language_is_another_page, a_deep_quote_stays_shallow);

async fn characters_that_nobody_types_are_left_out(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.practitioner("Anna Moser").await;
    site.visitor().post("/sign-in", &[("email", "a\0b@example.org"), ("password", "a\0b")]).await.is(422);
    site.visitor().get("/people/a%00b").await.is(404);
    site.visitor().get("/sign-in?next=%00").await.is(404);
    let key = anna.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let topic = anna.post(&format!("/spaces/{space}/topics"), &[("title", MARKED), ("body", "one\0 two"), ("key", &key)]).await;
    topic.is(200);
    // Seen by whoever moderates nothing, with all that follows it.
    site.visitor().get(&topic.path).await.is(200).shows("m1Doors").shows("one two").shows("</html>");
    let key = anna.get(&format!("/spaces/{space}/boards/new")).await.input("key");
    let board = anna.post(&format!("/spaces/{space}/boards"), &[("title", "Doors"), ("question", MARKED), ("dots", "5"), ("key", &key)]).await;
    board.is(200).shows("m1Doors");
    let card = anna.post(&format!("{}/cards", board.path), &[("text", "\u{f8f0} a card"), ("key", "1234567890abcdef1234")]).await;
    card.is(200).shows(" a card").hides("\u{f8f0}").shows("</html>");
}

async fn another_language_is_another_page(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.member("Anna Moser").await;
    let key = anna.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let path = anna.post(&format!("/spaces/{space}/topics"), &[("title", "Benches"), ("body", "Gone"), ("key", &key)]).await.path;
    let english = site.visitor().request("GET", &path, &[("accept-language", "en")], "").await;
    let etag = english.is(200).headers["etag"].to_str().unwrap().to_owned();
    let again = [("accept-language", "en"), ("if-none-match", etag.as_str())];
    site.visitor().request("GET", &path, &again, "").await.is(304);
    let french = [("accept-language", "fr"), ("if-none-match", etag.as_str())];
    site.visitor().request("GET", &path, &french, "").await.is(200).shows("lang=\"fr\"");
}

async fn a_deep_quote_stays_shallow(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.member("Anna Moser").await;
    let key = anna.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let body = format!("{}the words", "> ".repeat(15_000));
    let page = anna.post(&format!("/spaces/{space}/topics"), &[("title", "Deep"), ("body", &body), ("key", &key)]).await;
    page.is(200).shows("the words");
    assert!(page.body.matches("<blockquote>").count() <= 16);
}
