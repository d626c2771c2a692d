//! The live line: by plain HTTP and by socket, a Room lets in the same people, and says the same to all others.

use serde_json::json;

use super::rows::{filled, none};
use super::{Actor, As, Object, Row, get, head};
use crate::support::{Socket, TestSite};

pub fn rows() -> Vec<Row> {
    // Without a Room; `rooms()` of each domain says who hears which.
    vec![get("/live", none).gives([200; 5])]
}

/// Listens to one Room both ways; what is wrong with the answers.
pub async fn listen(site: &TestSite, row: &Row, who: As, object: Object, expected: u16) -> Option<String> {
    let actor = Actor::new(site, who).await;
    let room = filled(row.path, &row.make(site, &actor, object).await);
    let missing = filled(row.path, &row.make(site, &actor, Object::Missing).await);
    let by_http = heard_by_http(&actor, &room).await;
    let by_socket = heard_by_socket(site, &actor, &room).await;
    let said = format!("{} as {who:?} on {object:?}", row.name());
    for (heard, way) in [(&by_http, "HTTP"), (&by_socket, "socket")] {
        let status = if heard.contains("\"gone\":true") { 404 } else { 200 };
        if status != expected {
            return Some(format!("{said} by {way}: {expected} expected, {status} came: {heard}"));
        }
    }
    if expected == 404 && room != missing {
        let missing_by_http = heard_by_http(&actor, &missing).await.replace(&missing, &room);
        let missing_by_socket = heard_by_socket(site, &actor, &missing).await.replace(&missing, &room);
        if (&missing_by_http, &missing_by_socket) != (&by_http, &by_socket) {
            return Some(format!("{said}: tells it from a missing one: {by_http} {by_socket} but {missing_by_http} {missing_by_socket}"));
        }
    }
    None
}

async fn heard_by_http(actor: &Actor, room: &str) -> String {
    let answer = actor.browser.get_plain(&format!("/live?rooms={room}&after=0")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

/// What the socket says of this Room after a hello; presence and what others do is left out.
async fn heard_by_socket(site: &TestSite, actor: &Actor, room: &str) -> String {
    let mut socket = Socket::open(&actor.browser).await;
    let epoch = &site.site.epoch.name;
    socket.say(json!({ "hello": { "epoch": epoch, "rooms": { room: head(site).await.to_string() } } })).await;
    // The answer to the ping comes after everything the hello had to say.
    socket.say(json!({ "ping": {} })).await;
    let mut heard = Vec::new();
    while let Some(message) = socket.next().await {
        if message.get("pong").is_some() {
            break;
        }
        if message["room"] == room && message.get("gone").is_some() {
            heard.push(message.to_string());
        }
    }
    heard.join("\n")
}
