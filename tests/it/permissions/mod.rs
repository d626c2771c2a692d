//! Every route of the real table, as every role, on every kind of object, against a table written by hand.
//!
//! The rows are in one file a domain beside this one. What a route declares in `app.rs` is never looked at: a row
//! says what has to come back. A route without a row fails, and so does a row without a route.
//!
//! To add a route, add one line to the `rows()` of its domain:
//! ```text
//! //                                            visitor, member, practitioner, moderator, admin
//! get("/spaces/{id}", space).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).hidden([404; 5]),
//! ```
//! `space` is the maker: it makes the object for one try, so that no try spoils another, and gives the values of the
//! placeholders in the path and in the form. `401` stands for "has to sign in first", for a page (which sends one
//! to `/sign-in`) as for a form. `hidden` says what both a private and a missing object answer: their answers have
//! to be the same bytes. A new domain adds its file and its line in `table()` (and in `rooms()`, if it has Rooms).

mod boards;
mod demo;
mod dialogues;
mod elsewhere;
mod forum;
mod host;
mod live;
mod mail;
mod network;
mod people;
mod rows;
mod web;
mod workshops;

use std::collections::BTreeSet;

use futures_util::StreamExt;
use plenary::app;
use plenary::journal::{Reads, Room};
use plenary::people::{Measure, TakeMeasure};

use crate::both_databases;
use crate::support::{Answer, TestSite};
pub use rows::{Actor, As, Case, Made, Object, Row, get, post, room};

/// The rows of every domain.
fn table() -> Vec<Row> {
    [web::rows(), people::rows(), forum::rows(), boards::rows(), dialogues::rows(), workshops::rows(), live::rows(), mail::rows(), network::rows(), host::rows()].into_iter().flatten().collect()
}

/// Who may listen to which Room: 200 hears, 404 is told that nothing is there.
fn rooms() -> Vec<Row> {
    [forum::rooms(), people::rooms(), boards::rooms(), dialogues::rooms(), workshops::rooms(), host::rooms()].into_iter().flatten().collect()
}

/// Tries at work at once: the writer groups their writes.
const AT_ONCE: usize = 12;

both_databases!(every_route_answers_every_role_as_the_table_says, every_room_lets_in_whom_the_table_says, whoever_is_silenced_writes_nothing, whoever_is_suspended_is_a_visitor);

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let real: BTreeSet<String> = app::routes().finish().1.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    let with_demo: BTreeSet<String> = app::demo_routes(app::routes()).finish().1.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    let rows: BTreeSet<String> = table().iter().map(Row::name).collect();
    let demo_rows: BTreeSet<String> = demo::rows().iter().map(Row::name).collect();
    let mut wrong = Vec::new();
    wrong.extend(real.difference(&rows).map(|route| format!("{route} has no row in tests/it/permissions: say there what each role gets")));
    wrong.extend(rows.difference(&real).map(|row| format!("{row} has a row, but there is no such route in app.rs")));
    let only_demo: BTreeSet<String> = with_demo.difference(&real).cloned().collect();
    wrong.extend(only_demo.difference(&demo_rows).map(|route| format!("{route} has no row in tests/it/permissions/demo.rs")));
    wrong.extend(demo_rows.difference(&with_demo).map(|row| format!("{row} has a row in demo.rs, but there is no such route")));
    let all: Vec<String> = table().iter().map(Row::name).collect();
    wrong.extend(rows.iter().filter(|name| all.iter().filter(|other| other == name).count() > 1).map(|name| format!("{name} has more than one row")));
    wrong.extend(table().iter().chain(&demo::rows()).filter_map(Row::gap));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_room_has_a_row() {
    // A new kind of Room does not compile here: add it to both lists.
    let name = |room: Room| match room {
        Room::Topic(_) => "topic",
        Room::Space(_) => "space",
        Room::Workshop(_) => "workshop",
        Room::Board(_) => "board",
        Room::Dialogue(_) => "dialogue",
        Room::Member(_) => "member",
        Room::Log => "log",
        Room::Site => "site",
    };
    let all = [Room::Topic(1), Room::Space(1), Room::Workshop(1), Room::Board(1), Room::Dialogue(1), Room::Member(1), Room::Log, Room::Site];
    let served = all.into_iter().filter(|room| app::DOMAINS.iter().any(|domain| domain.owns(*room)));
    let rows = rooms();
    let without: Vec<&str> = served.map(name).filter(|name| !rows.iter().any(|row| row.path.split(':').next() == Some(*name))).collect();
    assert!(without.is_empty(), "these Rooms have no row in tests/it/permissions: {}", without.join(", "));
}

async fn every_route_answers_every_role_as_the_table_says(site: TestSite) {
    network::publish(&site).await;
    hold(&site, table()).await;
}

async fn every_room_lets_in_whom_the_table_says(site: TestSite) {
    let wrong = each_try(&site, rooms(), |site, row, who, object, expected| Box::pin(live::listen(site, row, who, object, expected))).await;
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What whoever is silenced may still send: their own account, what they have read, what they are mailed.
const OWN: &[&str] = &[
    "/language", "/register", "/register/again", "/confirm/{token}", "/sign-in", "/sign-in/link", "/sign-in/{token}", "/sign-out", "/settings",
    "/settings/password", "/settings/sessions/{id}/end", "/settings/sessions/end-others", "/settings/address", "/address/{token}",
    "/address/undo/{token}", "/settings/data", "/settings/erase", "/settings/erase/cancel", "/settings/prove", "/settings/prove/link",
    "/settings/prove/{token}", "/welcome", "/accept", "/help", "/invitations/{token}", "/organisations/{id}/leave", "/settings/mail", "/topics/{id}/read", "/waiting/read", "/waiting/{id}",
    "/waiting/{id}/read", "/mail-choice/{member}/{signature}", "/unsubscribe/{member}/{list}/{signature}",
];

/// Forms of what could not be written then: refused at once, in the same words.
const MAKING: &[&str] = &["/spaces/{id}/topics/new", "/spaces/{id}/boards/new", "/spaces/{id}/workshops/new", "/spaces/{id}/dialogues/new"];

/// Somebody who may do everything, and is then silenced or suspended.
async fn held_back(site: &TestSite, row: &Row, measure: Measure) -> (Actor, rows::Values, [u16; 5]) {
    let (actor, by) = (Actor::new(site, As::Admin).await, Actor::new(site, As::Admin).await);
    let (object, expected) = row.expected[0];
    let made = row.make(site, &actor, object).await;
    let act = TakeMeasure { by: by.id.unwrap(), handle: actor.handle.clone(), measure, until: None, reason: "Tried".into(), mail: None };
    site.site.write(act).await.unwrap();
    (actor, made, expected)
}

async fn whoever_is_silenced_writes_nothing(site: TestSite) {
    network::publish(&site).await;
    let mut wrong: Vec<String> = OWN.iter().filter(|path| !table().iter().any(|row| row.path == **path && row.method == "POST")).map(|path| format!("{path} is no form")).collect();
    for row in table() {
        let (actor, made, expected) = held_back(&site, &row, Measure::Silence).await;
        let answer = send(&row, &actor, &made, &made).await;
        let is_refused = if row.method == "POST" { !OWN.contains(&row.path) } else { MAKING.contains(&row.path) };
        let expected = if is_refused { 403 } else { expected[As::Admin as usize] };
        if status(&row, &answer) != expected || (is_refused && !answer.body.contains("nothing you write is taken")) {
            wrong.push(format!("{}: {expected} expected, {} came", row.name(), answer.status));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

async fn whoever_is_suspended_is_a_visitor(site: TestSite) {
    network::publish(&site).await;
    let mut wrong = Vec::new();
    for row in table() {
        let (actor, made, expected) = held_back(&site, &row, Measure::Suspend).await;
        let answer = send(&row, &actor, &made, &made).await;
        let expected = expected[As::Visitor as usize];
        // Links that were mailed before let nobody in, and whoever gets no mail has nothing to choose of it.
        let expected = match (row.method, row.path) {
            ("GET" | "POST", "/sign-in/{token}") => 410,
            ("POST", "/confirm/{token}") => 403,
            ("GET", "/mail-choice/{member}/{signature}") => 404,
            // What they had begun with their address ends with it.
            ("GET" | "POST", "/address/{token}" | "/address/undo/{token}") => 410,
            _ => expected,
        };
        if status(&row, &answer) != expected {
            wrong.push(format!("{}: {expected} expected, {} came", row.name(), answer.status));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Tries every cell of the rows and fails with all that is wrong.
async fn hold(site: &TestSite, rows: Vec<Row>) {
    let wrong = each_try(site, rows, |site, row, who, object, expected| Box::pin(try_one(site, row, who, object, expected))).await;
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

type Tried<'a> = std::pin::Pin<Box<dyn Future<Output = Option<String>> + Send + 'a>>;

/// Runs one function for each row, role and object; what they found wrong.
async fn each_try<F>(site: &TestSite, rows: Vec<Row>, one: F) -> Vec<String>
where
    F: for<'a> Fn(&'a TestSite, &'a Row, As, Object, u16) -> Tried<'a>,
{
    let cells = rows.iter().flat_map(|row| row.expected.iter().flat_map(move |(object, by_role)| As::ALL.iter().zip(by_role).map(move |(who, status)| (row, *who, *object, *status))));
    futures_util::stream::iter(cells.map(|(row, who, object, status)| one(site, row, who, object, status))).buffer_unordered(AT_ONCE).filter_map(std::future::ready).collect().await
}

async fn try_one(site: &TestSite, row: &Row, who: As, object: Object, expected: u16) -> Option<String> {
    let actor = Actor::new(site, who).await;
    let made = row.make(site, &actor, object).await;
    let answer = send(row, &actor, &made, &made).await;
    let said = format!("{} as {who:?} on {object:?}", row.name());
    let status = status(row, &answer);
    if status != expected {
        let why = answer.body.split("class=\"lede\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        return Some(format!("{said}: {expected} expected, {status} came {why}"));
    }
    if status != 404 || made.is_empty() {
        return None;
    }
    // The same person asks for what does not exist, and for what no id can be: the same bytes.
    let missing = row.make(site, &actor, Object::Missing).await;
    let garbage: rows::Values = missing.iter().map(|(name, _)| (*name, "no-such-thing".to_owned())).collect();
    for (other, what) in [(missing, "missing"), (garbage, "impossible")] {
        let compared = send(row, &actor, &other, &made).await;
        if bytes(&compared) != bytes(&answer) {
            return Some(format!("{said}: tells it from a {what} one:\n{}\n---- {what}:\n{}", bytes(&answer), bytes(&compared)));
        }
    }
    None
}

async fn send(row: &Row, actor: &Actor, in_path: &rows::Values, in_form: &rows::Values) -> Answer {
    let path = rows::filled(row.path, in_path);
    match row.method {
        "GET" => actor.browser.get_plain(&path).await,
        _ => {
            let form: Vec<(String, String)> = row.form.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.to_owned(), rows::filled(value, in_form))).collect();
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            actor.browser.post_plain(&path, &form).await
        }
    }
}

/// A page that sends one to the sign-in form says the same as a form's 401.
fn status(row: &Row, answer: &Answer) -> u16 {
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
    if row.method == "GET" && answer.status == 303 && to.starts_with("/sign-in?next=") { 401 } else { answer.status }
}

/// An answer as it went over the wire, without its date and without the bell: other tries ask admins things meanwhile.
fn bytes(answer: &Answer) -> String {
    let mut headers: Vec<String> = answer.headers.iter().filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str())).map(|(name, value)| format!("{name}: {value:?}")).collect();
    headers.sort();
    let body = match answer.body.split_once("<a class=\"bell") {
        Some((before, rest)) => format!("{before}{}", rest.split_once("</a>").map_or("", |(_, after)| after)),
        None => answer.body.clone(),
    };
    format!("{}\n{}\n\n{body}", answer.status, headers.join("\n"))
}

/// The newest number of the journal, for a socket.
pub async fn head(site: &TestSite) -> i64 {
    site.site.db.value("SELECT COALESCE(MAX(id), 0) FROM journal", vec![]).await.unwrap().unwrap_or(0)
}
