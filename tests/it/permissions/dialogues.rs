//! Dialogues.

use chrono::Duration;
use plenary::dialogues::{AddContribution, CastVote, Choice, NewPoint, NewStage, OpenDialogue, PassOn, SaveSynthesis, StartRatification, StartSumUp};
use plenary::journal::FormKey;
use plenary::people::{Level, Reader, Role};
use plenary::secret;
use plenary::web::render_markdown;

use super::forum::{name, new_space, space};
use super::rows::{no_id, none};
use super::{Case, Made, Object, Row, get, post, room};

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                                       visitor, member, practitioner, moderator, admin
        get("/dialogues", none).gives([200; 5]),
        get("/spaces/{id}/dialogues/new", space).own([401, 200, 200, 200, 200]).others([401, 403, 403, 200, 200]).layered([401, 404, 403, 200, 200]).named([401, 403, 403, 200, 200]).hidden([401, 404, 404, 404, 404]),
        post("/spaces/{id}/dialogues", space).form("title=T&question=Q&background=B&name-1=A&level-1=city&closes-1=2099-01-01&quorum-1=1&disagree-1=10&name-2=B&level-2=nation&closes-2=2099-01-01&quorum-2=1&disagree-2=10").own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).hidden([401, 404, 404, 404, 404]),
        get("/dialogues/{id}", gathering).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        get("/dialogues/{id}/panel", gathering).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        get("/dialogues/{id}/stages/{stage}", gathering).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        get("/dialogues/{id}/stages/{stage}/panel", gathering).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        post("/dialogues/{id}/stages/{stage}/contributions", gathering).form("text=Words&key={key}").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/dialogues/{id}/stages/{stage}/votes", ratifying).form("choice=agree&version=1").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/dialogues/{id}/stages/{stage}/answers", passed).form("point={point}&kind=accepted").own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/dialogues/{id}/stages/{stage}/state", gathering).form("to=sum_up").own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).hidden([401, 404, 404, 404, 404]),
        get("/dialogues/{id}/stages/{stage}/synthesis", ratifying).own([401, 200, 200, 200, 200]).others([401, 403, 403, 200, 200]).layered([401, 404, 403, 200, 200]).named([401, 403, 403, 200, 200]).hidden([401, 404, 404, 404, 404]),
        post("/dialogues/{id}/stages/{stage}/synthesis", ratifying).form("version=1&point-1=P&cites-1=1").own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).hidden([401, 404, 404, 404, 404]),
        get("/dialogues/{id}/contributions/{contribution}", gathering).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        post("/dialogues/{id}/contributions/{contribution}/comments", gathering).form("text=A comment&key={key}").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/dialogues/{id}/contributions/{contribution}/withdraw", gathering).own([401, 403, 403, 403, 403]).others([401, 403, 403, 403, 403]).layered([401, 404, 403, 403, 403]).named([401, 403, 403, 403, 403]).hidden([401, 404, 404, 404, 404]),
    ]
}

#[rustfmt::skip]
pub fn rooms() -> Vec<Row> {
    vec![room("dialogue:{id}", gathering).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5])]
}

/// A Dialogue of somebody else's with one of their Contributions, moved on `steps` states; its own is one that the actor
/// leads.
async fn made(case: &Case<'_>, steps: usize) -> Vec<(&'static str, String)> {
    let missing = ["id", "stage", "contribution", "point"].map(|name| (name, no_id()));
    let Some(space) = new_space(case).await else { return missing.into_iter().chain([("key", secret::token())]).collect() };
    let site = &case.site.site;
    let lead = case.site.add(&format!("Lead {}", secret::token()), Role::Admin, true).await;
    name(case, space, lead, true).await;
    if let (Object::Own | Object::Named, Some(actor)) = (case.object, case.actor.id) {
        name(case, space, actor, false).await;
    }
    let leads = if case.object == Object::Own { case.actor.id.into_iter().collect() } else { Vec::new() };
    let by = Reader::of(site.people.member(&site.db, &site.bus, lead).await.unwrap().unwrap(), None);
    let closes_at = site.now().plus(Duration::days(30));
    let stage = |position, level| NewStage { position, name: "S".into(), level, organisation: None, closes_at, quorum: 0, disagree_most: 50 };
    let open = OpenDialogue {
        by: by.clone(),
        space,
        title: "T".into(),
        question: "Q".into(),
        background: "B".into(),
        rendered: render_markdown("B"),
        language: "en".into(),
        leads,
        stages: vec![stage(1, Level::City), stage(2, Level::City)],
    };
    let (dialogue, stages) = site.write(open).await.unwrap();
    let (stage, next) = (stages[0], stages[1]);
    let contribution = AddContribution {
        by: by.clone(),
        stage,
        entered_for: String::new(),
        source: "Theirs".into(),
        rendered: render_markdown("Theirs"),
        key: FormKey::of(&secret::token(), &[]),
        salt: secret::token(),
    };
    let contribution = site.write(contribution).await.unwrap();
    if steps > 0 {
        site.write(StartSumUp { by: by.clone(), stage }).await.unwrap();
        let points = vec![NewPoint { source: "P".into(), rendered: render_markdown("P"), cites: [1].into() }];
        site.write(SaveSynthesis { by: by.clone(), stage, version: 0, points, set_aside: Vec::new(), salt: secret::token() }).await.unwrap();
        site.write(StartRatification { by: by.clone(), stage }).await.unwrap();
    }
    let mut point = no_id();
    if steps > 1 {
        site.write(CastVote { by: by.clone(), stage, version: 1, choice: Choice::Agree, reason: String::new() }).await.unwrap();
        site.write(PassOn { by: by.clone(), stage }).await.unwrap();
        point = plenary::dialogues::points(&site.db, stage, 1).await.unwrap()[0].id.to_string();
    }
    // Answers are the next Stage's.
    let shown = if steps > 1 { next } else { stage };
    vec![
        ("id", dialogue.to_string()),
        ("stage", shown.to_string()),
        ("contribution", contribution.to_string()),
        ("point", point),
        ("key", secret::token()),
    ]
}

fn gathering<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(made(case, 0))
}

fn ratifying<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(made(case, 1))
}

fn passed<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(made(case, 2))
}
