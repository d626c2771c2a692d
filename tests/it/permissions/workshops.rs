//! Workshops: scheduling, registering, the room, the minutes.

use plenary::people::{MemberId, Role};
use plenary::secret;
use plenary::workshops::{MoveRoom, WorkshopId};

use super::forum::{name, new_space, space};
use super::rows::{no_id, none};
use super::{Case, Made, Object, Row, get, post, room};
use crate::workshops::{in_two_hours, schedule};

const NEW: &str = "title=T&body=B&date=2040-05-07&time=10:00&zone=Europe/Vienna&minutes=60&language=en&weeks=1&title1=A&kind1=talk&minutes1=10&key={key}";
const CHANGED: &str = "version=1&title=T&body=B&date=2040-05-07&time=10:00&zone=Europe/Vienna&minutes=60&language=en&title1=A&kind1=talk&minutes1=10";

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                                       visitor, member, practitioner, moderator, admin
        get("/workshops", none).gives([200; 5]),
        get("/spaces/{id}/workshops/new", space).own([401, 200, 200, 200, 200]).others([401, 403, 200, 200, 200]).layered([401, 404, 200, 200, 200]).named([401, 403, 200, 200, 200]).hidden([401, 404, 404, 404, 404]),
        post("/spaces/{id}/workshops/new", space).form(NEW).own([401, 303, 303, 303, 303]).others([401, 403, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 403, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        get("/workshops/{id}", ahead).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        get("/workshops/{id}/edit", ahead).own([401, 200, 200, 200, 200]).others([401, 403, 403, 200, 200]).layered([401, 404, 403, 200, 200]).named([401, 403, 403, 200, 200]).hidden([401, 404, 404, 404, 404]),
        post("/workshops/{id}/edit", ahead).form(CHANGED).own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/workshops/{id}/cancel", ahead).own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/workshops/{id}/register", ahead).own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/workshops/{id}/withdraw", ahead).own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        // Who is not registered is sent to the Workshop's page, where one registers.
        get("/workshops/{id}/room", ahead).own([401, 200, 200, 200, 200]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        get("/workshops/{id}/room/activity", ahead).own([401, 200, 200, 200, 200]).others([401, 403, 403, 403, 403]).layered([401, 404, 403, 403, 403]).named([401, 403, 403, 403, 403]).hidden([401, 404, 404, 404, 404]),
        post("/workshops/{id}/room/move", ahead).form("do=start&seen=0").own([401, 303, 303, 303, 303]).others([401, 403, 403, 403, 403]).layered([401, 404, 403, 403, 403]).named([401, 403, 403, 403, 403]).hidden([401, 404, 404, 404, 404]),
        post("/workshops/{id}/room/say", ahead).form("words=Hello&key={key}").own([401, 303, 303, 303, 303]).others([401, 403, 403, 403, 403]).layered([401, 404, 403, 403, 403]).named([401, 403, 403, 403, 403]).hidden([401, 404, 404, 404, 404]),
        post("/workshops/{id}/room/hand", ahead).form("do=raise").own([401, 303, 303, 303, 303]).others([401, 403, 403, 403, 403]).layered([401, 404, 403, 403, 403]).named([401, 403, 403, 403, 403]).hidden([401, 404, 404, 404, 404]),
        get("/workshops/{id}/minutes", begun).own([401, 200, 200, 200, 200]).others([401, 403, 403, 200, 200]).layered([401, 404, 403, 200, 200]).named([401, 403, 403, 200, 200]).hidden([401, 404, 404, 404, 404]),
        post("/workshops/{id}/minutes", begun).form("title=T&body=B&decided=D&key={key}").own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).hidden([401, 404, 404, 404, 404]),
    ]
}

#[rustfmt::skip]
pub fn rooms() -> Vec<Row> {
    // A room is for those registered and for facilitators, whoever may read its Space.
    vec![room("workshop:{id}", ahead).own([404, 200, 200, 200, 200]).others([404; 5]).layered([404; 5]).named([404; 5]).hidden([404; 5])]
}

/// A Workshop of somebody else's; its own is one that the actor leads.
async fn new_workshop(case: &Case<'_>) -> Option<(WorkshopId, MemberId)> {
    let space = new_space(case).await?;
    let lead = case.site.add(&format!("Lead {}", secret::token()), Role::Admin, true).await;
    name(case, space, lead, true).await;
    if let (Object::Own | Object::Named, Some(actor)) = (case.object, case.actor.id) {
        name(case, space, actor, false).await;
    }
    let leader = if case.object == Object::Own { case.actor.id.unwrap_or(lead) } else { lead };
    Some((schedule(case.site, lead, space, &[leader], in_two_hours(), 0).await, leader))
}

fn ahead<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move { vec![("id", new_workshop(case).await.map_or_else(no_id, |(id, _)| id.to_string()))] })
}

/// Its room has been opened.
fn begun<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let Some((workshop, lead)) = new_workshop(case).await else { return vec![("id", no_id())] };
        let by = case.reader(lead).await;
        case.site.site.write(MoveRoom { by, workshop, what: plenary::workshops::Move::Start, seen: 0 }).await.unwrap();
        vec![("id", workshop.to_string())]
    })
}
