//! Boards.

use plenary::boards::{AddBoard, AddCard, AddGroup, BoardId, CardId, SetPhase};
use plenary::journal::{FormKey, Reads};
use plenary::people::{Reader, Role};
use plenary::{secret, values};

use super::forum::{name, new_space, space};
use super::rows::no_id;
use super::{Case, Made, Object, Row, get, post, room};

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                                       visitor, member, practitioner, moderator, admin
        get("/spaces/{id}/boards/new", space).own([401, 200, 200, 200, 200]).others([401, 200, 200, 200, 200]).layered([401, 404, 200, 200, 200]).named([401, 200, 200, 200, 200]).hidden([401, 404, 404, 404, 404]),
        post("/spaces/{id}/boards", space).form("title=T&question=Q&dots=3&key={key}").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        get("/boards/{id}", writing).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        get("/boards/{id}/panel", writing).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        post("/boards/{id}/cards", writing).form("text=A card&key={key}").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        get("/boards/{id}/cards/{card}", grouping).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        get("/boards/{id}/groups/{group}", grouping).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        post("/boards/{id}/cards/{card}", writing).form("do=edit&text=Other words").own([401, 404, 404, 404, 404]).others([401, 404, 404, 404, 404]).layered([401, 404, 404, 404, 404]).named([401, 404, 404, 404, 404]).hidden([401, 404, 404, 404, 404]),
        post("/boards/{id}/groups", grouping).form("text=A group&key={key}").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/boards/{id}/groups/{group}", grouping).form("do=rename&text=Another name").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/boards/{id}/votes", voting).form("target=c{card}&change=1&key={key}").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/boards/{id}/phase", writing).form("to=reveal").own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).hidden([401, 404, 404, 404, 404]),
    ]
}

#[rustfmt::skip]
pub fn rooms() -> Vec<Row> {
    vec![room("board:{id}", writing).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5])]
}

/// A Board of somebody else's with one of their cards, moved on `steps` phases; its own is one that the actor leads.
async fn made(case: &Case<'_>, steps: &[&str]) -> Vec<(&'static str, String)> {
    let Some(space) = new_space(case).await else { return vec![("id", no_id()), ("card", no_id()), ("group", no_id()), ("key", secret::token())] };
    let site = &case.site.site;
    let lead = case.site.add(&format!("Lead {}", secret::token()), Role::Admin, true).await;
    name(case, space, lead, true).await;
    if let (Object::Own | Object::Named, Some(actor)) = (case.object, case.actor.id) {
        name(case, space, actor, false).await;
    }
    let leads = if case.object == Object::Own { case.actor.id.into_iter().collect() } else { Vec::new() };
    let board: BoardId =
        site.write(AddBoard { by: lead, space, workshop: None, title: "T".into(), question: "Q".into(), dots: 3, leads }).await.unwrap();
    let by = Reader::of(site.people.member(&site.db, &site.bus, lead).await.unwrap().unwrap(), None);
    let key = FormKey::of(&secret::token(), &[]);
    let mut card = site.write(AddCard { by: by.clone(), board, text: "Theirs".into(), shuffle: 1, key }).await.unwrap();
    let mut group = no_id();
    for step in steps {
        site.write(SetPhase { by: by.clone(), board, phase: step.parse().unwrap() }).await.unwrap();
        if *step == "reveal" {
            // Cards get new numbers then.
            card = CardId(site.db.value("SELECT id FROM card WHERE board = $1", values![board]).await.unwrap().unwrap());
        }
        if *step == "group" {
            group = site.write(AddGroup { by: by.clone(), board, title: "G".into(), with: None, key: FormKey::of(&secret::token(), &[]) }).await.unwrap().to_string();
        }
    }
    vec![("id", board.to_string()), ("card", card.to_string()), ("group", group), ("key", secret::token())]
}

pub fn writing<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(made(case, &[]))
}

fn grouping<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(made(case, &["reveal", "group"]))
}

fn voting<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(made(case, &["reveal", "group", "vote"]))
}
